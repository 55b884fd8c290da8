// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/kexec.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.h"
#include "fire.h"
#include "fire_asks.h"
#include "fire_mounts.h"
#include "support.h"

#define PF_NOBODY 19 /* a family that the kernel does not have any more */
#define BAD_FLAGS 0xdead

/* perf_event_open(2) asks lockdown before it samples registers. */
static void ask_lockdown_perf(void)
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

	if (fd >= 0)
		close(fd);
}

/* Reading the list of sleep states asks whether hibernation is locked. */
static void ask_lockdown_sleep(void)
{
	char states[64];

	file_read("/sys/power/state", states, sizeof(states));
}

/* Refused for its flags, after lockdown has been asked. */
static void ask_lockdown_kexec(void)
{
#ifdef SYS_kexec_load
	syscall(SYS_kexec_load, 0L, 0L, NULL, (long)BAD_FLAGS);
#endif
}

/* net-pf-19: no module has that alias. */
static void ask_module_request(void)
{
	int fd = socket(PF_NOBODY, SOCK_DGRAM, 0);

	if (fd >= 0)
		close(fd);
}

/*
 * A module with a signature too short to be one: refused after the hook, and
 * without a line in the kernel's log (kernel/module/signing.c).
 */
static const char no_module[] = "bpflock~Module signature appended~\n";

static void ask_read_module(void)
{
	int rw = syscall(SYS_memfd_create, "bpflock", 1u /* MFD_CLOEXEC */);
	char path[32];
	int fd;

	if (rw < 0)
		return;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", rw);
	if (write(rw, no_module, sizeof(no_module) - 1) < 0)
		goto out;
	/* A file open for writing cannot be loaded. */
	fd = open(path, O_RDONLY | O_CLOEXEC);
	close(rw);
	rw = fd;
	if (fd >= 0)
		syscall(SYS_finit_module, fd, "", 0L);
out:
	if (rw >= 0)
		close(rw);
}

static void ask_load_module(void)
{
	syscall(SYS_init_module, no_module, sizeof(no_module) - 1, "");
}

/* This program is no kernel: refused after the hook. */
static void ask_read_kernel(void)
{
#ifdef SYS_kexec_file_load
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	syscall(SYS_kexec_file_load, fd, -1, 1L, "", KEXEC_FILE_NO_INITRAMFS);
	close(fd);
#endif
}

static void ask_open(void)
{
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		close(fd);
}

