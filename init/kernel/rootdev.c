// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "kernel/rootdev.h"
#include "util/files.h"
#include "util/log.h"

#define MOUNTS "/proc/1/mountinfo"
#define NAME   256

/* The device number as the kernel has it in memory. */
static unsigned int dev_t_of(unsigned int ma, unsigned int mi)
{
	return ma << 20 | mi;
}

static void add(struct rootdev *out, unsigned int upper, unsigned int lower)
{
	for (unsigned int i = 0; i < out->n; i++)
		if (out->upper[i] == upper && out->lower[i] == lower)
			return;
	if (upper == lower)
		return;
	if (out->n == BPFLOCK_BELOW_MAX) {
		if (!out->more)
			log_error("rootfs: more than %d block devices underlie "
				  "others, and the rest is not guarded: lock "
				  "before the machine sets up those that the "
				  "root does not need",
				  BPFLOCK_BELOW_MAX);
		out->more = true;
		return;
	}
	out->upper[out->n] = upper;
	out->lower[out->n++] = lower;
}

/* The device number in a sysfs file "dev", or 0. */
static unsigned int read_dev(const char *path)
{
	unsigned int ma, mi;
	char text[32];

	if (file_read(path, text, sizeof(text)) <= 0 ||
	    sscanf(text, "%u:%u", &ma, &mi) != 2)
		return 0;
	return dev_t_of(ma, mi);
}

/* Adds a member, and the disk that it is a partition of. */
static void add_member(struct rootdev *out, unsigned int upper,
		       unsigned int lower)
{
	char path[NAME];

	if (!lower)
		return;
	add(out, upper, lower);
	snprintf(path, sizeof(path), "/sys/dev/block/%u:%u/../dev", lower >> 20,
		 lower & 0xfffff);
	lower = read_dev(path);
	if (lower)
		add(out, upper, lower);
}

/* Adds the device of each entry of @dir, from ENTRY/dev. */
static void add_dir(struct rootdev *out, unsigned int upper, const char *dir)
{
	DIR *d = opendir(dir);
	char path[2 * NAME + 8];
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d))) {
		if (*e->d_name == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s/dev", dir, e->d_name);
		add_member(out, upper, read_dev(path));
	}
	closedir(d);
}

/* Adds the device below a loop device: that of its file's file system. */
static void add_backing(struct rootdev *out, unsigned int upper,
			const char *disk)
{
	char path[2 * NAME], file[PATH_MAX];
	struct stat st;

	snprintf(path, sizeof(path), "/sys/block/%s/loop/backing_file", disk);
	if (file_read(path, file, sizeof(file)) <= 0)
		return;
	file[strcspn(file, "\n")] = '\0';
	if (!stat(file, &st))
		add_member(out, upper,
			   S_ISBLK(st.st_mode) ? dev_t_of(major(st.st_rdev),
							  minor(st.st_rdev)) :
						 dev_t_of(major(st.st_dev),
							  minor(st.st_dev)));
}

static void add_disks(struct rootdev *out)
{
	DIR *d = opendir("/sys/block");
	char path[2 * NAME];
	struct dirent *e;
	unsigned int dev;

	if (!d)
		return;
	while ((e = readdir(d))) {
		if (*e->d_name == '.')
			continue;
		snprintf(path, sizeof(path), "/sys/block/%s/dev", e->d_name);
		dev = read_dev(path);
		if (!dev)
			continue;
		snprintf(path, sizeof(path), "/sys/block/%s/slaves", e->d_name);
		add_dir(out, dev, path);
		add_backing(out, dev, e->d_name);
	}
	closedir(d);
}

/* Adds all devices of a btrfs: /sys/fs/btrfs/UUID/devices. */
static void add_btrfs(struct rootdev *out, unsigned int upper, const char *node)
{
	const char *name = strrchr(node, '/');
	char path[3 * NAME];
	struct dirent *e;
	struct stat st;
	DIR *d;

	if (!stat(node, &st) && S_ISBLK(st.st_mode))
		add_member(out, upper,
			   dev_t_of(major(st.st_rdev), minor(st.st_rdev)));
	d = name ? opendir("/sys/fs/btrfs") : NULL;
	while (d && (e = readdir(d))) {
		snprintf(path, sizeof(path), "/sys/fs/btrfs/%s/devices%s",
			 e->d_name, name);
		if (stat(path, &st))
			continue;
		*strrchr(path, '/') = '\0';
		add_dir(out, upper, path);
	}
	if (d)
		closedir(d);
}

static void add_mounts(struct rootdev *out)
{
	FILE *f = fopen(MOUNTS, "re");
	char line[PATH_MAX], type[32], node[NAME];
	unsigned int ma, mi;
	const char *dash;

	if (!f)
		return;
	while (fgets(line, sizeof(line), f)) {
		dash = strstr(line, " - ");
		if (!dash || sscanf(line, "%*u %*u %u:%u", &ma, &mi) != 2 ||
		    sscanf(dash, " - %31s %255s", type, node) != 2)
			continue;
		if (!strcmp(type, "btrfs"))
			add_btrfs(out, dev_t_of(ma, mi), node);
	}
	fclose(f);
}

static void list_devices(struct rootdev *out)
{
	add_disks(out);
	add_mounts(out);
	/* A device below a member underlies the device too. The list grows. */
	for (unsigned int i = 0; i < out->n; i++)
		for (unsigned int k = 0; k < out->n; k++)
			if (out->lower[i] == out->upper[k])
				add(out, out->upper[i], out->lower[k]);
}

/* PID 1's root, from mountinfo. */
struct top {
	unsigned int dev; /* 0: mountinfo has no root */
	char type[32];
	bool writable; /* the file system, even if the mount is not */
};

static void find_top(struct top *top)
{
	FILE *f = fopen(MOUNTS, "re");
	char line[PATH_MAX], where[8], options[8];
	unsigned int ma, mi;
	const char *dash;

	memset(top, 0, sizeof(*top));
	while (f && fgets(line, sizeof(line), f)) {
		dash = strstr(line, " - ");
		if (!dash ||
		    sscanf(line, "%*u %*u %u:%u %*s %7s", &ma, &mi, where) !=
			    3 ||
		    strcmp(where, "/") ||
		    sscanf(dash, " - %31s %*s %3s", top->type, options) != 2)
			continue;
		top->dev = dev_t_of(ma, mi);
		top->writable = !strncmp(options, "rw", 2);
	}
	if (f)
		fclose(f);
}

unsigned int rootdev_initramfs(unsigned int known)
{
	struct stat st;
	struct top top;

	find_top(&top);
	if (strcmp(top.type, "rootfs"))
		return 0;
	if (top.dev == known)
		return known;
	if (stat("/proc/1/root/", &st) ||
	    dev_t_of(major(st.st_dev), minor(st.st_dev)) != top.dev)
		return 0;
	return top.dev;
}

void rootdev_read(struct rootdev *out)
{
	memset(out, 0, sizeof(*out));
	list_devices(out);
}

bool rootdev_writable(void)
{
	struct top top;

	find_top(&top);
	return strcmp(top.type, "rootfs") && top.writable;
}
