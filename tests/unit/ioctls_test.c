// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The commands of bpf/fs_ioctls.h, compared with the kernel's headers that this
 * machine has. Commands of file systems without a header for user space are
 * written down as their source defines them.
 */
#include <linux/btrfs.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/fsmap.h>
#include <linux/nilfs2_api.h>

#include "bpf/fs_ioctls.h"
#include "tap.h"

#define ROW(reach, direction, type, number) \
	{ FS_REACH_##reach, FS_COMMAND(FS_##direction, (type), (number)) },
static const struct {
	enum fs_reach reach;
	unsigned int command;
} rows[] = { FS_COMMANDS(ROW) };

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static enum fs_reach reach_of(unsigned int cmd)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].command == FS_COMMAND_OF(cmd))
			return rows[i].reach;
	return FS_REACH_OWN;
}

/* fs/xfs/libxfs/xfs_fs.h, include/uapi/linux/ext4.h, f2fs.h */
#define XFS_FD_TO_HANDLE   _IOWR('X', 106, char[56])
#define XFS_OPEN_BY_HANDLE _IOWR('X', 107, char[56])
#define XFS_BULKSTAT	   _IOR('X', 127, char[64])
#define XFS_FSGEOMETRY	   _IOR('X', 126, char[256])
#define XFS_FSGROWFSDATA   _IOW('X', 110, char[16])
#define XFS_GOINGDOWN	   _IOR('X', 125, __u32)
#define XFS_FSSETDM	   _IOW('X', 121, char[72])
#define EXT4_RESIZE_FS	   _IOW('f', 16, __u64)
#define EXT4_SWAP_BOOT	   _IO('f', 17)
#define EXT4_GETFSUUID	   _IOR('f', 44, char[8])
#define EXT4_SETFSUUID	   _IOW('f', 44, char[8])
#define F2FS_RESIZE_FS	   _IOW(0xf5, 16, __u64)
#define HFSPLUS_BLESS	   _IO('h', 0x80)
#define UDF_GETVOLIDENT	   _IOR('l', 0x42, void *)
#define UDF_RELOCATE	   _IOWR('l', 0x43, long)
#define CIFS_DUMP_KEY	   _IOWR(0xcf, 8, char[44])
#define CIFS_QUERY_INFO	   _IOWR(0xcf, 7, char[24])

#define WANT(expected, cmd)         \
	{                           \
		expected, cmd, #cmd \
	}
