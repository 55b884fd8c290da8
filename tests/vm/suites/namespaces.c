// SPDX-License-Identifier: GPL-2.0-or-later
/* Namespaces are made and entered by every call that does it. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/abi.h"
#include "engine/callers.h"
#include "suites/namespaces_ops.h"

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif
#define EMPTY_MNTNS_UNSHARE 0x00100000
#define EMPTY_MNTNS_CLONE   (1ULL << 37)
#define X32		    0x40000000L
#define NR_OPEN_TREE	    428
#define NR_FSOPEN	    430
#define NR_FSCONFIG	    431
#define NR_FSMOUNT	    432
#define NR_PIDFD_OPEN	    434
#define NR_CLONE3	    435
#define NR_OPEN_TREE_ATTR   467
#define NR_UNSHARE_32	    310
#define NR_SETNS_32	    346
#define OPEN_TREE_NAMESPACE 2
#define FSMOUNT_NAMESPACE   2
#define CMD_CREATE	    6

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

/* The new process ends at once. */
static int born(long pid)
{
	if (!pid)
		_exit(0);
	if (pid < 0)
		return -errno;
	waitpid(pid, NULL, __WALL);
	return 0;
}

static int by_clone(int flag)
{
	return born(syscall(SYS_clone, (long)(flag | SIGCHLD), 0, 0, 0, 0));
}

static int by_clone3(unsigned long long flag)
{
	unsigned long long args[8] = { [0] = flag, [4] = SIGCHLD };

	return born(syscall(NR_CLONE3, args, sizeof(args)));
}

static int by_unshare(int flag)
{
	return result(unshare(flag));
}

static int by_unshare_32(long flag)
{
	return syscall_i386(NR_UNSHARE_32, flag, 0, 0);
}

static int by_unshare_x32(long flag)
{
	return result(syscall(SYS_unshare | X32, flag));
}

#define KIND(word, flag)                    \
	static int clone_##word(void)       \
	{                                   \
		return by_clone(flag);      \
	}                                   \
	static int clone3_##word(void)      \
	{                                   \
		return by_clone3(flag);     \
	}                                   \
	static int unshare_##word(void)     \
	{                                   \
		return by_unshare(flag);    \
	}                                   \
	static int unshare_32_##word(void)  \
	{                                   \
		return by_unshare_32(flag); \
	}

KIND(user, CLONE_NEWUSER)
KIND(mnt, CLONE_NEWNS)
KIND(pid, CLONE_NEWPID)
KIND(net, CLONE_NEWNET)
KIND(ipc, CLONE_NEWIPC)
KIND(uts, CLONE_NEWUTS)
KIND(cgroup, CLONE_NEWCGROUP)

static int clone3_time(void)
{
	return by_clone3(CLONE_NEWTIME);
}

static int unshare_time(void)
{
	return by_unshare(CLONE_NEWTIME);
}

static int unshare_32_time(void)
{
	return by_unshare_32(CLONE_NEWTIME);
}

/* Several at once are denied if one of them is. */
static int user_and_mnt(void)
{
	return by_unshare(CLONE_NEWUSER | CLONE_NEWNS);
}

static int uts_and_files(void)
{
	return by_unshare(CLONE_NEWUTS | CLONE_FILES | CLONE_FS);
}

static int unshare_x32_uts(void)
{
	return by_unshare_x32(CLONE_NEWUTS);
}

/* A tracer turns a harmless system call into another. */
static int unshare_by_tracer(void)
{
	struct user_regs_struct regs;
	int status;
	pid_t pid = fork();

	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		syscall(SYS_close, -1L);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	do {
		if (ptrace(PTRACE_SYSCALL, pid, NULL, NULL) ||
		    waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status) ||
		    ptrace(PTRACE_GETREGS, pid, NULL, &regs))
			return -EIO;
	} while (regs.orig_rax != SYS_close);
	regs.orig_rax = SYS_unshare;
	regs.rdi = CLONE_NEWUTS;
	if (ptrace(PTRACE_SETREGS, pid, NULL, &regs) ||
	    ptrace(PTRACE_SYSCALL, pid, NULL, NULL) ||
	    waitpid(pid, &status, 0) != pid ||
	    ptrace(PTRACE_GETREGS, pid, NULL, &regs))
		return -EIO;
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return regs.rax;
}

static int clone_32_uts(void)
{
	long pid = syscall_i386(120, CLONE_NEWUTS | SIGCHLD, 0, 0);

	if (!pid)
		_exit(0);
	if (pid < 0)
		return pid;
	waitpid(pid, NULL, 0);
	return 0;
}

