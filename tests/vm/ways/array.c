// SPDX-License-Identifier: GPL-2.0-or-later
/* An md array of one device without a superblock, as mdadm --build makes it. */
#include <errno.h>
#include <fcntl.h>
#include <linux/major.h>
#include <linux/raid/md_u.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ways/devices.h"

#define ARRAY	   "/dev/md0"
#define DISK_STATE (1 << 1 | 1 << 2) /* md_p.h: active, in sync */
#define BLOCK	   1024

static int command(int fd, unsigned long cmd, void *arg)
{
	if (!ioctl(fd, cmd, arg))
		return 0;
	printf("# md command %lx: %s\n", cmd, strerror(errno));
	return 1;
}

int array_make(const char *member)
{
	mdu_array_info_t array = { .minor_version = 90,
				   .level = 1,
				   .raid_disks = 1,
				   .nr_disks = 1,
				   .not_persistent = 1 };
	mdu_disk_info_t disk = { .state = DISK_STATE };
	int fd = open(member, O_RDONLY | O_CLOEXEC);
	uint64_t bytes = 0;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) || ioctl(fd, BLKGETSIZE64, &bytes))
		return 71;
	close(fd);
	array.size = bytes / BLOCK;
	disk.major = major(st.st_rdev);
	disk.minor = minor(st.st_rdev);
	mknod(ARRAY, S_IFBLK | 0600, makedev(MD_MAJOR, 0));
	fd = open(ARRAY, O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		printf("# open %s: %s\n", ARRAY, strerror(errno));
		return 71;
	}
	return command(fd, SET_ARRAY_INFO, &array) ||
	       command(fd, ADD_NEW_DISK, &disk) || command(fd, RUN_ARRAY, NULL);
}
