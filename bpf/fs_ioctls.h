/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ioctl commands by which a process that has one directory of a file system
 * acts on the whole of it. Both the programs and tests/unit/ioctls_test.c use
 * the table, so this header includes nothing.
 *
 * X(reach, direction, type, number) stands for one command:
 *
 *   reach      BEYOND: reads files outside the directory, tells where they are,
 *              or locks them. WHOLE: changes the file system itself, for example its
 *              devices, its size, or whether it runs
 *   direction  NONE, W (user space to kernel), R, WR, as _IO(), _IOW(), _IOR()
 *              and _IOWR() of include/uapi/asm-generic/ioctl.h
 *
 * The size is left out, because a 32-bit caller passes another one. The names
 * of the commands stand behind the rows. The kernel's own jfs, gfs2, hfs,
 * zonefs, erofs and squashfs have no such command.
 */
#ifndef FS_IOCTLS_H
#define FS_IOCTLS_H

/* include/uapi/linux/fs.h: every file system */
#define VFS_COMMANDS(X)                                                   \
	X(WHOLE, WR, 'X', 119) /* FIFREEZE, XFS_IOC_FREEZE */             \
	X(WHOLE, WR, 'X', 120) /* FITHAW, XFS_IOC_THAW */                 \
	X(WHOLE, W, 0x94, 50) /* FS_IOC_SETFSLABEL */                     \
	X(BEYOND, WR, 'X', 59) /* FS_IOC_GETFSMAP: each file's extents */ \
	X(BEYOND, WR, 'f', 24) /* FS_IOC_REMOVE_ENCRYPTION_KEY */         \
	X(BEYOND, WR, 'f', 25) /* the same with _ALL_USERS */             \
	/* XFS_IOC_GOINGDOWN, EXT4_, F2FS_, EXFAT_, NTFS3_IOC_SHUTDOWN */ \
	X(WHOLE, R, 'X', 125)

/* fs/xfs/libxfs/xfs_fs.h */
#define XFS_COMMANDS(X)                                            \
	X(BEYOND, WR, 'X', 63) /* GETPARENTS_BY_HANDLE */          \
	X(BEYOND, WR, 'X', 101) /* FSBULKSTAT */                   \
	X(BEYOND, WR, 'X', 102) /* FSBULKSTAT_SINGLE */            \
	X(BEYOND, WR, 'X', 103) /* FSINUMBERS */                   \
	X(BEYOND, WR, 'X', 107) /* OPEN_BY_HANDLE */               \
	X(BEYOND, WR, 'X', 108) /* READLINK_BY_HANDLE */           \
	X(BEYOND, W, 'X', 121) /* FSSETDM_BY_HANDLE, up to 5.16 */ \
	X(BEYOND, W, 'X', 122) /* ATTRLIST_BY_HANDLE */            \
	X(BEYOND, W, 'X', 123) /* ATTRMULTI_BY_HANDLE */           \
	X(BEYOND, R, 'X', 127) /* BULKSTAT */                      \
	X(BEYOND, R, 'X', 128) /* INUMBERS */                      \
	X(WHOLE, WR, 'X', 60) /* SCRUB_METADATA, which repairs */  \
	X(WHOLE, WR, 'X', 64) /* SCRUBV_METADATA */                \
	X(WHOLE, W, 'X', 110) /* FSGROWFSDATA */                   \
	X(WHOLE, W, 'X', 111) /* FSGROWFSLOG */                    \
	X(WHOLE, W, 'X', 112) /* FSGROWFSRT */                     \
	X(WHOLE, WR, 'X', 114) /* SET_RESBLKS */                   \
	X(WHOLE, W, 'X', 116) /* ERROR_INJECTION */                \
	X(WHOLE, W, 'X', 117) /* ERROR_CLEARALL */