/* Does this kernel make mount namespaces by the newer mount calls? */
static const char *new_in_child(int (*attempt)(void), const char *why)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid)
		_exit(attempt() != 0);
	waitpid(pid, &status, 0);
	return status ? why : NULL;
}

static int open_tree_mnt(void)
{
	return result(syscall(NR_OPEN_TREE, AT_FDCWD, "/",
			      (long)(OPEN_TREE_NAMESPACE | O_CLOEXEC)));
}

static int open_tree_attr_mnt(void)
{
	unsigned long long attr[4] = { 0 };

	return result(syscall(NR_OPEN_TREE_ATTR, AT_FDCWD, "/",
			      (long)(OPEN_TREE_NAMESPACE | O_CLOEXEC), attr,
			      sizeof(attr)));
}

static int open_tree_32_mnt(void)
{
	static char root[] = "/"; /* static, so below 4 GiB */

	return syscall_i386(NR_OPEN_TREE, AT_FDCWD, (long)root,
			    OPEN_TREE_NAMESPACE | O_CLOEXEC) < 0 ?
		       -EPERM :
		       0;
}

static int fsmount_mnt(void)
{
	int fs = syscall(NR_FSOPEN, "tmpfs", 1L);

	if (fs < 0 ||
	    syscall(NR_FSCONFIG, fs, (long)CMD_CREATE, NULL, NULL, 0L))
		return -errno;
	return result(syscall(NR_FSMOUNT, fs, 1L | FSMOUNT_NAMESPACE, 0L));
}

static int unshare_empty(void)
{
	return by_unshare(EMPTY_MNTNS_UNSHARE);
}

static int clone3_empty(void)
{
	return by_clone3(EMPTY_MNTNS_CLONE);
}

#define NEED(word, call)                                                       \
	static const char *need_##word(void)                                   \
	{                                                                      \
		return new_in_child(word, "the kernel's " call " makes none"); \
	}

NEED(open_tree_mnt, "open_tree")
NEED(open_tree_attr_mnt, "open_tree_attr")
NEED(open_tree_32_mnt, "open_tree")
NEED(fsmount_mnt, "fsmount")
NEED(unshare_empty, "unshare")
NEED(clone3_empty, "clone3")

/* enter */

static int enter_own(const char *kind)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/self/ns/%s", kind);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -ENOENT;
	return result(setns(fd, 0));
}