static const struct {
	enum fs_reach reach;
	unsigned int cmd;
	const char *name;
} wanted[] = {
	WANT(FS_REACH_BEYOND, XFS_OPEN_BY_HANDLE),
	WANT(FS_REACH_BEYOND, XFS_BULKSTAT),
	WANT(FS_REACH_BEYOND, XFS_FSSETDM),
	WANT(FS_REACH_BEYOND, FS_IOC_GETFSMAP),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_SNAP_CREATE),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_SNAP_CREATE_V2),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_TREE_SEARCH),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_TREE_SEARCH_V2),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_INO_LOOKUP),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_INO_PATHS),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_LOGICAL_INO),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_LOGICAL_INO_V2),
	WANT(FS_REACH_BEYOND, BTRFS_IOC_SEND),
	WANT(FS_REACH_BEYOND, EXT4_SWAP_BOOT),
	WANT(FS_REACH_BEYOND, FS_IOC_REMOVE_ENCRYPTION_KEY),
	WANT(FS_REACH_BEYOND, FS_IOC_REMOVE_ENCRYPTION_KEY_ALL_USERS),
	WANT(FS_REACH_BEYOND, HFSPLUS_BLESS),
	WANT(FS_REACH_BEYOND, CIFS_DUMP_KEY),
	WANT(FS_REACH_WHOLE, FIFREEZE),
	WANT(FS_REACH_WHOLE, FITHAW),
	WANT(FS_REACH_WHOLE, FS_IOC_SETFSLABEL),
	WANT(FS_REACH_WHOLE, XFS_FSGROWFSDATA),
	WANT(FS_REACH_WHOLE, XFS_GOINGDOWN),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_RESIZE),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_SCAN_DEV),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_FORGET_DEV),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_ADD_DEV),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_RM_DEV),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_RM_DEV_V2),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_DEV_REPLACE),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_BALANCE),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_BALANCE_V2),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_BALANCE_CTL),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_SCRUB),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_SCRUB_CANCEL),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_DEFAULT_SUBVOL),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_SET_FEATURES),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_QUOTA_CTL),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_QGROUP_LIMIT),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_SNAP_DESTROY_V2),
	WANT(FS_REACH_WHOLE, EXT4_RESIZE_FS),
	WANT(FS_REACH_WHOLE, EXT4_SETFSUUID),
	WANT(FS_REACH_WHOLE, BTRFS_IOC_DEVICES_READY),
	WANT(FS_REACH_WHOLE, F2FS_RESIZE_FS),
	WANT(FS_REACH_WHOLE, UDF_RELOCATE),
	WANT(FS_REACH_WHOLE, NILFS_IOCTL_RESIZE),
	WANT(FS_REACH_WHOLE, NILFS_IOCTL_DELETE_CHECKPOINT),
	WANT(FS_REACH_WHOLE, NILFS_IOCTL_CLEAN_SEGMENTS),
	/* what a process does with its own files */
	WANT(FS_REACH_OWN, FS_IOC_GETFLAGS),
	WANT(FS_REACH_OWN, FS_IOC_SETFLAGS),
	WANT(FS_REACH_OWN, FS_IOC_FIEMAP),
	WANT(FS_REACH_OWN, FS_IOC_FSGETXATTR),
	WANT(FS_REACH_OWN, FS_IOC_FSSETXATTR),
	WANT(FS_REACH_OWN, FS_IOC_GETFSLABEL),
	WANT(FS_REACH_OWN, FS_IOC_SET_ENCRYPTION_POLICY),
	WANT(FS_REACH_OWN, FS_IOC_ADD_ENCRYPTION_KEY),
	WANT(FS_REACH_OWN, FS_IOC_GET_ENCRYPTION_KEY_STATUS),
	WANT(FS_REACH_OWN, UDF_GETVOLIDENT),
	WANT(FS_REACH_OWN, CIFS_QUERY_INFO),
	WANT(FS_REACH_OWN, FICLONE),
	WANT(FS_REACH_OWN, FICLONERANGE),
	WANT(FS_REACH_OWN, FIDEDUPERANGE),
	WANT(FS_REACH_OWN, FITRIM),
	WANT(FS_REACH_OWN, XFS_FSGEOMETRY),
	WANT(FS_REACH_OWN, XFS_FD_TO_HANDLE),
	WANT(FS_REACH_OWN, EXT4_GETFSUUID),
	WANT(FS_REACH_OWN, BTRFS_IOC_SYNC),
	WANT(FS_REACH_OWN, BTRFS_IOC_SUBVOL_CREATE),
	WANT(FS_REACH_OWN, BTRFS_IOC_SUBVOL_CREATE_V2),
	WANT(FS_REACH_OWN, BTRFS_IOC_SNAP_DESTROY),
	WANT(FS_REACH_OWN, BTRFS_IOC_FS_INFO),
	WANT(FS_REACH_OWN, BTRFS_IOC_DEV_INFO),
	WANT(FS_REACH_OWN, BTRFS_IOC_SPACE_INFO),
	WANT(FS_REACH_OWN, BTRFS_IOC_GET_FEATURES),
};

int main(void)
{
	bool unique = true;

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		tap(reach_of(wanted[i].cmd) == wanted[i].reach, wanted[i].name);
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < i; k++)
			unique &= rows[i].command != rows[k].command;
	tap(unique, "no command has two rows");
	return tap_end();
}
