// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on mounts. */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/triggers.h"

#define NOWHERE "/proc/self" /* a directory that is not the root of a mount */

/* include/uapi/linux/mount.h: MS_SHARED | MS_PRIVATE */
#define SHARED_AND_PRIVATE (1UL << 20 | 1UL << 18)

/* The kernel looks at what is wrong with the call only behind the hook. */
static int must_be_invalid(long ret)
{
	if (!ret)
		return -EIO; /* never: then something stayed */
	return errno == EINVAL ? 0 : -errno;
}

/* A mount cannot be shared and private. */
int trigger_mount(void)
{
	return must_be_invalid(
		syscall(SYS_mount, NULL, "/", NULL, SHARED_AND_PRIVATE, NULL));
}

/* NOWHERE is not the root of a mount. */
int trigger_move_mount(void)
{
	return must_be_invalid(syscall(SYS_move_mount, AT_FDCWD, NOWHERE,
				       AT_FDCWD, NOWHERE, 0));
}

int trigger_pivot_root(void)
{
	return must_be_invalid(syscall(SYS_pivot_root, NOWHERE, NOWHERE));
}

/* MNT_EXPIRE excludes MNT_DETACH. */
int trigger_umount(void)
{
	return must_be_invalid(umount2("/proc", MNT_EXPIRE | MNT_DETACH));
}

/* Begins to configure a tmpfs, or a ramfs where the kernel has none. */
static int begin(void)
{
	int fs = syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC);

	if (fs < 0 && errno == ENODEV)
		fs = syscall(SYS_fsopen, "ramfs", FSOPEN_CLOEXEC);
	return fs;
}

/* Configures it, and makes its superblock. Return: a descriptor or -errno. */
static int configure(bool make)
{
	int fs = begin(), err;

	if (fs < 0)
		return -errno;
	if (syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, "mode", "700", 0) ||
	    (make &&
	     syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0))) {
		err = -errno;
		close(fs);
		return err;
	}
	return fs;
}

static int configured(bool make)
{
	int fs = configure(make);

	if (fs < 0)
		return fs;
	close(fs);
	return 0;
}

int trigger_fs_parameter(void)
{
	return configured(false);
}

int trigger_fs_mount(void)
{
	return configured(true);
}

/* Attaches the file system nowhere, and reconfigures it. */
int trigger_fs_remount(void)
{
	int fs = configure(true), mnt, err = 0;

	if (fs < 0)
		return fs;
	mnt = syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, 0);
	if (mnt < 0 ||
	    syscall(SYS_fsconfig, fs, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0))
		err = -errno;
	if (mnt >= 0)
		close(mnt);
	close(fs);
	return err;
}