#define ENTER(kind)                      \
	static int enter_##kind(void)    \
	{                                \
		return enter_own(#kind); \
	}

ENTER(mnt)
ENTER(pid)
ENTER(net)
ENTER(ipc)
ENTER(uts)
ENTER(cgroup)
ENTER(time)

static int user_ns = -1, victim = -1; /* of a process outside the host */

/* A process in a user and a uts namespace of its own. */
static const char *need_victim(void)
{
	char path[64];
	int ready[2];
	pid_t pid;

	if (victim >= 0)
		return NULL;
	if (pipe(ready))
		return "no pipe";
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (unshare(CLONE_NEWUSER) || unshare(CLONE_NEWUTS) ||
		    write(ready[1], "r", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(ready[1]);
	if (read(ready[0], path, 1) != 1)
		return "no user namespaces";
	close(ready[0]);
	snprintf(path, sizeof(path), "/proc/%d/ns/user", (int)pid);
	user_ns = open(path, O_RDONLY | O_CLOEXEC);
	victim = syscall(NR_PIDFD_OPEN, (long)pid, 0L);
	return user_ns < 0 || victim < 0 ? "no pidfd" : NULL;
}

static int enter_user(void)
{
	return result(setns(user_ns, CLONE_NEWUSER));
}

static int enter_pidfd(void)
{
	return result(setns(victim, CLONE_NEWUTS));
}

static int enter_32(void)
{
	int fd = open("/proc/self/ns/uts", O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -ENOENT : syscall_i386(NR_SETNS_32, fd, 0, 0);
}

static int enter_x32(void)
{
	int fd = open("/proc/self/ns/uts", O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -ENOENT : result(syscall(SYS_setns | X32, fd, 0L));
}

/* innocent */

static int plain_fork(void)
{
	return by_clone(0);
}

static int plain_clone3(void)
{
	return by_clone3(0);
}

static int unshare_files(void)
{
	return by_unshare(CLONE_FILES | CLONE_FS | CLONE_SYSVSEM);
}

static int open_tree_clone(void)
{
	return result(syscall(NR_OPEN_TREE, AT_FDCWD, "/", 1L | O_CLOEXEC));
}

static int fsmount_plain(void)
{
	int fs = syscall(NR_FSOPEN, "tmpfs", 1L);

	if (fs < 0 ||
	    syscall(NR_FSCONFIG, fs, (long)CMD_CREATE, NULL, NULL, 0L))
		return -errno;
	return result(syscall(NR_FSMOUNT, fs, 1L, 0L));
}

/* 272 and 308 mean other calls in the 32-bit table, 310 in the 64-bit one. */
static int other_numbers(void)
{
	syscall_i386(272, 0, CLONE_NEWUTS, 0); /* fadvise64_64 */
	syscall_i386(308, -1, 0,
		     0); /* pselect6, which would wait for 0 files */
	syscall(310L, 0L, 0L); /* process_vm_readv */
	return sethostname(NULL, -1) && errno == EINVAL ? 0 : -EPERM;
}

/*
 * Before 6.1 unshare(2) says ENOMEM. The kernel makes no user namespace for a
 * process in a chroot, or with an id that its own user namespace does not map.
 */
#define USER .errnos = { EPERM, ENOMEM }, .unable = NS_CHROOT | NS_USER

#define ALL_WAYS(kind)                                                      \
	{ #kind, NULL, "clone", NULL, clone_##kind },                       \
		{ #kind, NULL, "clone3", NULL, clone3_##kind },             \
		{ #kind, NULL, "unshare", NULL, unshare_##kind },           \
	{                                                                   \
#kind, NULL, "32-bit unshare", need_i386, unshare_32_##kind \
	}

static const struct attempt attempts[] = {
	{ "user", NULL, "clone", NULL, clone_user, USER },
	{ "user", NULL, "clone3", NULL, clone3_user, USER },
	{ "user", NULL, "unshare", NULL, unshare_user, USER },
	{ "user", NULL, "32-bit unshare", need_i386, unshare_32_user, USER },
	{ "user", "mnt", "together with mnt", NULL, user_and_mnt, USER },
	ALL_WAYS(mnt),
	ALL_WAYS(pid),
	ALL_WAYS(net),
	ALL_WAYS(ipc),
	ALL_WAYS(uts),
	/* root of a user namespace may do it as well */
	{ "uts", NULL, "clone in any scope", NULL, clone_uts, .anyone = 1 },
	ALL_WAYS(cgroup),
	{ "time", NULL, "clone3", NULL, clone3_time },
	{ "time", NULL, "unshare", NULL, unshare_time },
	{ "time", NULL, "32-bit unshare", need_i386, unshare_32_time },
	{ "uts", NULL, "unshare with files", NULL, uts_and_files },
	{ "uts", NULL, "32-bit clone", need_i386, clone_32_uts },
	{ "uts", NULL, "x32 unshare", need_x32, unshare_x32_uts },
	{ "uts", NULL, "by a tracer", NULL, unshare_by_tracer },
	{ "mnt", NULL, "open_tree", need_open_tree_mnt, open_tree_mnt },
	{ "mnt", NULL, "open_tree_attr", need_open_tree_attr_mnt,
	  open_tree_attr_mnt },
	{ "mnt", NULL, "32-bit open_tree", need_open_tree_32_mnt,
	  open_tree_32_mnt },
	{ "mnt", NULL, "fsmount", need_fsmount_mnt, fsmount_mnt },
	{ "mnt", NULL, "empty by unshare", need_unshare_empty, unshare_empty },
	{ "mnt", NULL, "empty by clone3", need_clone3_empty, clone3_empty },
	{ "enter", NULL, "mnt", NULL, enter_mnt },
	{ "enter", NULL, "pid", NULL, enter_pid },
	{ "enter", NULL, "net", NULL, enter_net },
	{ "enter", NULL, "ipc", NULL, enter_ipc },
	{ "enter", NULL, "uts", NULL, enter_uts },
	{ "enter", NULL, "cgroup", NULL, enter_cgroup },
	{ "enter", NULL, "time", NULL, enter_time },
	{ "enter", NULL, "user", need_victim, enter_user },
	{ "enter", NULL, "pidfd", need_victim, enter_pidfd },
	{ "enter", NULL, "32-bit setns", need_i386, enter_32 },
	{ "enter", NULL, "x32 setns", need_x32, enter_x32 },

	{ NULL, NULL, "fork", NULL, plain_fork },
	{ NULL, NULL, "clone3 without flags", NULL, plain_clone3 },
	{ NULL, NULL, "unshare files", NULL, unshare_files },
	{ NULL, NULL, "open_tree clone", NULL, open_tree_clone },
	{ NULL, NULL, "fsmount", NULL, fsmount_plain },
	{ NULL, NULL, "numbers of the other table", need_i386, other_numbers },
	{ 0 },
};

SUITE(namespaces, NULL);
