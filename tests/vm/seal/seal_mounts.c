// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts to unmount what the pins depend on. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal.h"

#ifndef OPEN_TREE_CLONE
#define OPEN_TREE_CLONE 1
#endif
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif
#define MOUNTS_MAX 64
#define COPY	   "/mnt"
#define COPY2	   "/copy" /* not on COPY, which may have to stay */
#define SIDE	   "/run/away"
#define ROOT	   "/newroot"

static int result(int ret)
{
	return ret ? -errno : 0;
}

/* Whatever a call returns, the attempt worked if the pins are gone. */
static int lost(int ret)
{
	if (!seal_pins_there())
		return 0;
	return ret ? ret : -EBUSY;
}

int umount_bpffs(void)
{
	return result(umount2(BPFFS, 0));
}

int umount_bpffs_lazily(void)
{
	return result(umount2(BPFFS, MNT_DETACH));
}

int umount_sys_lazily(void)
{
	return result(umount2("/sys", MNT_DETACH));
}

/* The first call only marks the mount as expired. */
int umount_bpffs_expired(void)
{
	if (!umount2(BPFFS, MNT_EXPIRE))
		return 0;
	return errno == EAGAIN ? result(umount2(BPFFS, MNT_EXPIRE)) : -errno;
}

/* Unmounts all, the last one first: 0 or the first error. */
static int umount_below(const char *dir, int flags)
{
	static char at[MOUNTS_MAX][128];
	size_t len = strlen(dir);
	char line[512];
	FILE *f = fopen("/proc/self/mountinfo", "re");
	int n = 0, ret = 0;

	while (f && n < MOUNTS_MAX && fgets(line, sizeof(line), f))
		if (sscanf(line, "%*s %*s %*s %*s %127s", at[n]) == 1 &&
		    !strncmp(at[n], dir, len) &&
		    (!at[n][len] || at[n][len] == '/'))
			n++;
	if (f)
		fclose(f);
	while (n--)
		if (umount2(at[n], flags) && !ret)
			ret = -errno;
	return ret;
}

int umount_sys_all(void)
{
	return umount_below("/sys", 0);
}

int umount_everything(void)
{
	return umount_below("", MNT_DETACH);
}

int umount_sys_by_fd(void)
{
	int fd = open("/sys", O_PATH | O_CLOEXEC), ret;
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ret = result(umount2(path, MNT_DETACH));
	close(fd);
	return ret;
}

int umount_sys_in_chroot(void)
{
	int here = open("/", O_PATH | O_CLOEXEC), ret;

	if (chroot("/sys"))
		return -errno;
	ret = result(umount2("/", MNT_DETACH));
	if (fchdir(here) || chroot("."))
		return -EIO;
	close(here);
	return ret;
}

/* rootfs itself cannot be unmounted, but a root that was entered can. */
int umount_root_lazily(void)
{
	int here = open("/", O_PATH | O_CLOEXEC), ret;

	mkdir(ROOT, 0755);
	if (mount("/", ROOT, NULL, MS_BIND, NULL))
		return -ENOSYS;
	ret = result(mount("/sys", ROOT "/sys", NULL, MS_MOVE, NULL));
	if (ret) {
		umount2(ROOT, MNT_DETACH);
		return ret;
	}
	if (chroot(ROOT) || chdir("/"))
		return -ENOSYS;
	ret = result(umount2("/", MNT_DETACH));
	if (fchdir(here) || chroot("."))
		return -EIO;
	close(here);
	if (ret) {
		mount(ROOT "/sys", "/sys", NULL, MS_MOVE, NULL);
		umount2(ROOT, MNT_DETACH);
	}
	return ret;
}

/* To a mount that nothing seems to depend on. */
int umount_moved(void)
{
	int ret;

	mkdir(SIDE, 0755);
	if (mount("none", SIDE, "tmpfs", 0, NULL) || mkdir(SIDE "/sys", 0755))
		return -ENOSYS;
	ret = result(mount("/sys", SIDE "/sys", NULL, MS_MOVE, NULL));
	if (!ret)
		ret = result(umount2(SIDE, MNT_DETACH));
	if (ret) {
		mount(SIDE "/sys", "/sys", NULL, MS_MOVE, NULL);
		umount2(SIDE, MNT_DETACH);
	}
	return ret;
}

