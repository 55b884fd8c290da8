/* SPDX-License-Identifier: GPL-2.0-only */
/* Disks: the devices that reach them, and the commands that change nothing. */
#ifndef BLKDEV_H
#define BLKDEV_H

#include "lock.h"

/* Documentation/admin-guide/devices.txt */
#define MISC_MAJOR	   10
#define SCSI_GENERIC_MAJOR 21
#define MTD_CHAR_MAJOR	   90
#define RAW_MAJOR	   162 /* up to 5.13 */
#define MAPPER_CONTROL	   (MISC_MAJOR << 20 | 236u) /* /dev/mapper/control */

/*
 * Commands are known by type and number, which 32-bit callers share. Those of
 * a block device that only ask (include/uapi/linux/fs.h, hdreg.h, cdrom.h,
 * major.h and blkzoned.h):
 */
#define BLK_TYPE  0x12
#define BLK_FIRST 94
#define ASKS(nr)  (1ULL << ((nr)-BLK_FIRST))
#define BLK_ASKS                                                              \
	(ASKS(94) | ASKS(96) | ASKS(99) | ASKS(101) | ASKS(103) | ASKS(104) | \
	 ASKS(112) | ASKS(114) | ASKS(120) | ASKS(121) | ASKS(122) |          \
	 ASKS(123) | ASKS(124) | ASKS(126) | ASKS(128) | ASKS(130) |          \
	 ASKS(132) | ASKS(133))

static __noinline bool only_asks(unsigned int cmd)
{
	unsigned int nr = cmd & 0xff;

	cmd &= 0xffff;
	if (cmd >> 8 == BLK_TYPE)
		return nr >= BLK_FIRST && nr < BLK_FIRST + 64 &&
		       BLK_ASKS & ASKS(nr);
	switch (cmd) {
	case 0x0301: /* HDIO_GETGEO, HDIO_GET_IDENTITY */
	case 0x030d:
	case 0x0910: /* RAID_VERSION, GET_ARRAY_INFO, GET_DISK_INFO */
	case 0x0911:
	case 0x0912:
	case 0x2282: /* SG_GET_VERSION_NUM */
	case 0x4e40: /* NVME_IOCTL_ID */
	case 0x5326: /* CDROM_DRIVE_STATUS, CDROM_GET_CAPABILITY */
	case 0x5331:
	case 0x5382: /* SCSI_IOCTL_GET_IDLUN, GET_BUS_NUMBER */
	case 0x5386:
		return true;
	default:
		/* terminals, and what all files have: FIOCLEX and others */
		return cmd >> 8 == 0x54;
	}
}

#endif /* BLKDEV_H */