static void ask_fork(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

/* A folder outside the pins, which cannot be removed below them under seal=on. */
static void ask_folder(void)
{
	static const char a[] = BPFFS "/bpflock-fire";
	static const char b[] = BPFFS "/bpflock-fire2";

	mkdir(a, 0700);
	rename(a, b);
	rmdir(b);
	rmdir(a);
}

/* A file in /dev or /run, whichever is there, made, linked and removed. */
static void ask_names(void)
{
	static const char *const folders[] = { "/run", "/dev", "/tmp" };
	char a[32], b[32];

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(a, sizeof(a), "%s/.bpflock", folders[i]);
		snprintf(b, sizeof(b), "%s/.bpflock2", folders[i]);
		int fd = open(a, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

		if (fd < 0)
			continue;
		close(fd);
		if (link(a, b) == 0)
			unlink(b);
		if (symlink(a, b) == 0)
			unlink(b);
		unlink(a);
		return;
	}
}

/* A command that does not exist. */
static void ask_bpf(void)
{
	union bpf_attr attr = { 0 };

	syscall(SYS_bpf, BAD_FLAGS, &attr, sizeof(attr));
}

/* Descriptors of whichever are the first. */
static void ask_objects(void)
{
	uint32_t id;
	int fd = -1;

	if (!bpf_map_get_next_id(0, &id))
		fd = bpf_map_get_fd_by_id(id);
	if (fd >= 0)
		close(fd);
	fd = -1;
	if (!bpf_prog_get_next_id(0, &id))
		fd = bpf_prog_get_fd_by_id(id);
	if (fd >= 0)
		close(fd);
}

static void ask_map(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return;
	mprotect(page, 4096, PROT_READ);
	munmap(page, 4096);
}

/*
 * Several ways where a kernel may be built without one of them; those that
 * make the kernel print a line come last.
 */
static const struct trigger {
	const char *hook;
	void (*ask)(void);
} triggers[] = {
	{ "locked_down", ask_lockdown_perf },
	{ "locked_down", ask_lockdown_sleep },
	{ "locked_down", ask_lockdown_kexec },
	{ "kernel_module_request", ask_module_request },
	{ "kernel_read_file", ask_read_module },
	{ "kernel_read_file", ask_read_kernel },
	{ "kernel_load_data", ask_load_module },
	{ "kernel_load_data", ask_lockdown_kexec },
	{ "file_open", ask_open },
	{ "task_alloc", ask_fork },
	{ "cred_prepare", ask_fork },
	{ "capable", ask_capable },
	{ "userns_create", ask_userns },
	{ "ptrace_access_check", ask_ptrace },
	{ "ptrace_traceme", ask_traceme },
	{ "file_receive", ask_receive },
	{ "file_ioctl", ask_ioctl },
	{ "file_ioctl_compat", ask_ioctl_compat },
	{ "fs_context_parse_param", ask_mount },
	{ "sb_kern_mount", ask_mount },
	{ "sb_remount", ask_mount },
	{ "inode_mknod", ask_mknod },
	{ "bprm_creds_for_exec", ask_exec },
	{ "inode_mkdir", ask_folder },
	{ "inode_rmdir", ask_folder },
	{ "inode_rename", ask_folder },
	{ "inode_create", ask_names },
	{ "inode_link", ask_names },
	{ "inode_symlink", ask_names },
	{ "inode_unlink", ask_names },
	{ "bpf", ask_bpf },
	{ "bpf_map", ask_objects },
	{ "bpf_prog", ask_objects },
	{ "bprm_check_security", ask_exec },
	{ "netlink_send", ask_netlink },
	{ "mmap_file", ask_map },
	{ "file_mprotect", ask_map },
	{ "inode_setattr", ask_attributes },
	{ "inode_setxattr", ask_attributes },
	{ "inode_removexattr", ask_attributes },
	{ "sb_mount", ask_mount_calls },
	{ "move_mount", ask_mount_calls },
	{ "sb_pivotroot", ask_mount_calls },
	{ "sb_umount", ask_mount_calls },
	/* uring_cmd: a machine may have io_uring switched off. */
};

static uint64_t runs(int prog_fd)
{
	struct bpf_prog_info info = { 0 };
	uint32_t len = sizeof(info);

	if (bpf_prog_get_info_by_fd(prog_fd, &info, &len))
		return 0;
	return info.run_cnt;
}

static enum fire fire_hook(const char *hook, int prog_fd)
{
	enum fire result = FIRE_UNKNOWN;
	uint64_t before = runs(prog_fd);

	for (size_t i = 0; i < sizeof(triggers) / sizeof(triggers[0]); i++) {
		if (strcmp(triggers[i].hook, hook))
			continue;
		triggers[i].ask();
		if (runs(prog_fd) > before)
			return FIRE_RUNS;
		result = FIRE_SILENT;
	}
	if (!strcmp(hook, "locked_down") && support_confidentiality())
		return FIRE_UNKNOWN;
	/* Switched off by a sysctl, in a chroot, or without 32-bit calls. */
	if (!strcmp(hook, "userns_create") ||
	    !strcmp(hook, "file_ioctl_compat"))
		return FIRE_UNKNOWN;
	return result;
}

/* The fire of another protection's program at the hook, one that refuses. */
static bool refused_by(const struct protection *p, const char *hook)
{
	struct pinned in;
	bool refused = false;
	uint64_t denied;

	if (pins_read(p, &in))
		return false;
	denied = pins_denied(&in);
	for (int i = 0; i < HOOKS_MAX && p->hooks[i].name; i++)
		if (!strcmp(p->hooks[i].name, hook) &&
		    in.hook[i].prog_fd >= 0 && denied & p->hooks[i].ops)
			refused = fire_hook(hook, in.hook[i].prog_fd) ==
				  FIRE_RUNS;
	pins_close(&in);
	return refused;
}

/* The first program that refuses keeps those behind it from being called. */
static bool refused_before(const struct protection *p, const char *hook)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (&protections[i] != p && refused_by(&protections[i], hook))
			return true;
	return false;
}

int fire_check(const struct protection *p, const struct pinned *in,
	       enum fire result[HOOKS_MAX])
{
	int stats = bpf_enable_stats(BPF_STATS_RUN_TIME), silent = 0;

	if (stats < 0)
		return -errno;
	for (int i = 0; i < HOOKS_MAX && p->hooks[i].name; i++) {
		result[i] = FIRE_UNKNOWN;
		if (in->hook[i].prog_fd < 0)
			continue;
		result[i] = fire_hook(p->hooks[i].name, in->hook[i].prog_fd);
		if (result[i] == FIRE_SILENT &&
		    refused_before(p, p->hooks[i].name))
			result[i] = FIRE_RUNS;
		silent += result[i] == FIRE_SILENT;
	}
	close(stats);
	return silent;
}
