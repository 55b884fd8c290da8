// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts to hide the pins, or to change the mounts above them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "seal/seal.h"

#ifndef MOVE_MOUNT_BENEATH
#define MOVE_MOUNT_BENEATH 0x200
#endif
#define MOVE_MOUNT_F_EMPTY 0x4 /* include/uapi/linux/mount.h */

#define SIDE "/run/side"

static int result(int ret)
{
	return ret ? -errno : 0;
}

static int cover(const char *where)
{
	return result(mount("none", where, "tmpfs", 0, NULL));
}

int cover_bpffs(void)
{
	return cover(BPFFS);
}

int cover_bpffs_again(void)
{
	return result(mount("bpf", BPFFS, "bpf", 0, "mode=0700"));
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

/* path_mount() looks at MS_BIND before it looks at the propagation. */
static int cover_by(const char *where, unsigned long propagation)
{
	return result(mount("/run", where, NULL, MS_BIND | propagation, NULL));
}

int cover_by_shared_bind(void)
{
	return cover_by(BPFFS, MS_SHARED);
}

int cover_by_private_bind(void)
{
	return cover_by("/sys/fs", MS_PRIVATE);
}

int cover_by_unbindable_bind(void)
{
	return cover_by("/sys", MS_UNBINDABLE | MS_REC);
}

int cover_by_any_bind(void)
{
	return cover_by(PINS,
			MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE);
}

int cover_by_open_tree(void)
{
	int fd = syscall(SYS_open_tree, AT_FDCWD, "/run", 1 /* a copy */), ret;

	if (fd < 0)
		return -errno;
	ret = result(syscall(SYS_move_mount, fd, "", AT_FDCWD, BPFFS,
			     MOVE_MOUNT_F_EMPTY));
	close(fd);
	return ret;
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

int mount_elsewhere(void)
{
	int ret = tmpfs_at(SIDE);

	return ret ? ret : result(umount2(SIDE, 0));
}

/* Nothing is lost: an initramfs moves it to the root that it enters. */
int move_sys(void)
{
	int ret;

	mkdir(SIDE, 0755);
	ret = result(mount("/sys", SIDE, NULL, MS_MOVE, NULL));
	return ret ? ret : result(mount(SIDE, "/sys", NULL, MS_MOVE, NULL));
}

int remount_bpffs(void)
{
	int ret =
		result(mount(NULL, BPFFS, NULL, MS_REMOUNT | MS_RDONLY, NULL));

	return ret ? ret : result(mount(NULL, BPFFS, NULL, MS_REMOUNT, NULL));
}

int change_propagation(void)
{
	static const unsigned long types[] = { MS_SHARED, MS_SLAVE,
					       MS_PRIVATE };
	int ret = 0;

	for (int i = 0; i < 3 && !ret; i++)
		ret = result(mount(NULL, "/sys", NULL, MS_REC | types[i], NULL));
	return ret;
}
