// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/newmount.h"

/* include/uapi/linux/mount.h, which cannot be included beside sys/mount.h */
#define FSCONFIG_FLAG	     0
#define FSCONFIG_STRING	     1
#define FSCONFIG_CREATE	     6
#define FSCONFIG_RECONFIGURE 7
#define TREE_CLONE	     1
#define MOVE_F_EMPTY_PATH    4

static int result(long ret)
{
	return ret < 0 ? -errno : ret;
}

int openat2_path(const char *path, int flags)
{
	const uint64_t how[3] = { flags | O_CLOEXEC };

	return result(syscall(SYS_openat2, AT_FDCWD, path, how, sizeof(how)));
}

int mount_detached(const char *type, const char *source,
		   unsigned int attributes)
{
	int fs = syscall(SYS_fsopen, type, 0), ret;

	if (fs < 0)
		return -errno;
	ret = result(syscall(SYS_fsconfig, fs, FSCONFIG_STRING, "source",
			     source, 0));
	if (!ret)
		ret = result(syscall(SYS_fsconfig, fs, FSCONFIG_CREATE, NULL,
				     NULL, 0));
	if (!ret)
		ret = result(syscall(SYS_fsmount, fs, 0, attributes));
	close(fs);
	return ret;
}

int mount_reconfigure(const char *path, const char *flag)
{
	int fs = syscall(SYS_fspick, AT_FDCWD, path, 0), ret = 0;

	if (fs < 0)
		return -errno;
	if (flag)
		ret = result(syscall(SYS_fsconfig, fs, FSCONFIG_FLAG, flag,
				     NULL, 0));
	if (!ret)
		ret = result(syscall(SYS_fsconfig, fs, FSCONFIG_RECONFIGURE,
				     NULL, NULL, 0));
	close(fs);
	return ret;
}

int mount_clone(const char *path)
{
	return result(syscall(SYS_open_tree, AT_FDCWD, path, TREE_CLONE));
}

int mount_attach(int mount, const char *where, unsigned int flags)
{
	return result(syscall(SYS_move_mount, mount, "", AT_FDCWD, where,
			      flags | MOVE_F_EMPTY_PATH));
}

int mount_set_writable(const char *path)
{
	const uint64_t attr[4] = { 0, 1 /* clear MOUNT_ATTR_RDONLY */ };

	return result(syscall(442 /* mount_setattr, 5.12 */, AT_FDCWD, path, 0,
			      attr, sizeof(attr)));
}
