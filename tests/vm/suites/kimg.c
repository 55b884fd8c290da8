// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts on the running kernel's image. */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <linux/serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/xfrm.h"
#include "ways/filesystems.h"
#include "ways/helpers.h"
#include "engine/attempt.h"
#include "suites/kimg_ops.h"
#include "ways/modprobe.h"

#define DEBUG	  "/sys/kernel/debug/"
#define TRACE	  "/sys/kernel/tracing/"
#define PCI	  "/sys/bus/pci/devices/0000:00:05.0/" /* the guest's pci-testdev */
#define POST_PORT 0x80 /* a write to it does nothing */
#define MSR_PAT	  0x277
#define SPARE_TTY "/dev/ttyS2"

/* dev_mem */

static int dev_mem(void)
{
	char byte;
	int n = read_file("/dev/mem", &byte, 1);

	return n < 0 ? n : n == 1 ? 0 : -EIO;
}

static int dev_port(void)
{
	char byte = 0;
	int fd = open("/dev/port", O_RDWR | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (pwrite(fd, &byte, 1, POST_PORT) != 1)
		ret = -errno;
	close(fd);
	return ret;
}

static const char *need_dev_port(void)
{
	return node_missing("/dev/port");
}

/* ioport */

static int do_ioperm(void)
{
	if (ioperm(POST_PORT, 1, 1))
		return -errno;
	outb(0, POST_PORT);
	return 0;
}

static int do_iopl(void)
{
	if (iopl(3))
		return -errno;
	outb(0, POST_PORT);
	return 0;
}

static int drop_ioperm(void)
{
	return ioperm(POST_PORT, 1, 0) ? -errno : 0;
}

/* msr */

static const char *need_msr(void)
{
	module_load("msr", "");
	return node_missing("/dev/cpu/0/msr");
}

static int msr_open(int flags, uint64_t *value)
{
	int fd = open("/dev/cpu/0/msr", flags | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (pread(fd, value, 8, MSR_PAT) != 8) {
		close(fd);
		return -EIO;
	}
	return fd;
}

static int msr_read(void)
{
	uint64_t value;
	int fd = msr_open(O_RDONLY, &value);

	if (fd >= 0)
		close(fd);
	return fd < 0 ? fd : 0;
}

static int msr_write(void)
{
	uint64_t value;
	int fd = msr_open(O_RDWR, &value);
	int ret = 0;

	if (fd < 0)
		return fd;
	if (pwrite(fd, &value, 8, MSR_PAT) != 8)
		ret = -errno;
	close(fd);
	return ret;
}

static int msr_ioctl(void)
{
	uint64_t value;
	uint32_t regs[8] = { 0 };
	int fd = msr_open(O_RDWR, &value);
	int ret = 0;

	if (fd < 0)
		return fd;
	regs[0] = value; /* eax, ecx, edx: as the instruction takes them */
	regs[1] = MSR_PAT;
	regs[2] = value >> 32;
	if (ioctl(fd, _IOWR('c', 0xA1, uint32_t[8]), regs))
		ret = -errno;
	close(fd);
	return ret;
}

/* kexec */

static int kexec_segments(unsigned long n, void *segments)
{
	return syscall(SYS_kexec_load, 0, n, segments, 0) ? -errno : 0;
}

static int do_kexec_load(void)
{
	static char code[4096] __attribute__((aligned(4096))) = { '\xf4' };
	struct {
		const void *buf;
		size_t bufsz;
		unsigned long mem;
		size_t memsz;
	} segment = { code, sizeof(code), 0x1000000, sizeof(code) };

	return kexec_segments(1, &segment);
}

static void kexec_unload(void)
{
	kexec_segments(0, NULL);
}

static int kexec_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	/* KEXEC_FILE_NO_INITRAMFS */
	if (syscall(SYS_kexec_file_load, fd, -1, 1UL, "", 4UL))
		ret = -errno;
	close(fd);
	return ret;
}

/*
 * The smallest 64-bit kernel that the boot protocol accepts: a boot sector, one
 * setup sector and one page, without a signature.
 */
static const char *make_tiny_kernel(void)
{
	static unsigned char k[2 * 512 + 4096];
	int fd;

	k[0x1f1] = 1; /* setup sectors */
	k[0x1f5] = 4096 / 16 >> 8; /* syssize, in paragraphs */
	k[0x1fe] = 0x55;
	k[0x1ff] = 0xaa;
	k[0x201] = 0x66; /* the header's end, 0x202 + this */
	memcpy(k + 0x202, "HdrS", 4);
	k[0x206] = 0x0c; /* protocol 2.12 */
	k[0x207] = 0x02;
	k[0x211] = 1; /* LOADED_HIGH */
	k[0x22c + 3] = 0x7f; /* initrd_addr_max */
	k[0x230 + 2] = 0x20; /* kernel_alignment */
	k[0x234] = 1; /* relocatable */
	k[0x235] = 21; /* min_alignment */
	k[0x236] = 0x63; /* 64 bit, above 4 GB, 5-level paging in use */
	k[0x239] = 8; /* cmdline_size: 2048 */
	k[0x25a] = 0x10; /* pref_address: 1 MB, init_size: 4096 */
	k[0x261] = 0x10;
	fd = open("/run/tiny", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, k, sizeof(k)) != sizeof(k))
		return "cannot write /run/tiny";
	close(fd);
	return NULL;
}

