// SPDX-License-Identifier: GPL-2.0-or-later
/* A dm-verity device from a table, as veritysetup makes it. */
#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ways/devices.h"

struct request {
	struct dm_ioctl head;
	struct dm_target_spec target;
	char params[512];
};

static int command(int fd, struct request *r, unsigned long cmd)
{
	r->head.version[0] = DM_VERSION_MAJOR;
	r->head.data_size = sizeof(*r);
	r->head.data_start = sizeof(r->head);
	strcpy(r->head.name, "root");
	if (!ioctl(fd, cmd, r))
		return 0;
	printf("# dm command %lx: %s\n", cmd, strerror(errno));
	return 1;
}

int verity_make(char *table)
{
	int fd = open("/dev/mapper/control", O_RDWR | O_CLOEXEC);
	struct request create = { 0 }, load = { 0 }, resume = { 0 };
	char *rest = strchr(table, ',');

	if (fd < 0 || !rest)
		return 71;
	*rest++ = '\0';
	load.head.flags = DM_READONLY_FLAG;
	load.head.target_count = 1;
	load.target.length = strtoull(table, NULL, 10);
	strcpy(load.target.target_type, "verity");
	snprintf(load.params, sizeof(load.params), "%s", rest);
	for (char *p = load.params; *p; p++)
		if (*p == ',')
			*p = ' ';
	return command(fd, &create, DM_DEV_CREATE) ||
	       command(fd, &load, DM_TABLE_LOAD) ||
	       command(fd, &resume, DM_DEV_SUSPEND);
}
