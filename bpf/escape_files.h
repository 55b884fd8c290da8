/* SPDX-License-Identifier: GPL-2.0-only */
/* escape: files that an other process may not open for writing. */
#ifndef ESCAPE_FILES_H
#define ESCAPE_FILES_H

#include "blkdev.h"
#include "disk_openers.h"
#include "escape_usermodehelper.h"
#include "kthread.h"
#include "uprobes.h"

/* Is it the file by which the kernel's own lockdown is raised? */
static __noinline bool raises_lockdown(const struct dentry *d)
{
	struct name n;

	dentry_name(d, &n);
	return d->d_parent == d->d_sb->s_root && name_is(&n, "lockdown");
}

#define OPENS_NOTHING -1

/*
 * sysfs_op - which operation is it to open a file of sysfs for writing?
 *
 * Before 6.0 /sys/firmware/efi/vars set variables of the firmware
 * (drivers/firmware/efi/efivars.c).
 */
static __noinline int sysfs_op(const struct dentry *d)
{
	struct name n;

	dentry_name(d, &n);
	if (opens_free_disk(&n))
		return ESCAPE_BLOCKDEV;
	return name_is(&n, "new_var") || name_is(&n, "del_var") ||
			       name_is(&n, "raw_var") ?
		       ESCAPE_EFIVARS :
		       OPENS_NOTHING;
}

/* include/linux/miscdevice.h */
#define CUSE_DEVICE  (MISC_MAJOR << 20 | 203u)
#define NVRAM_DEVICE (MISC_MAJOR << 20 | 144u)

/* Is it a block device, or a character device that leads to disks? */
static __noinline bool is_disk(unsigned int mode, unsigned int dev)
{
	mode &= S_IFMT;
	if (mode == S_IFBLK)
		return true;
	return mode == S_IFCHR &&
	       (MAJOR(dev) == MTD_CHAR_MAJOR ||
		MAJOR(dev) == SCSI_GENERIC_MAJOR || MAJOR(dev) == RAW_MAJOR ||
		dev == MAPPER_CONTROL);
}

/**
 * device_op - which operation is it to open a device?
 * @inode: its node
 * @writes: is it opened for writing?
 *
 * The character devices of is_disk(), except MTD, accept commands that write
 * through a descriptor for reading, too.
 * /dev/cuse makes a character device of any name on the host. Its server writes
 * into each process that calls an ioctl there (fs/fuse/cuse.c: FUSE_UNRESTRICTED_
 * IOCTL). /dev/nvram is the firmware's memory on machines without UEFI, and its
 * ioctls clear it through a descriptor for reading (drivers/char/nvram.c).
 * Return: enum escape_op, or OPENS_NOTHING.
 */
static __noinline int device_op(const struct inode *inode, bool writes)
{
	unsigned int mode = inode->i_mode, dev = inode->i_rdev;

	if (is_disk(mode, dev)) {
		writes |= (mode & S_IFMT) == S_IFCHR &&
			  MAJOR(dev) != MTD_CHAR_MAJOR;
		return writes ? ESCAPE_BLOCKDEV : OPENS_NOTHING;
	}
	if (dev == CUSE_DEVICE)
		return ESCAPE_PTRACE;
	return dev == NVRAM_DEVICE ? ESCAPE_EFIVARS : OPENS_NOTHING;
}

/**
 * opened_op - which operation is it to open the file for writing?
 * @d: the file
 * @magic: the file system that it is in
 *
 * Every mount of these file systems has the same files, under names that no
 * process can change. In configfs other drivers than those of disk_openers.h open
 * disks, too, and what else is set up there is the host's.
 * Return: enum escape_op, or OPENS_NOTHING.
 */
static __noinline int opened_op(const struct dentry *d, unsigned long magic)
{
	int op;

	switch (magic) {
	case TRACEFS_MAGIC:
		return makes_uprobes(d) ? ESCAPE_PTRACE : OPENS_NOTHING;
	case EFIVARFS_MAGIC:
		return ESCAPE_EFIVARS;
	case SECURITYFS_MAGIC:
		return raises_lockdown(d) ? ESCAPE_LOCKDOWN : OPENS_NOTHING;
	case CONFIGFS_MAGIC:
		return ESCAPE_BLOCKDEV;
	case RPC_PIPEFS_MAGIC:
		return opens_any_disk(d) ? ESCAPE_BLOCKDEV : OPENS_NOTHING;
	case SYSFS_MAGIC:
		op = sysfs_op(d);
		if (op != OPENS_NOTHING)
			return op;
		break;
	case PROC_SUPER_MAGIC:
	case CGROUP1_MAGIC:
	case BINFMTFS_MAGIC:
		break;
	default:
		return OPENS_NOTHING;
	}
	if (!concerned(&escape_record, ESCAPE_USERMODEHELPER) ||
	    !is_helper_file(d))
		return OPENS_NOTHING;
	return ESCAPE_USERMODEHELPER;
}

/* Decide the opening of a file. Return: 0 or -EPERM. */
static __always_inline int check_open(int op, const struct dentry *d)
{
	struct request r;

	escape_request(&r, op, -1, NULL, d);
	return check_opened(&escape_record, &r);
}

#endif /* ESCAPE_FILES_H */
