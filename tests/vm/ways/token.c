// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A BPF token: root delegates to a user namespace through a bpffs of its own.
 * Three processes with one table of descriptors:
 *
 *   outside  the caller, which delegates
 *   mounter  in the user namespace, with a mount namespace of its own
 *   user     in the user namespace, and in the caller's mount namespace: it is
 *            a host process if the caller is one
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/token.h"
#include "ways/helpers.h"

#define BPF_TOKEN_CREATE 36
#define STEP_US		 1000
#define STEPS		 15000

enum { STARTED, OPENED, DELEGATED, MOUNTED, FAILED };

static volatile struct shared {
	int step, fs, dir, ret;
} * s;

const char *need_token(void)
{
	return kernel_knows("BPF_TOKEN_CREATE") ?
		       NULL :
		       "the kernel has no BPF tokens";
}

static int wait_for(int step)
{
	for (int i = 0; i < STEPS && s->step < step; i++)
		usleep(STEP_US);
	return s->step == step ? 0 : -1;
}

static int failed(int step)
{
	s->ret = -1000 * (step + 1) - errno;
	s->step = FAILED;
	return -1;
}

static pid_t fork_files(void)
{
	return syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0L, 0L, 0L, 0L);
}

static int delegate(void)
{
	static const char *const what[] = { "delegate_cmds", "delegate_maps",
					    "delegate_progs",
					    "delegate_attachs" };

	for (int i = 0; i < 4; i++)
		if (syscall(SYS_fsconfig, s->fs, FSCONFIG_SET_STRING, what[i],
			    "any", 0))
			return failed(DELEGATED);
	if (syscall(SYS_fsconfig, s->fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
		return failed(DELEGATED);
	s->step = DELEGATED;
	return 0;
}

static int mounter(void)
{
	int mnt;

	if (unshare(CLONE_NEWNS))
		return failed(OPENED);
	s->fs = syscall(SYS_fsopen, "bpf", FSOPEN_CLOEXEC);
	if (s->fs < 0)
		return failed(OPENED);
	s->step = OPENED;
	if (wait_for(DELEGATED))
		return -1;
	mnt = syscall(SYS_fsmount, s->fs, FSMOUNT_CLOEXEC, 0);
	if (mnt < 0)
		return failed(MOUNTED);
	s->dir = openat(mnt, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	close(mnt);
	s->step = MOUNTED;
	return 0;
}

/* The kernel makes no user namespace in a chroot, so that is left. */
static int new_user_ns(void)
{
	if (!unshare(CLONE_NEWUSER))
		return 0;
	if (chdir("/proc/1/root") || chroot("."))
		return -1;
	return unshare(CLONE_NEWUSER);
}

static void user(int (*use)(int token))
{
	struct {
		uint32_t flags, bpffs;
		char rest[120];
	} attr = { 0 };
	pid_t pid;
	int token;

	if (new_user_ns() || write_file("/proc/self/uid_map", "0 0 1")) {
		failed(STARTED);
		return;
	}
	pid = fork_files();
	if (!pid)
		_exit(mounter());
	if (wait_for(MOUNTED))
		return;
	attr.bpffs = s->dir;
	token = syscall(SYS_bpf, BPF_TOKEN_CREATE, &attr, 8);
	s->ret = token < 0 ? -errno : use(token);
	waitpid(pid, NULL, 0);
}

int bpf_token(int (*use)(int token))
{
	pid_t pid;

	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s == MAP_FAILED)
		return -errno;
	s->ret = -ETIMEDOUT;
	pid = fork_files();
	if (!pid) {
		user(use);
		_exit(0);
	}
	if (!wait_for(OPENED))
		delegate();
	waitpid(pid, NULL, 0);
	return s->ret;
}
