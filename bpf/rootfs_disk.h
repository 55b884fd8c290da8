/* SPDX-License-Identifier: GPL-2.0-only */
/* rootfs: the root of PID 1, and the disks that it lies on. */
#ifndef ROOTFS_DISK_H
#define ROOTFS_DISK_H

#include "blkdev.h"
#include "fs_reach.h"
#include "rootfs.h"

struct root {
	const struct dentry *dentry;
	const struct super_block *sb;
};

/*
 * root_known - look up the root of PID 1
 *
 * Return: false if the root still is the initramfs, or if the current task is
 * exiting and does not lead to PID 1.
 */
static __noinline bool root_known(struct root *r)
{
	const struct fs_struct *fs = init_fs(current_task());

	r->dentry = NULL;
	r->sb = NULL;
	if (!fs)
		return false;
	r->dentry = READ(fs, root.dentry);
	r->sb = READ(READ(fs, root.mnt), mnt_sb);
	return READ(r->sb, s_dev) != rootfs_record.initramfs_dev;
}

/*
 * The device number (dev_t) of the root. The superblocks of btrfs, overlay and
 * others have no block device, but a number of their own.
 */
static __noinline unsigned int root_device(struct root *r)
{
	const struct block_device *bdev = READ(r->sb, s_bdev);

	return bdev ? READ(bdev, bd_dev) : READ(r->sb, s_dev);
}

/*
 * program_sb - the file system of the program that PID 1 runs
 *
 * That is the root's, or that of /usr where it is a file system of its own.
 */
static __noinline const struct super_block *program_sb(void)
{
	const struct mm_struct *mm = READ(init_of(current_task()), mm);

	return READ(READ(READ(mm, exe_file), f_inode), i_sb);
}

/* on_disk - is the file system on the block device, or on a partition of it? */
static __noinline bool on_disk(const struct super_block *sb, unsigned int dev)
{
	const struct block_device *bdev = READ(sb, s_bdev);

	return bdev && (dev == READ(bdev, bd_dev) || dev == whole_disk(bdev));
}

/* Is the root on raw flash memory? */
static __noinline bool root_on_flash(void)
{
	unsigned long magic;
	struct root r;

	if (!root_known(&r))
		return false;
	magic = READ(r.sb, s_magic);
	return READ(r.sb, s_mtd) || magic == UBIFS_MAGIC ||
	       magic == JFFS2_MAGIC;
}

/*
 * is_below - does the device @upper lie on the device @dev?
 * @dev: a dev_t, or 0 for any device
 */
static __noinline bool is_below(unsigned int upper, unsigned int dev)
{
	for (unsigned int i = 0; i < BPFLOCK_BELOW_MAX; i++) {
		if (i >= rootfs_record.belows)
			break;
		if (rootfs_record.below_upper[i] == upper &&
		    (!dev || rootfs_record.below_lower[i] == dev))
			return true;
	}
	return false;
}

/*
 * carries_root - is @dev the device of the root, its whole disk, or below it?
 *
 * If the disk of the root was taken away, it can come back under another number.
 * The record lists no devices below a btrfs that was not mounted yet when the
 * lock was loaded. Such a btrfs may lie on any device.
 */
static __noinline bool carries_root(unsigned int dev)
{
	const struct block_device *bdev;
	unsigned int upper;
	struct root r;

	if (!root_known(&r))
		return false;
	upper = root_device(&r);
	if (dev == upper || is_below(upper, dev) || on_disk(r.sb, dev) ||
	    on_disk(program_sb(), dev))
		return true;
	bdev = READ(r.sb, s_bdev);
	if (bdev)
		return is_gone(bdev);
	return READ(r.sb, s_magic) == BTRFS_MAGIC && !is_below(upper, 0);
}

/* Does the device of the root lie on other devices, as device-mapper does? */
static __noinline bool root_is_stacked(void)
{
	struct root r;

	return root_known(&r) && is_below(root_device(&r), 0);
}

/* Is the root on a disk, or on flash memory, at all? */
static __noinline bool root_has_device(void)
{
	struct root r;

	if (!root_known(&r))
		return false;
	return READ(r.sb, s_bdev) || READ(r.sb, s_magic) == BTRFS_MAGIC ||
	       root_is_stacked() || root_on_flash();
}

/*
 * commands_disks - may an ioctl of a character device change the root's disk?
 * @dev: the device number of the character device
 * @cmd: the command
 *
 * The program does not know which disk the command is for, and assumes the
 * root's disk.
 */
static __noinline bool commands_disks(unsigned int dev, unsigned int cmd)
{
	cmd &= 0xffff;
	if (cmd >> 8 == MAPPER_TYPE && dev == MAPPER_CONTROL)
		return !mapper_keeps_tables(cmd & 0xff) && root_is_stacked();
	if (MAJOR(dev) == SCSI_GENERIC_MAJOR) {
		if (sg_keeps_data(cmd))
			return false;
	} else if (cmd != SG_IO && !commands_controller(cmd)) {
		return false;
	}
	return root_has_device();
}

/*
 * Does the command change the root's file system as a whole? Adding a device to
 * a btrfs that is a seed makes it writable (fs/btrfs/volumes.c:
 * btrfs_init_new_device()).
 */
static __always_inline bool changes_root(const struct file *file,
					 unsigned int cmd)
{
	struct root r;

	return has_fs_type(cmd) && fs_reach(cmd) == FS_REACH_WHOLE &&
	       root_known(&r) && file->f_inode->i_sb == r.sb;
}

/*
 * disk_of - the whole disk that a block device belongs to, as a dev_t
 * @file: an open file of the device
 *
 * The open file leads to the device by its page cache (block/bdev.c:I_BDEV()). For
 * the two ways on see whole_disk(). Return: 0 if it cannot be read.
 */
static __noinline unsigned int disk_of(const struct file *file)
{
	bool reads = rootfs_record.read_strings;
	const struct block_device *b = NULL;
	__u64 bdev = address_of(reads, file->f_mapping->host);

	bdev -= OFFSET(bdev_inode, vfs_inode) - OFFSET(bdev_inode, bdev);
	if (bpf_core_field_exists(b->bd_contains)) {
		bdev = read_word(reads,
				 bdev + OFFSET(block_device, bd_contains));
	} else {
		bdev = read_word(reads, bdev + OFFSET(block_device, bd_disk));
		bdev = read_word(reads, bdev + OFFSET(gendisk, part0));
	}
	return read_word(reads, bdev + OFFSET(block_device, bd_dev));
}

/*
 * writes_root - may a command for a block device change the root's disk?
 * @file: the device
 * @cmd: the command
 *
 * Other commands than those of stays_in_device() go to the driver of the disk, past
 * the bounds of a partition (SG_IO, NVMe, OPAL). Device mapper and bcache pass them
 * on, to a disk that the program does not look up. The driver of SCSI disks does not.
 */
static __noinline bool writes_root(const struct file *file, unsigned int cmd)
{
	unsigned int dev = file->f_inode->i_rdev, disk;

	if (keeps_data(cmd))
		return false;
	if (carries_root(dev))
		return true;
	if (stays_in_device(cmd))
		return false;
	disk = disk_of(file);
	return is_scsi_disk(MAJOR(disk)) && !commands_controller(cmd) ?
		       carries_root(disk) :
		       root_has_device();
}

#endif /* ROOTFS_DISK_H */
