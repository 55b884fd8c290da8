// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "fire_mounts.h"

#define NOWHERE "/proc/self" /* a folder that is not the root of a mount */

/* include/uapi/linux/mount.h: MS_SHARED | MS_PRIVATE */
#define SHARED_AND_PRIVATE (1UL << 20 | 1UL << 18)

/*
 * Refused after the hook: no mount can be both; no root of a mount; what is
 * used is not detached.
 */
void ask_mount_calls(void)
{
	syscall(SYS_mount, NULL, "/", NULL, SHARED_AND_PRIVATE, NULL);
	syscall(SYS_move_mount, AT_FDCWD, NOWHERE, AT_FDCWD, NOWHERE, 0);
	syscall(SYS_pivot_root, NOWHERE, NOWHERE);
	umount2("/proc", MNT_EXPIRE | MNT_DETACH);
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