/* include/uapi/linux/btrfs.h */
#define BTRFS_COMMANDS(X)                                               \
	X(BEYOND, W, 0x94, 1) /* SNAP_CREATE, of the whole subvolume */ \
	X(BEYOND, WR, 0x94, 17) /* TREE_SEARCH, TREE_SEARCH_V2 */       \
	X(BEYOND, WR, 0x94, 18) /* INO_LOOKUP */                        \
	X(BEYOND, W, 0x94, 23) /* SNAP_CREATE_V2 */                     \
	X(BEYOND, WR, 0x94, 35) /* INO_PATHS */                         \
	X(BEYOND, WR, 0x94, 36) /* LOGICAL_INO */                       \
	X(BEYOND, W, 0x94, 38) /* SEND, of the whole subvolume */       \
	X(BEYOND, WR, 0x94, 59) /* LOGICAL_INO_V2 */                    \
	X(WHOLE, R, 0x94, 39) /* DEVICES_READY, as SCAN_DEV */          \
	X(WHOLE, W, 0x94, 3) /* RESIZE */                               \
	X(WHOLE, W, 0x94, 4) /* SCAN_DEV, of /dev/btrfs-control */      \
	X(WHOLE, W, 0x94, 5) /* FORGET_DEV, of /dev/btrfs-control */    \
	X(WHOLE, W, 0x94, 10) /* ADD_DEV */                             \
	X(WHOLE, W, 0x94, 11) /* RM_DEV */                              \
	X(WHOLE, W, 0x94, 12) /* BALANCE */                             \
	X(WHOLE, W, 0x94, 19) /* DEFAULT_SUBVOL */                      \
	X(WHOLE, WR, 0x94, 27) /* SCRUB */                              \
	X(WHOLE, NONE, 0x94, 28) /* SCRUB_CANCEL */                     \
	X(WHOLE, WR, 0x94, 32) /* BALANCE_V2 */                         \
	X(WHOLE, W, 0x94, 33) /* BALANCE_CTL */                         \
	X(WHOLE, WR, 0x94, 40) /* QUOTA_CTL */                          \
	X(WHOLE, W, 0x94, 41) /* QGROUP_ASSIGN */                       \
	X(WHOLE, W, 0x94, 42) /* QGROUP_CREATE */                       \
	X(WHOLE, R, 0x94, 43) /* QGROUP_LIMIT */                        \
	X(WHOLE, W, 0x94, 44) /* QUOTA_RESCAN */                        \
	X(WHOLE, WR, 0x94, 53) /* DEV_REPLACE */                        \
	X(WHOLE, W, 0x94, 57) /* SET_FEATURES */                        \
	X(WHOLE, W, 0x94, 58) /* RM_DEV_V2 */                           \
	X(WHOLE, W, 0x94, 63) /* SNAP_DESTROY_V2, by number */

/* include/uapi/linux/ext4.h, fs/ext4/ext4.h before 6.5 */
#define EXT4_COMMANDS(X)                                                  \
	X(BEYOND, NONE, 'f', 17) /* SWAP_BOOT: the boot loader's inode */ \
	X(WHOLE, W, 'f', 7) /* GROUP_EXTEND */                            \
	X(WHOLE, W, 'f', 8) /* GROUP_ADD */                               \
	X(WHOLE, W, 'f', 16) /* RESIZE_FS */                              \
	X(WHOLE, W, 'f', 43) /* CHECKPOINT */                             \
	X(WHOLE, W, 'f', 44) /* SETFSUUID */                              \
	X(WHOLE, W, 'f', 46) /* SET_TUNE_SB_PARAM */

/*
 * include/uapi/linux/f2fs.h, nilfs2_api.h, udf_fs_i.h; fs/ocfs2/ocfs2_ioctl.h,
 * fs/hfsplus/hfsplus_fs.h, fs/smb/client/cifs_ioctl.h
 */
