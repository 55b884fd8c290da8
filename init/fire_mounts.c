// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "fire_mounts.h"

#define NOWHERE "/proc/self" /* a folder that is not the root of a mount */

/* include/uapi/linux/mount.h and fs.h, of older headers */
#define PICK_EMPTY_PATH	   8
#define SHARED_AND_PRIVATE (1UL << 20 | 1UL << 18)

static int config(int fd, unsigned int cmd, const char *key, const char *value)
{
	return syscall(SYS_fsconfig, fd, cmd, key, value, 0);
}

static void reconfigure(int mount)
{
	int fd = syscall(SYS_fspick, mount, "", PICK_EMPTY_PATH);

	if (fd < 0)
		return;
	config(fd, FSCONFIG_CMD_RECONFIGURE, NULL, NULL);
	close(fd);
}

void ask_new_mount(void)
{
	int fs = syscall(SYS_fsopen, "tmpfs", 1 /* FSOPEN_CLOEXEC */), mount;

	if (fs < 0)
		return;
	config(fs, FSCONFIG_SET_STRING, "source", "bpflock");
	config(fs, FSCONFIG_CMD_CREATE, NULL, NULL);
	mount = syscall(SYS_fsmount, fs, 1 /* FSMOUNT_CLOEXEC */, 0);
	close(fs);
	if (mount < 0)
		return;
	reconfigure(mount);
	close(mount);
}

/* Refused after the hook: no mount can be both; no root of a mount. */
void ask_mount(void)
{
	syscall(SYS_mount, NULL, "/", NULL, SHARED_AND_PRIVATE, NULL);
	syscall(SYS_move_mount, AT_FDCWD, NOWHERE, AT_FDCWD, NOWHERE, 0);
	syscall(SYS_pivot_root, NOWHERE, NOWHERE);
}

void ask_attributes(void)
{
	int fd = syscall(SYS_memfd_create, "bpflock", 1u /* MFD_CLOEXEC */);

	if (fd < 0)
		return;
	fchmod(fd, 0600);
	fsetxattr(fd, "trusted.bpflock", "", 0, 0);
	fremovexattr(fd, "trusted.bpflock");
	close(fd);
}

void ask_ioctl(void)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	char size[64];

	if (fd < 0)
		return;
	ioctl(fd, TIOCGWINSZ, size);
	close(fd);
}
