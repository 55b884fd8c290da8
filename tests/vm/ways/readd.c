// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "ways/readd.h"

/* The name of a SCSI disk that is not @other, or 0. */
static int find_disk(const char *other, char name[32])
{
	DIR *dir = opendir("/sys/block");
	const struct dirent *e;
	int found = 0;

	while (dir && !found && (e = readdir(dir)))
		if (!strncmp(e->d_name, "sd", 2) && strcmp(e->d_name, other)) {
			snprintf(name, 32, "%.31s", e->d_name);
			found = 1;
		}
	if (dir)
		closedir(dir);
	return found;
}

/* Opens the disk for writing by a node of its own. */
static int open_disk(const char *name)
{
	unsigned int major = 0, minor = 0;
	char path[64], text[16] = "";

	snprintf(path, sizeof(path), "/sys/block/%s/dev", name);
	read_file(path, text, sizeof(text) - 1);
	sscanf(text, "%u:%u", &major, &minor);
	unlink("/run/disk");
	if (mknod("/run/disk", S_IFBLK | 0600, makedev(major, minor)))
		return -errno;
	return open_close("/run/disk", O_WRONLY);
}

int readd(char **argv)
{
	char name[32] = "", path[64];
	int ret;

	/* the root goes, with the file of this program */
	mlockall(MCL_CURRENT | MCL_FUTURE);
	if (!find_disk(argv[0], name))
		return 71;
	snprintf(path, sizeof(path), "/sys/block/%s/device/delete", name);
	printf("# readd: %s is taken away: %d\n", name, write_file(path, "1"));
	fflush(stdout);
	sleep(1);
	write_file("/sys/class/scsi_host/host0/scan", "0 0 0");
	for (int i = 0; i < 100 && !find_disk(argv[0], name); i++)
		usleep(100000);
	ret = open_disk(name);
	printf("# readd: open %s for writing: %s\n", name,
	       ret ? strerror(-ret) : "it worked");
	fflush(stdout);
	return 0;
}
