// SPDX-License-Identifier: GPL-2.0-or-later
/* Attacks on the mounts that the pins depend on. */
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

#include "seal.h"

#ifndef MOVE_MOUNT_BENEATH
#define MOVE_MOUNT_BENEATH 0x200
#endif
#define MOVE_MOUNT_F_EMPTY 0x4 /* include/uapi/linux/mount.h */

#define COPY "/mnt"
#define SIDE "/run/side"

static int result(int ret)
{
	return ret ? -errno : 0;
}

/* Whatever a call says: it is the pins that must not be lost. */
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

/* Another mount namespace, from which unmounting comes back to the first. */
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

static int cover(const char *where)
{
	return result(mount("none", where, "tmpfs", 0, NULL));
}

int cover_bpffs(void)
{
	return cover(BPFFS);
}

int cover_pins(void)
{
	return cover(PINS);
}

int cover_fs(void)
{
	return cover("/sys/fs");
}

int cover_sys(void)
{
	return cover("/sys");
}

int cover_by_bind(void)
{
	return result(mount("/run", BPFFS, NULL, MS_BIND, NULL));
}

static int tmpfs_at(const char *where)
{
	mkdir(where, 0755);
	return result(mount("none", where, "tmpfs", 0, NULL));
}

int cover_by_move(void)
{
	int ret = tmpfs_at(SIDE);

	if (!ret)
		ret = result(mount(SIDE, BPFFS, NULL, MS_MOVE, NULL));
	umount2(SIDE, MNT_DETACH);
	return ret;
}

static int detached_tmpfs(void)
{
	int fs = syscall(SYS_fsopen, "tmpfs", 0), fd;

	if (fs < 0)
		return -errno;
	syscall(SYS_fsconfig, fs, 6 /* create */, NULL, NULL, 0);
	fd = syscall(SYS_fsmount, fs, 0, 0);
	if (fd < 0)
		fd = -errno;
	close(fs);
	return fd;
}

static int cover_with(unsigned int flags)
{
	int ret, fd = detached_tmpfs();

	if (fd < 0)
		return fd;
	ret = result(syscall(SYS_move_mount, fd, "", AT_FDCWD, BPFFS,
			     MOVE_MOUNT_F_EMPTY | flags));
	close(fd);
	return ret;
}

int cover_by_move_mount(void)
{
	return cover_with(0);
}

int cover_beneath(void)
{
	return cover_with(MOVE_MOUNT_BENEATH);
}

/*
 * Where /sys is no mount point any more its folder can be removed, and with
 * that goes what others have mounted on it (fs/namei.c: vfs_rmdir()).
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

int umount_own_copy(void)
{
	int ret;

	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -errno;
	ret = result(umount2(BPFFS, MNT_DETACH));
	return ret ? ret : result(umount2("/sys", MNT_DETACH));
}

int mount_elsewhere(void)
{
	int ret = tmpfs_at(SIDE);

	return ret ? ret : result(umount2(SIDE, 0));
}

int seal_pins_there(void)
{
	return !access("/proc/1/root" PIN, F_OK);
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
	mount("bpf", BPFFS, "bpf", 0, "mode=0700");
	mkdir(PINS, 0);
}