/* A peer mount namespace: unmounting there propagates to the first. */
int umount_by_peer(void)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_SHARED, NULL) ||
	    unshare(CLONE_NEWNS))
		return -errno;
	return lost(result(umount2("/sys", MNT_DETACH)));
}

int umount_by_copy(void)
{
	int ret;

	if (mount(NULL, "/", NULL, MS_REC | MS_SHARED, NULL) ||
	    mount("/", COPY, NULL, MS_BIND | MS_REC, NULL))
		return -errno;
	ret = result(umount2(COPY "/sys", MNT_DETACH));
	ret = lost(ret);
	mount(NULL, COPY, NULL, MS_REC | MS_PRIVATE, NULL);
	umount2(COPY, MNT_DETACH);
	return ret;
}

/*
 * Where /sys is not a mount point any more, its directory can be removed, and all
 * mounts on it in other namespaces go with it (fs/namei.c: vfs_rmdir()).
 */
static int leave_sys(void)
{
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -errno;
	return result(umount2("/sys", MNT_DETACH));
}

int rmdir_sys(void)
{
	int ret = leave_sys();

	return ret ? ret : lost(result(rmdir("/sys")));
}

int rename_sys(void)
{
	int ret = leave_sys();

	return ret ? ret : lost(result(rename("/sys", "/sys.old")));
}

int rename_over_sys(void)
{
	int ret = leave_sys();

	mkdir("/sys.new", 0755);
	return ret ? ret : lost(result(rename("/sys.new", "/sys")));
}

/* A slave mount loses what its master loses. */
int umount_by_master(void)
{
	int ret;

	mkdir(COPY2, 0755);
	if (mount(NULL, "/", NULL, MS_REC | MS_SHARED, NULL) ||
	    mount("/", COPY2, NULL, MS_BIND | MS_REC, NULL) ||
	    mount(NULL, "/", NULL, MS_SLAVE, NULL))
		return -ENOSYS;
	ret = lost(result(umount2(COPY2 "/sys", MNT_DETACH)));
	mount(NULL, COPY2, NULL, MS_REC | MS_PRIVATE, NULL);
	umount2(COPY2, MNT_DETACH);
	return ret;
}

/* The bpffs is mounted more often than the lock can follow. */
int umount_first(void)
{
	char path[32];
	int ret;

	for (int i = 0; i < 6; i++) {
		snprintf(path, sizeof(path), "/run/bpffs%d", i);
		mkdir(path, 0700);
		if (mount(BPFFS, path, NULL, MS_BIND, NULL))
			return -ENOSYS;
	}
	ret = result(umount2(BPFFS, MNT_DETACH));
	for (int i = 0; i < 6; i++) {
		snprintf(path, sizeof(path), "/run/bpffs%d", i);
		umount2(path, MNT_DETACH);
	}
	return ret;
}

int umount_clone(void)
{
	int fd = syscall(SYS_open_tree, AT_FDCWD, "/sys",
			 OPEN_TREE_CLONE | AT_RECURSIVE);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

int umount_own_copy(void)
{
	int ret;

	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -errno;
	ret = result(umount2(BPFFS, MNT_DETACH));
	return ret ? ret : result(umount2("/sys", MNT_DETACH));
}

int rmdir_elsewhere(void)
{
	mkdir("/run/directory", 0755);
	return result(rmdir("/run/directory"));
}

int seal_pins_there(void)
{
	return !access("/proc/1/root" PIN, F_OK);
}

void seal_uncover(void)
{
	static const char *const over[] = { PINS, BPFFS, "/sys/fs", "/sys" };

	rename(BPFFS "/moved", PINS);
	for (int i = 0; i < 4 && access(PINS "/self/policy", F_OK); i++)
		umount2(over[i], MNT_DETACH);
}

void seal_repair(void)
{
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	while (!umount2("/sys", MNT_DETACH))
		;
	umount2("/sys.old", MNT_DETACH);
	rmdir("/sys.old");
	mkdir("/sys", 0755);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("securityfs", "/sys/kernel/security", "securityfs", 0, NULL);
	mount("bpf", BPFFS, "bpf", 0, "mode=0700");
	mkdir(PINS, 0);
}
