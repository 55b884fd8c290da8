// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "ways/disk.h"

#define IMAGE  "/run/disk"
#define BLOCK  1024
#define BLOCKS 32

char disk_node[32];
dev_t disk_dev;

/*
 * Blocks: 0 boot, 1 super, 2 and 3 maps, 4 inodes, 5 the root directory.
 * Little endian, version 1 with names of 14 bytes.
 */
static int write_image(void)
{
	static union {
		unsigned char byte[BLOCKS * BLOCK];
		uint16_t half[BLOCKS * BLOCK / 2];
		uint32_t word[BLOCKS * BLOCK / 4];
	} d;
	uint16_t *super = &d.half[BLOCK / 2], *inode = &d.half[4 * BLOCK / 2];
	unsigned char *dir = &d.byte[5 * BLOCK];
	int fd = open(IMAGE, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	super[0] = BLOCKS; /* inodes */
	super[1] = BLOCKS; /* zones */
	super[2] = super[3] = 1; /* blocks of the maps */
	super[4] = 5; /* first data zone */
	d.word[BLOCK / 4 + 3] = 0x7ffffff; /* largest file */
	super[8] = 0x137f;
	super[9] = 1; /* clean */
	d.byte[2 * BLOCK] = d.byte[3 * BLOCK] = 3;
	inode[0] = S_IFDIR | 0755;
	inode[2] = 32; /* size */
	inode[6] = 2 << 8; /* group 0, two links */
	inode[7] = 5; /* its zone */
	dir[0] = dir[16] = 1;
	memcpy(dir + 2, ".", 1);
	memcpy(dir + 18, "..", 2);
	if (fd < 0 || write(fd, d.byte, sizeof(d.byte)) != sizeof(d.byte))
		return -1;
	return close(fd);
}

int loop_attach(const char *path, char node[32])
{
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
	int image = open(path, O_RDWR | O_CLOEXEC);
	int n = ioctl(control, LOOP_CTL_GET_FREE), loop;

	snprintf(node, 32, "/dev/loop%d", n);
	loop = open(node, O_RDWR | O_CLOEXEC);
	if (n < 0 || loop < 0 || ioctl(loop, LOOP_SET_FD, image))
		return -1;
	close(loop);
	close(image);
	close(control);
	return 0;
}

const char *need_disk(void)
{
	struct stat st;

	if (disk_dev)
		return NULL;
	module_load("loop", "");
	module_load("minix", "");
	if (write_image() || loop_attach(IMAGE, disk_node) ||
	    stat(disk_node, &st))
		return "no loop device";
	disk_dev = st.st_rdev;
	return NULL;
}
