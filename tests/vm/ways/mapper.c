// SPDX-License-Identifier: GPL-2.0-or-later
/* Devices of device mapper: dm-verity, as veritysetup makes it, and linear ones. */
#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ways/devices.h"

struct request {
	struct dm_ioctl head;
	struct dm_target_spec target;
	char params[512];
};

/* 0 or -errno */
static int command(int fd, struct request *r, const char *name,
		   unsigned long cmd)
{
	r->head.version[0] = DM_VERSION_MAJOR;
	r->head.data_size = sizeof(*r);
	r->head.data_start = sizeof(r->head);
	strcpy(r->head.name, name);
	return ioctl(fd, cmd, r) ? -errno : 0;
}

static int mapper_open(void)
{
	int fd = open("/dev/mapper/control", O_RDWR | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/* @load: the table */
static int make(const char *name, struct request *load, dev_t *dev)
{
	struct request create = { 0 }, resume = { 0 };
	int fd = mapper_open(), ret;

	if (fd < 0)
		return fd;
	load->head.target_count = 1;
	ret = command(fd, &create, name, DM_DEV_CREATE);
	if (!ret)
		ret = command(fd, load, name, DM_TABLE_LOAD);
	if (!ret)
		ret = command(fd, &resume, name, DM_DEV_SUSPEND);
	close(fd);
	/* new_encode_dev() of the kernel */
	*dev = makedev(create.head.dev >> 8 & 0xfff,
		       (create.head.dev & 0xff) |
			       (create.head.dev >> 12 & 0xfff00));
	return ret;
}

int linear_make(const char *name, const char *device, dev_t *dev)
{
	struct request load = { .target = { .length = 8 } };

	strcpy(load.target.target_type, "linear");
	snprintf(load.params, sizeof(load.params), "%s 0", device);
	return make(name, &load, dev);
}

void mapper_drop(const char *name)
{
	struct request r = { 0 };
	int fd = mapper_open();

	if (fd < 0)
		return;
	command(fd, &r, name, DM_DEV_REMOVE);
	close(fd);
}

int verity_make(char *table)
{
	struct request load = { .head.flags = DM_READONLY_FLAG };
	char *rest = strchr(table, ',');
	dev_t dev;
	int ret;

	if (!rest)
		return 71;
	*rest++ = '\0';
	load.target.length = strtoull(table, NULL, 10);
	strcpy(load.target.target_type, "verity");
	snprintf(load.params, sizeof(load.params), "%s", rest);
	for (char *p = load.params; *p; p++)
		if (*p == ',')
			*p = ' ';
	ret = make("root", &load, &dev);
	if (ret)
		printf("# dm: %s\n", strerror(-ret));
	return ret != 0;
}