#define OTHER_COMMANDS(X)                                          \
	X(BEYOND, NONE, 'h', 0x80) /* HFSPLUS_IOC_BLESS */         \
	X(BEYOND, WR, 0xcf, 8) /* CIFS_DUMP_KEY, of the session */ \
	X(BEYOND, WR, 0xcf, 10) /* CIFS_DUMP_FULL_KEY */           \
	X(WHOLE, WR, 'l', 0x43) /* UDF_RELOCATE_BLOCKS */          \
	X(WHOLE, W, 0xf5, 10) /* F2FS_IOC_FLUSH_DEVICE */          \
	X(WHOLE, W, 0xf5, 16) /* F2FS_IOC_RESIZE_FS */             \
	X(WHOLE, W, 'n', 0x80) /* NILFS_IOCTL_CHANGE_CPMODE */     \
	X(WHOLE, W, 'n', 0x81) /* NILFS_IOCTL_DELETE_CHECKPOINT */ \
	X(WHOLE, W, 'n', 0x88) /* NILFS_IOCTL_CLEAN_SEGMENTS */    \
	X(WHOLE, W, 'n', 0x8b) /* NILFS_IOCTL_RESIZE */            \
	X(WHOLE, W, 'n', 0x8c) /* NILFS_IOCTL_SET_ALLOC_RANGE */   \
	X(WHOLE, W, 'n', 0x8d) /* NILFS_IOCTL_SET_SUINFO */        \
	X(WHOLE, W, 'o', 1) /* OCFS2_IOC_GROUP_EXTEND */           \
	X(WHOLE, W, 'o', 2) /* OCFS2_IOC_GROUP_ADD */              \
	X(WHOLE, W, 'o', 3) /* OCFS2_IOC_GROUP_ADD64 */

/* fs/bcachefs/bcachefs_ioctl.h (6.7 to 6.17): devices, sizes, repairs, v1 and v2 */
#define BCACHEFS_COMMANDS(X)                                          \
	X(WHOLE, W, 0xbc, 4) /* DISK_ADD */                           \
	X(WHOLE, W, 0xbc, 5) /* DISK_REMOVE */                        \
	X(WHOLE, W, 0xbc, 6) /* DISK_ONLINE */                        \
	X(WHOLE, W, 0xbc, 7) /* DISK_OFFLINE */                       \
	X(WHOLE, W, 0xbc, 8) /* DISK_SET_STATE */                     \
	X(WHOLE, W, 0xbc, 10) /* DATA */                              \
	X(BEYOND, W, 0xbc, 12) /* READ_SUPER */                       \
	X(WHOLE, W, 0xbc, 14) /* DISK_RESIZE */                       \
	X(WHOLE, W, 0xbc, 15) /* DISK_RESIZE_JOURNAL */               \
	X(WHOLE, W, 0xbc, 19) /* FSCK_OFFLINE, of a device by path */ \
	X(WHOLE, W, 0xbc, 20) /* FSCK_ONLINE */                       \
	X(WHOLE, W, 0xbc, 22) /* DISK_SET_STATE_v2 */                 \
	X(WHOLE, W, 0xbc, 23) /* DISK_ADD_v2 */                       \
	X(WHOLE, W, 0xbc, 24) /* DISK_REMOVE_v2 */                    \
	X(WHOLE, W, 0xbc, 25) /* DISK_ONLINE_v2 */                    \
	X(WHOLE, W, 0xbc, 26) /* DISK_OFFLINE_v2 */                   \
	X(WHOLE, W, 0xbc, 27) /* DISK_RESIZE_v2 */                    \
	X(WHOLE, W, 0xbc, 28) /* DISK_RESIZE_JOURNAL_v2 */

#define FS_COMMANDS(X)    \
	VFS_COMMANDS(X)   \
	XFS_COMMANDS(X)   \
	BTRFS_COMMANDS(X) \
	EXT4_COMMANDS(X) OTHER_COMMANDS(X) BCACHEFS_COMMANDS(X)

/* The directions as the command has them in its upper two bits. */
#define FS_NONE 0u
#define FS_W	1u
#define FS_R	2u
#define FS_WR	3u

/** FS_COMMAND - direction, type and number in one word */
#define FS_COMMAND(direction, type, number) \
	((direction) << 16 | (type) << 8 | (number))

/** FS_COMMAND_OF - the same of the second argument of ioctl(2) */
#define FS_COMMAND_OF(cmd) (((cmd) >> 14 & 0x30000) | ((cmd)&0xffff))

enum fs_reach { FS_REACH_OWN, FS_REACH_BEYOND, FS_REACH_WHOLE };

#endif /* FS_IOCTLS_H */
