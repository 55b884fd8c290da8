/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Disks: the device numbers that lead to them, and the ioctl commands that
 * change nothing. Commands are compared by type and number, in the lower 16
 * bits, because a 32-bit caller passes another size above them.
 */
#ifndef BLKDEV_H
#define BLKDEV_H

#include "kernel.h"

#include <bpf/bpf_helpers.h>

/* Documentation/admin-guide/devices.txt */
#define MISC_MAJOR	   10
#define SCSI_GENERIC_MAJOR 21
#define MTD_BLOCK_MAJOR	   31
#define MTD_CHAR_MAJOR	   90
#define RAW_MAJOR	   162 /* up to 5.13 */
#define MAPPER_CONTROL	   (MISC_MAJOR << 20 | 236u) /* /dev/mapper/control */

/* Queries to block devices: include/uapi/linux/fs.h and blkzoned.h */
#define BLK_TYPE      0x12
#define BLK_FIRST     94
#define BLK_QUERY(nr) (1ULL << ((nr)-BLK_FIRST))
#define BLK_QUERIES                                                          \
	(BLK_QUERY(94) | BLK_QUERY(96) | BLK_QUERY(99) | BLK_QUERY(101) |    \
	 BLK_QUERY(103) | BLK_QUERY(104) | BLK_QUERY(112) | BLK_QUERY(114) | \
	 BLK_QUERY(120) | BLK_QUERY(121) | BLK_QUERY(122) | BLK_QUERY(123) | \
	 BLK_QUERY(124) | BLK_QUERY(126) | BLK_QUERY(128) | BLK_QUERY(130) | \
	 BLK_QUERY(132) | BLK_QUERY(133))
#define BLKFLSBUF 0x1261 /* writes out dirty buffers, and no new data */

/* include/uapi/linux/hdreg.h, cdrom.h, raid/md_u.h */
#define HDIO_GETGEO	     0x0301
#define HDIO_GET_IDENTITY    0x030d
#define MD_TYPE		     0x09
#define MD_RAID_VERSION	     0x0910
#define MD_GET_ARRAY_INFO    0x0911
#define MD_GET_DISK_INFO     0x0912
#define CDROM_DRIVE_STATUS   0x5326
#define CDROM_GET_CAPABILITY 0x5331

/* include/uapi/asm-generic/ioctls.h: terminals, and FIOCLEX and its like */
#define TTY_TYPE 0x54

/* include/scsi/scsi_ioctl.h, include/scsi/sg.h */
#define SCSI_GET_IDLUN	    0x5382
#define SCSI_GET_BUS_NUMBER 0x5386
#define SG_TYPE		    0x22
#define SG_GET_VERSION_NUM  0x2282
#define SG_RESET	    0x2284
#define SG_IO		    0x2285

/* include/uapi/linux/nvme_ioctl.h */
#define NVME_TYPE     0x4e
#define NVME_ID	      0x40
#define NVME_IOCTL_ID 0x4e40

/* include/uapi/linux/mmc/ioctl.h */
#define MMC_TYPE 0xb3

/* include/uapi/linux/loop.h */
#define LOOP_TYPE	  0x4c
#define LOOP_GET_STATUS	  0x4c03
#define LOOP_GET_STATUS64 0x4c05

/* include/uapi/linux/dm-ioctl.h: commands that read and change no table */
#define MAPPER_TYPE 0xfd
#define MAPPER_QUERIES                                                 \
	(1U << 0 | 1U << 2 | 1U << 7 | 1U << 8 | 1U << 11 | 1U << 12 | \
	 1U << 13 | 1U << 16 | 1U << 17)

/* is_scsi_disk - is it a major number of drivers/scsi/sd.c or sr.c? */
static __always_inline bool is_scsi_disk(unsigned int major)
{
	return major == 8 || major == 11 || (major >= 65 && major <= 71) ||
	       (major >= 128 && major <= 135);
}

/* Is it a block device or a character device? */
static __always_inline bool is_device(unsigned int mode)
{
	return (mode & S_IFMT) == S_IFBLK || (mode & S_IFMT) == S_IFCHR;
}

/**
 * for_terminals - is it a command for terminals, or for descriptors of any kind?
 * @cmd: the command
 *
 * Most calls of ioctl(2) are such commands, and no file system or disk changes
 * anything for them.
 */
static __always_inline bool for_terminals(unsigned int cmd)
{
	return (cmd >> 8 & 0xff) == TTY_TYPE;
}

/** is_query - does the command only ask a disk for information? */
static __noinline bool is_query(unsigned int cmd)
{
	unsigned int nr = cmd & 0xff;

	cmd &= 0xffff;
	if (cmd >> 8 == BLK_TYPE)
		return nr >= BLK_FIRST && nr < BLK_FIRST + 64 &&
		       BLK_QUERIES & BLK_QUERY(nr);
	switch (cmd) {
	case HDIO_GETGEO:
	case HDIO_GET_IDENTITY:
	case MD_RAID_VERSION:
	case MD_GET_ARRAY_INFO:
	case MD_GET_DISK_INFO:
	case SG_GET_VERSION_NUM:
	case NVME_IOCTL_ID:
	case CDROM_DRIVE_STATUS:
	case CDROM_GET_CAPABILITY:
	case SCSI_GET_IDLUN:
	case SCSI_GET_BUS_NUMBER:
		return true;
	default:
		return for_terminals(cmd);
	}
}

/** keeps_data - does the command leave the data on a block device as it is? */
static __always_inline bool keeps_data(unsigned int cmd)
{
	cmd &= 0xffff;
	return cmd == BLKFLSBUF || cmd == LOOP_GET_STATUS ||
	       cmd == LOOP_GET_STATUS64 || is_query(cmd);
}

/**
 * stays_in_device - does the command act on the block device alone?
 * @cmd: the command
 *
 * So do those of the block layer, of md and of loop devices.
 */
static __always_inline bool stays_in_device(unsigned int cmd)
{
	unsigned int type = cmd >> 8 & 0xff;

	return type == BLK_TYPE || type == MD_TYPE || type == LOOP_TYPE;
}

/**
 * commands_controller - may the command reach other disks than its own?
 * @cmd: the command
 *
 * Those of NVMe go to the controller, which may have more namespaces, and those of
 * MMC to the chip: the boot partitions of an eMMC are disks of their own.
 */
static __always_inline bool commands_controller(unsigned int cmd)
{
	unsigned int type = cmd >> 8 & 0xff;

	return (type == NVME_TYPE && (cmd & 0xff) != NVME_ID) ||
	       type == MMC_TYPE;
}

/**
 * sg_keeps_data - does it leave the data as it is on a SCSI generic device?
 * @cmd: the command, type and number only
 *
 * Most commands of its own type set up the descriptor, or query it. It passes
 * commands of other types on to the disk (drivers/scsi/sg.c:sg_ioctl_common()).
 */
static __always_inline bool sg_keeps_data(unsigned int cmd)
{
	if (cmd >> 8 == SG_TYPE)
		return cmd != SG_IO && cmd != SG_RESET;
	return is_query(cmd);
}

/**
 * mapper_keeps_tables - does it keep the tables of device mapper?
 * @nr: the number of the command
 */
static __always_inline bool mapper_keeps_tables(unsigned int nr)
{
	return nr <= 31 && MAPPER_QUERIES >> nr & 1;
}

#endif /* BLKDEV_H */
