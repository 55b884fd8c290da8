// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts on PID 1, and on ftrace, which calls the BPF programs. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
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

/* Exits with what opening the memory of the process that is read gives. */
static void open_memory_of(int from, int to)
{
	char path[64];
	pid_t pid;
	int ret;

	if (read(from, &pid, sizeof(pid)) != sizeof(pid))
		_exit(EIO);
	snprintf(path, sizeof(path), "/proc/%d/mem", pid);
	ret = open_close(path, O_RDWR);
	write(to, "", 1);
	_exit(-ret);
}

/*
 * Until it calls execve(2), the child is in the memory of this process, PID 1: a
 * service that systemd starts, for example.
 */
int init_by_child(void)
{
	int there[2], back[2], status = 0;
	pid_t other, pid;
	char done;

	if (pipe(there) || pipe(back))
		return -errno;
	other = fork();
	if (!other)
		open_memory_of(there[0], back[1]);
	if (!vfork()) {
		pid = getpid();
		write(there[1], &pid, sizeof(pid));
		read(back[0], &done, 1);
		_exit(0);
	}
	waitpid(other, &status, 0);
	for (int i = 0; i < 2; i++) {
		close(there[i]);
		close(back[i]);
	}
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

int ftrace_write(void)
{
	return write_file(FTRACE, "1\n");
}

/* For comparison: its neighbour, which nothing guards */
int sysctl_write(void)
{
	return write_file("/proc/sys/kernel/panic_on_oops", "0\n");
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
