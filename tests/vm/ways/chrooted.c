// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/chrooted.h"
#include "ways/helpers.h"
#include "ways/victims.h"

#define NR_PIDFD_OPEN  434
#define NR_PIDFD_GETFD 438

static struct victim service, alone, over;
static int debugger = -1; /* a socket to a service that traces on request */

static int change_root(void)
{
	return chroot(ROOT) || chdir("/") ? -errno : 0;
}

static int as_service(void)
{
	return victim_service(SLICE "/chrooted.service") || change_root();
}

static int as_alone(void)
{
	return unshare(CLONE_NEWNS) || change_root();
}

/*
 * As an engine does that cannot call pivot_root(2), since the root of the machine is
 * the initramfs: runc --no-pivot.
 */
static int move_root(void)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) || chdir(ROOT) ||
	    mount(".", "/", NULL, MS_MOVE, NULL) || chroot("."))
		return -errno;
	return 0;
}

static int as_over(void)
{
	return unshare(CLONE_NEWNS) || move_root();
}

/* Opens @file of a process in @to; the caller's root is not the host's. */
static int open_of(const struct victim *v, const char *file, int *to)
{
	char path[96];
	int ret = change_root();

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/proc/%d/%s", (int)v->pid, file);
	*to = open(path, O_RDONLY | O_CLOEXEC);
	return *to < 0 ? -errno : 0;
}

/*
 * A service with another root would be no host process: callers that are one by
 * their cgroup look at a host process instead.
 */
static int look_at_host(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/root/etc", (int)in_host.pid);
	return open_close(path, O_RDONLY | O_DIRECTORY);
}

/* The callers' own root directory has no JAIL in it. */
static int find_host(int fd)
{
	if (setns(fd, CLONE_NEWNS))
		return -errno;
	return access(JAIL, F_OK) ? -errno : 0;
}

int enter_mounts_of(const struct victim *v)
{
	int fd, ret;

	if (in_trusted_cgroup())
		return look_at_host();
	ret = open_of(v, "ns/mnt", &fd);
	return ret ? ret : find_host(fd);
}

int enter_mounts_by_pidfd(const struct victim *v)
{
	int ret;

	if (in_trusted_cgroup())
		return look_at_host();
	ret = change_root();
	return ret ? ret : find_host(v->pidfd);
}

int enter_chrooted(void)
{
	return enter_mounts_of(&service);
}

int enter_chrooted_alone(void)
{
	return enter_mounts_of(&alone);
}

int enter_chrooted_by_pidfd(void)
{
	return enter_mounts_by_pidfd(&service);
}

int above_chrooted(void)
{
	int fd;

	if (in_trusted_cgroup())
		return look_at_host();
	return open_of(&service, "root/../.." JAIL, &fd);
}

/*
 * In the mount namespace of such a container the host's root directory is below
 * that of the container. The caller has a root that is in no mount namespace.
 */
int enter_over(void)
{
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) || chdir(ROOT) ||
	    umount2(ROOT, MNT_DETACH) || chroot("."))
		return -errno;
	return setns(over.pidfd, CLONE_NEWNS) ? -errno : 0;
}

int trace_chrooted(void)
{
	int ret;

	if (in_trusted_cgroup())
		return look_at_host();
	ret = change_root();
	if (!ret && ptrace(PTRACE_SEIZE, service.pid, NULL, NULL))
		ret = -errno;
	return ret;
}

/* ---- Tracing of one's own ------------------------------------------------ */

/* The pid may have no meaning in /proc: the caller may be in a new namespace. */
static int look_into(pid_t pid)
{
	char byte;
	struct iovec mine = { &byte, 1 };
	struct iovec theirs = { (void *)&victim_memory, 1 };
	int fd = syscall(NR_PIDFD_OPEN, (long)pid, 0L);

	if (fd < 0 || syscall(NR_PIDFD_GETFD, fd, 1L, 0L) < 0 ||
	    syscall(SYS_process_vm_readv, (long)pid, &mine, 1L, &theirs, 1L,
		    0L) != 1)
		return -errno;
	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL))
		return -errno;
	return setns(fd, CLONE_NEWNS) ? -errno : 0;
}

/* @flags: the namespaces that the child leaves */
static int look_into_child(int flags)
{
	int ready[2], ret = -EIO;
	pid_t pid;
	char c;

	if (pipe(ready))
		return -errno;
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (!unshare(flags) && write(ready[1], "r", 1) == 1)
			pause();
		_exit(0);
	}
	close(ready[1]);
	if (read(ready[0], &c, 1) == 1)
		ret = look_into(pid);
	close(ready[0]);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return ret;
}

/* In a process of its own: setns(2) gives another root directory. */
static int look_once(void)
{
	int status = EIO;
	pid_t pid = fork();

	if (!pid)
		_exit(-look_into_child(0));
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

static int start_debugger(void)
{
	int pair[2], ret;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return -1;
	if (!fork()) {
		close(pair[0]);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		ret = as_service();
		while (write(pair[1], &ret, sizeof(ret)) == sizeof(ret) &&
		       read(pair[1], &ret, 1) == 1)
			ret = look_once();
		_exit(0);
	}
	close(pair[1]);
	debugger = pair[0];
	return read(debugger, &ret, sizeof(ret)) != sizeof(ret) || ret;
}

int chrooted_traces(void)
{
	int ret;

	if (write(debugger, "t", 1) != 1 ||
	    read(debugger, &ret, sizeof(ret)) != sizeof(ret))
		return -EIO;
	return ret;
}

const char *need_chrooted(void)
{
	static int done;

	if (need_victims() ||
	    (!done && (victim_lay(&service, as_service) ||
		       victim_lay(&alone, as_alone) ||
		       victim_lay(&over, as_over) || start_debugger())))
		return "the victims could not be made";
	done = 1;
	return NULL;
}

int debug_chrooted(void)
{
	int ret;

	if (in_trusted_cgroup())
		return 0;
	if (unshare(CLONE_NEWNS | CLONE_NEWUTS))
		return -errno;
	ret = change_root();
	return ret ? ret : look_into_child(0);
}

static int debug_over(int flags)
{
	int ret;

	if (in_trusted_cgroup())
		return 0;
	if (unshare(CLONE_NEWNS | CLONE_NEWUTS))
		return -errno;
	ret = move_root();
	return ret ? ret : look_into_child(flags);
}

int debug_moved_root(void)
{
	return debug_over(0);
}

int debug_moved_root_apart(void)
{
	return debug_over(CLONE_NEWNS);
}
