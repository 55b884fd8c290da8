// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on making, renaming and removing names. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/mounts.h"
#include "kernel/triggers.h"

/* Not below the pins: there, seal=on would deny removing the directory. */
#define DIR_A BPFFS "/bpflock-fire"
#define DIR_B BPFFS "/bpflock-fire2"

static int result(int ret)
{
	return ret ? -errno : 0;
}

int trigger_mkdir(void)
{
	int err = result(mkdir(DIR_A, 0700));

	rmdir(DIR_A);
	return err;
}

int trigger_rmdir(void)
{
	mkdir(DIR_A, 0700);
	return result(rmdir(DIR_A));
}

int trigger_rename(void)
{
	int err;

	mkdir(DIR_A, 0700);
	err = result(rename(DIR_A, DIR_B));
	rmdir(DIR_B);
	rmdir(DIR_A);
	return err;
}

/* A name in /run, /dev or /tmp that does not exist, and a second one. */
static int with_names(int (*act)(const char *a, const char *b))
{
	static const char *const dirs[] = { "/run", "/dev", "/tmp" };
	int err = -ENOENT;
	char a[32], b[32];

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]) && err; i++) {
		snprintf(a, sizeof(a), "%s/.bpflock", dirs[i]);
		snprintf(b, sizeof(b), "%s/.bpflock2", dirs[i]);
		err = act(a, b);
	}
	return err;
}

static int make_file(const char *a)
{
	int fd = open(a, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static int create_one(const char *a, const char *b)
{
	int err = make_file(a);

	(void)b;
	if (!err)
		unlink(a);
	return err;
}

static int unlink_one(const char *a, const char *b)
{
	int err = make_file(a);

	(void)b;
	return err ? err : result(unlink(a));
}

static int link_one(const char *a, const char *b)
{
	int err = make_file(a);

	if (err)
		return err;
	err = result(link(a, b));
	if (!err)
		unlink(b);
	unlink(a);
	return err;
}

static int symlink_one(const char *a, const char *b)
{
	int err = result(symlink(a, b));

	if (!err)
		unlink(b);
	return err;
}

static int mknod_one(const char *a, const char *b)
{
	int err = result(mknod(a, S_IFIFO | 0600, 0));

	(void)b;
	if (!err)
		unlink(a);
	return err;
}

int trigger_create(void)
{
	return with_names(create_one);
}

int trigger_unlink(void)
{
	return with_names(unlink_one);
}

int trigger_link(void)
{
	return with_names(link_one);
}

int trigger_symlink(void)
{
	return with_names(symlink_one);
}

int trigger_mknod(void)
{
	return with_names(mknod_one);
}
