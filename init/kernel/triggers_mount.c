// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on mounts. */
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/triggers.h"

#define NOWHERE "/proc/self" /* a directory that is not the root of a mount */

/* include/uapi/linux/mount.h: MS_SHARED | MS_PRIVATE */
#define SHARED_AND_PRIVATE (1UL << 20 | 1UL << 18)

/*
 * All of these fail after the hook: a mount cannot be shared and private,
 * NOWHERE is not the root of a mount, and MNT_EXPIRE excludes MNT_DETACH.
 */
void trigger_mount_calls(void)
{
	syscall(SYS_mount, NULL, "/", NULL, SHARED_AND_PRIVATE, NULL);
	syscall(SYS_move_mount, AT_FDCWD, NOWHERE, AT_FDCWD, NOWHERE, 0);
	syscall(SYS_pivot_root, NOWHERE, NOWHERE);
	umount2("/proc", MNT_EXPIRE | MNT_DETACH);
}

/* Configures a tmpfs, attaches it nowhere, and reconfigures it. */
void trigger_mount(void)
{
	int fs = syscall(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC), mnt;

	if (fs < 0)
		return;
	syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, "size", "4k", 0);
	syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	mnt = syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, 0);
	if (mnt >= 0) {
		syscall(SYS_fsconfig, fs, FSCONFIG_CMD_RECONFIGURE, NULL, NULL,
			0);
		close(mnt);
	}
	close(fs);
}