static int kexec_file_unsigned(void)
{
	return kexec_file("/run/tiny");
}

static const char *need_vmlinuz(void)
{
	return node_missing("/vmlinuz");
}

/* Debian has signed it, so kexec_file_load's own check passes. */
static int kexec_file_signed(void)
{
	return kexec_file("/vmlinuz");
}

/* hibernation */

static int dev_snapshot(void)
{
	return open_close("/dev/snapshot", O_RDONLY);
}

static int power_disk(void)
{
	return write_file("/sys/power/disk", "shutdown");
}

static int power_state_read(void)
{
	char buf[64];
	int n = read_file("/sys/power/state", buf, sizeof(buf));

	return n < 0 ? n : 0;
}

/* pci_access */

static int pci_rewrite(const char *path)
{
	unsigned char line; /* the interrupt line register, 0x3c */
	int fd = open(path, O_RDWR | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (pread(fd, &line, 1, 0x3c) != 1 || pwrite(fd, &line, 1, 0x3c) != 1)
		ret = -errno;
	close(fd);
	return ret;
}

static int pci_config(void)
{
	return pci_rewrite(PCI "config");
}

static int pci_proc(void)
{
	return pci_rewrite("/proc/bus/pci/00/05.0");
}

static int pci_mmap(void)
{
	int fd = open(PCI "resource0", O_RDWR | O_CLOEXEC);
	void *p;
	int ret = 0;

	if (fd < 0)
		return -errno;
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		ret = -errno;
	close(fd);
	return ret;
}

static int pci_port(void)
{
	char byte = 0;
	int fd = open(PCI "resource1", O_RDWR | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (pwrite(fd, &byte, 1, 0) != 1)
		ret = -errno;
	close(fd);
	return ret;
}

static int pci_config_read(void)
{
	char buf[64];
	int n = read_file(PCI "config", buf, sizeof(buf));

	return n < 0 ? n : 0;
}

/* debugfs */

static int debugfs_write(void)
{
	char value[32] = "";
	int n = read_file(DEBUG "fault_around_bytes", value, 31);

	return n < 0 ? n : write_file(DEBUG "fault_around_bytes", value);
}

static int debugfs_chmod(void)
{
	return chmod(DEBUG "fault_around_bytes", 0644) ? -errno : 0;
}

/* tiocsserial */

static int serial_set(int irq_change)
{
	struct serial_struct s;
	int fd = open(SPARE_TTY, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (ioctl(fd, TIOCGSERIAL, &s)) {
		ret = -errno;
	} else {
		s.irq ^= irq_change;
		if (ioctl(fd, TIOCSSERIAL, &s))
			ret = -errno;
	}
	close(fd);
	return ret;
}

static int serial_irq(void)
{
	return serial_set(1);
}

static void serial_irq_back(void)
{
	serial_set(1);
}

static int serial_same(void)
{
	return serial_set(0);
}

/* modules */

static void *bare;
static size_t bare_size;

static const char *need_unsigned(void)
{
	bare = module_unsigned("dummy", &bare_size);
	return bare ? NULL : "no signed module to strip";
}

static int load_unsigned(void)
{
	return module_insert(bare, bare_size, "numdummies=0");
}

static int load_signed(void)
{
	return module_load("dummy", "numdummies=0");
}

static void remove_dummy(void)
{
	module_remove("dummy");
}

static int load_unsigned_file(void)
{
	return module_insert_file(bare, bare_size, "numdummies=0");
}

static const char *need_parport(void)
{
	int ret = module_load("parport", "");

	return ret && ret != -EEXIST ? "cannot load parport" : NULL;
}

static int hardware_parameter(void)
{
	return module_load("parport_pc", "io=0x378 irq=none");
}

static void remove_parport_pc(void)
{
	module_remove("parport_pc");
}

static const char *need_mtd(void)
{
	int ret = module_load("mtd", "");

	return ret && ret != -EEXIST ? "cannot load mtd" : NULL;
}

/* Memory of the kernel as flash; nobody opens it. */
static int memory_as_flash(void)
{
	return module_load("slram", "map=memory,0x2000000,+0x4000");
}

static void remove_slram(void)
{
	module_remove("slram");
}

static int autoload_family(void)
{
	int fd = socket(AF_CAN, SOCK_RAW | SOCK_CLOEXEC, 99);

	if (fd >= 0)
		close(fd);
	/* the family exists, a protocol with that number does not */
	return fd >= 0 || errno == EINVAL ? 0 : -errno;
}

static void remove_can(void)
{
	module_remove("can");
}

static int autoload_filesystem(void)
{
	/* ENODEV: the file system was found, the device was not */
	if (!mount("none", "/mnt", "minix", 0, NULL))
		return -EBUSY;
	return errno == ENOTBLK || errno == ENOENT ? 0 : -errno;
}

static void remove_minix(void)
{
	module_remove("minix");
}

/* bpf */

static int bpf_write_user(void)
{
	return bpf_load_calling(BPF_FUNC_probe_write_user);
}

static int bpf_read_kernel(void)
{
	return bpf_load_calling(BPF_FUNC_probe_read_kernel);
}

static int bpf_harmless(void)
{
	return bpf_load_calling(BPF_FUNC_get_current_uid_gid);
}

/* tracing */

static int mmiotrace(void)
{
	return write_file(TRACE "current_tracer", "mmiotrace");
}

static void mmiotrace_off(void)
{
	write_file(TRACE "current_tracer", "nop");
}

static const char *need_mmiotrace(void)
{
	char list[256] = "";

	read_file(TRACE "available_tracers", list, sizeof(list) - 1);
	return strstr(list, "mmiotrace") ? NULL : "no mmiotrace tracer";
}

static int lower_tracing;

static const char *need_lower(void)
{
	const char *why = need_mmiotrace();

	return why ? why :
		     need_ecryptfs(TRACE, "/run/ecryptfs-trace",
				   &lower_tracing);
}

static int tracer_lower(void)
{
	return open_lower(lower_tracing, "current_tracer");
}

static int tracefs_write(void)
{
	return write_file(TRACE "tracing_on", "1");
}

static int kprobe_events(void)
{
	int fd = open(TRACE "kprobe_events", O_WRONLY | O_APPEND | O_CLOEXEC);
	static const char probe[] = "p:bpflock_test do_sys_open\n";
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, probe, sizeof(probe) - 1) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

static void kprobe_events_off(void)
{
	write_file(TRACE "kprobe_events", "-:bpflock_test\n");
}

static int perf_open(struct perf_event_attr *attr)
{
	int fd;

	attr->size = sizeof(*attr);
	attr->disabled = 1;
	fd = syscall(SYS_perf_event_open, attr, 0, -1, -1,
		     PERF_FLAG_FD_CLOEXEC);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static int perf_kprobe(void)
{
	struct perf_event_attr attr = { 0 };
	char type[16] = "";

	if (read_file("/sys/bus/event_source/devices/kprobe/type", type,
		      sizeof(type) - 1) < 0)
		return -ENOENT;
	attr.type = atoi(type);
	attr.kprobe_func = (uintptr_t) "do_sys_open";
	return perf_open(&attr);
}

static int perf_registers(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_CPU_CLOCK,
		.sample_type = PERF_SAMPLE_REGS_INTR,
		.sample_regs_intr = 1,
	};

	return perf_open(&attr);
}

static int perf_plain(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_CPU_CLOCK,
	};

	return perf_open(&attr);
}

static int kcore(void)
{
	char magic[4];
	int n = read_file("/proc/kcore", magic, 4);

	return n < 0 ? n : memcmp(magic, "\177ELF", 4) ? -EIO : 0;
}

static const struct attempt attempts[] = {
	{ "dev_mem", NULL, "read /dev/mem", NULL, dev_mem },
	{ "dev_mem", NULL, "write /dev/port", need_dev_port, dev_port },
	{ "ioport", NULL, "ioperm", NULL, do_ioperm },
	{ "ioport", NULL, "iopl", NULL, do_iopl },
	{ "msr", NULL, "write", need_msr, msr_write },
	{ "msr", NULL, "ioctl", need_msr, msr_ioctl },
	{ "kexec", NULL, "kexec_load", NULL, do_kexec_load, kexec_unload },
	{ "kexec", NULL, "kexec_file_load unsigned", make_tiny_kernel,
	  kexec_file_unsigned, kexec_unload },
	{ "kexec", NULL, "kexec_file_load signed", need_vmlinuz,
	  kexec_file_signed, kexec_unload, .slow = 1 },
	{ "hibernation", NULL, "open /dev/snapshot", NULL, dev_snapshot },
	{ "hibernation", NULL, "write /sys/power/disk", NULL, power_disk },
	{ "pci_access", NULL, "write sysfs config", NULL, pci_config },
	{ "pci_access", NULL, "write /proc/bus/pci", NULL, pci_proc },
	{ "pci_access", NULL, "map resource0", NULL, pci_mmap },
	{ "pci_access", NULL, "write resource1", NULL, pci_port },
	{ "debugfs", NULL, "write", NULL, debugfs_write },
	{ "debugfs", NULL, "chmod", NULL, debugfs_chmod },
	{ "tiocsserial", NULL, "change irq", NULL, serial_irq, serial_irq_back },
	{ "unsigned_module", NULL, "init_module", need_unsigned, load_unsigned,
	  remove_dummy },
	{ "unsigned_module", NULL, "finit_module", need_unsigned,
	  load_unsigned_file, remove_dummy },
	{ "unsafe_module_parameters", NULL, "parport_pc io=", need_parport,
	  hardware_parameter, remove_parport_pc },
	{ "unsafe_module_parameters", NULL, "slram map=", need_mtd,
	  memory_as_flash, remove_slram },
	{ "autoload_module",
	  NULL,
	  "socket family",
	  NULL,
	  autoload_family,
	  remove_can,
	  { EAFNOSUPPORT },
	  .anyone = 1 },
	{ "autoload_module",
	  NULL,
	  "mount -t",
	  NULL,
	  autoload_filesystem,
	  remove_minix,
	  { ENODEV } },
	{ "autoload_module",
	  NULL,
	  "algorithm",
	  make_modprobe,
	  autoload_crypto,
	  NULL,
	  { ENOENT } },
	{ "bpf_write",
	  NULL,
	  "bpf_probe_write_user",
	  NULL,
	  bpf_write_user,
	  NULL,
	  { EINVAL } },
	{ "mmiotrace", "tracefs", "current_tracer", need_mmiotrace, mmiotrace,
	  mmiotrace_off },
	{ "mmiotrace", "tracefs", "current_tracer below eCryptfs", need_lower,
	  tracer_lower },
	{ "kcore", NULL, "read /proc/kcore", NULL, kcore },
	{ "kprobes", "tracefs", "kprobe_events", NULL, kprobe_events,
	  kprobe_events_off },
	{ "kprobes", NULL, "perf kprobe", NULL, perf_kprobe },
	{ "bpf_read",
	  NULL,
	  "bpf_probe_read_kernel",
	  NULL,
	  bpf_read_kernel,
	  NULL,
	  { EINVAL } },
	{ "perf", NULL, "registers", NULL, perf_registers },
	{ "tracefs", NULL, "write tracing_on", NULL, tracefs_write },
	{ "xfrm_secret", NULL, "read a key back", need_xfrm, xfrm_secret },

	/* innocent */
	{ NULL, NULL, "ioperm off", NULL, drop_ioperm },
	{ NULL, NULL, "read an MSR", need_msr, msr_read },
	{ NULL, NULL, "read PCI config", NULL, pci_config_read },
	{ NULL, NULL, "read /sys/power/state", NULL, power_state_read },
	{ NULL, NULL, "TIOCSSERIAL, same irq", NULL, serial_same },
	{ NULL, NULL, "load a signed module", need_unsigned, load_signed,
	  remove_dummy },
	{ NULL, NULL, "bpf without those helpers", NULL, bpf_harmless },
	{ NULL, NULL, "perf without registers", NULL, perf_plain },
	{ 0 },
};

SUITE(kimg, NULL);
