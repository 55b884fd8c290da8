// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on lockdown, modules, kexec and bpf(2). */
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/kexec.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/triggers.h"
#include "util/files.h"

#define PF_NOBODY   19 /* a family that the kernel does not have any more */
#define BAD_FLAGS   0xdead
#define KEXEC_LIMIT "/proc/sys/kernel/kexec_load_limit_reboot"

/* perf_event_open(2) calls the hook before it samples registers. */
int trigger_lockdown_perf(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_DUMMY,
		.sample_type = PERF_SAMPLE_REGS_INTR,
		.sample_regs_intr = 1,
		.exclude_kernel = 1,
	};
	int fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

/* "disk" is in the list of sleep states unless hibernation is denied. */
int trigger_lockdown_sleep(void)
{
	char states[64];
	int err = file_read("/sys/power/state", states, sizeof(states));

	if (err < 0)
		return err;
	return strstr(states, "disk") ? 0 : -EPERM;
}

/*
 * Each attempt takes one from a limit (6.3 and later), even if it fails:
 * kernel/kexec_core.c:kexec_load_permitted().
 */
static bool kexec_is_limited(void)
{
	char limit[16];

	return file_read(KEXEC_LIMIT, limit, sizeof(limit)) > 0 &&
	       limit[0] != '-';
}

/* Fails for its flags, after the hook. */
int trigger_kexec_load(void)
{
#ifdef SYS_kexec_load
	if (kexec_is_limited())
		return -EBUSY;
	syscall(SYS_kexec_load, 0L, 0L, NULL, (long)BAD_FLAGS);
	return errno == EINVAL ? 0 : -errno;
#else
	return -ENOSYS;
#endif
}

/*
 * Asks for the module net-pf-19, which does not exist. The answer is the same
 * if the kernel may not start modprobe, so look at that (kernel/module/kmod.c:
 * __request_module()).
 */
int trigger_module_request(void)
{
	char modprobe[256];
	int err = file_read("/proc/sys/kernel/modprobe", modprobe,
			    sizeof(modprobe));
	int fd;

	if (err < 0)
		return err;
	if (modprobe[0] == '\n' || !modprobe[0])
		return -ENOENT;
	fd = socket(PF_NOBODY, SOCK_DGRAM, 0);
	if (fd >= 0)
		close(fd);
	return fd < 0 && errno != EAFNOSUPPORT ? -errno : 0;
}

/*
 * A module as long as an ELF header, which is looked at first. Its signature is
 * longer than the file, so loading it fails after the hook, and without a line
 * in the kernel log (kernel/module/signing.c; scripts/sign-file.c).
 */
#define FILL4  "\xff\xff\xff\xff"
#define FILL16 FILL4 FILL4 FILL4 FILL4
static const char no_module[] = FILL16 FILL16 FILL16 FILL16
	"~Module signature appended~\n";

/* Without CONFIG_MODULE_SIG, the file is no module. */
static int must_be_no_module(void)
{
	return errno == EBADMSG || errno == ENOEXEC ? 0 : -errno;
}

int trigger_finit_module(void)
{
	int rw = file_in_memory("bpflock"), fd, err;
	char path[32];

	if (rw < 0)
		return -errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", rw);
	if (write(rw, no_module, sizeof(no_module) - 1) < 0) {
		err = -errno;
		close(rw);
		return err;
	}
	/* The kernel does not load a module that is open for writing. */
	fd = open(path, O_RDONLY | O_CLOEXEC);
	err = -errno;
	close(rw);
	if (fd < 0)
		return err;
	syscall(SYS_finit_module, fd, "", 0L);
	err = must_be_no_module();
	close(fd);
	return err;
}

int trigger_init_module(void)
{
	syscall(SYS_init_module, no_module, sizeof(no_module) - 1, "");
	return must_be_no_module();
}

/* Fails after the hook: this program is not a kernel. */
int trigger_kexec_file(void)
{
#ifdef SYS_kexec_file_load
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC), err;

	if (fd < 0)
		return -errno;
	if (kexec_is_limited()) {
		close(fd);
		return -EBUSY;
	}
	syscall(SYS_kexec_file_load, fd, -1, 1L, "", KEXEC_FILE_NO_INITRAMFS);
	err = errno == ENOEXEC ? 0 : -errno;
	close(fd);
	return err;
#else
	return -ENOSYS;
#endif
}

/* Fails after the hook: the command does not exist. */
int trigger_bpf(void)
{
	union bpf_attr attr = { 0 };

	syscall(SYS_bpf, BAD_FLAGS, &attr, sizeof(attr));
	return errno == EINVAL ? 0 : -errno;
}

/* Gets a descriptor of the first map, for reading. */
int trigger_bpf_map(void)
{
	LIBBPF_OPTS(bpf_get_fd_by_id_opts, opts, .open_flags = BPF_F_RDONLY);
	uint32_t id;
	int fd;

	if (bpf_map_get_next_id(0, &id))
		return -errno;
	fd = bpf_map_get_fd_by_id_opts(id, &opts);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

int trigger_bpf_prog(void)
{
	uint32_t id;
	int fd;

	if (bpf_prog_get_next_id(0, &id))
		return -errno;
	fd = bpf_prog_get_fd_by_id(id);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}
