// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts on PID 1, and on ftrace, which calls the BPF programs. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "ways/probes.h"
#include "seal/seal.h"
#include "seal/seal_bpf.h"
#include "ways/abi.h"
#include "ways/uring.h"

#define SYSCTL	   "sys/kernel/ftrace_enabled"
#define FTRACE	   "/proc/" SYSCTL
#define OTHER_PROC "/run/other_proc"
#define OTHER_FILE "/run/other_file"

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

int init_seize(void)
{
	return result(ptrace(PTRACE_SEIZE, 1, NULL, NULL));
}

int init_mem(void)
{
	return open_close("/proc/1/mem", O_RDWR);
}

int init_write(void)
{
	char nothing[1] = { 0 };
	struct iovec from = { nothing, 1 }, to = { (void *)16, 1 };

	/* nothing is mapped there: EFAULT comes after the check */
	if (process_vm_writev(1, &from, 1, &to, 1, 0) >= 0 || errno == EFAULT)
		return 0;
	return -errno;
}

int ftrace_write(void)
{
	return write_file(FTRACE, "1\n");
}

int ftrace_other_proc(void)
{
	int ret;

	mkdir(OTHER_PROC, 0755);
	if (mount("proc", OTHER_PROC, "proc", 0, NULL))
		return -ENOSYS;
	ret = write_file(OTHER_PROC "/" SYSCTL, "1\n");
	umount2(OTHER_PROC, MNT_DETACH);
	return ret;
}

int ftrace_bind(void)
{
	int ret;

	close(open(OTHER_FILE, O_CREAT | O_RDWR | O_CLOEXEC, 0600));
	if (mount(FTRACE, OTHER_FILE, NULL, MS_BIND, NULL))
		return -ENOSYS;
	ret = write_file(OTHER_FILE, "1\n");
	umount2(OTHER_FILE, MNT_DETACH);
	return ret;
}

int ftrace_by_i386(void)
{
	return close_result(i386_open(FTRACE, O_WRONLY));
}

int ftrace_by_uring(void)
{
	return close_result(uring_open_by_worker(FTRACE, O_WRONLY));
}

int trace_child(void)
{
	pid_t pid = fork();
	int ret;

	if (!pid) {
		pause();
		_exit(0);
	}
	ret = result(ptrace(PTRACE_SEIZE, pid, NULL, NULL));
	kill(pid, 9);
	waitpid(pid, NULL, 0);
	return ret;
}

static int after_uprobes(int (*make)(void))
{
	/*
	 * Under lockdown=confidentiality the kernel has no uprobes for anybody.
	 * In the control boot they must work.
	 */
	return need_uprobes() ? -EPERM : make();
}

int uprobe_by_tracefs(void)
{
	return after_uprobes(uprobe_events);
}

int uprobe_by_dynamic_events(void)
{
	return after_uprobes(dynamic_events);
}

int uprobe_by_perf(void)
{
	return after_uprobes(uprobe_perf);
}
