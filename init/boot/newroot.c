// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "util/log.h"
#include "boot/newroot.h"

#define STACKED 16 /* mounts on one directory */

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* -EINVAL: it is the present root, whose /sys must stay. */
static int look_at(const char *root, struct stat *st)
{
	struct stat now;

	if (stat(root, st) || stat("/", &now))
		return -errno;
	if (!S_ISDIR(st->st_mode))
		return -ENOTDIR;
	return same(st, &now) ? -EINVAL : 0;
}

/* Unmounting is the test: a bind mount has no device number of its own. */
static int uncover(const char *sys)
{
	for (int i = 0; i < STACKED; i++)
		if (umount2(sys, MNT_DETACH | UMOUNT_NOFOLLOW))
			return errno == EINVAL ? 0 : -errno;
	return -EBUSY;
}

static int make_free(const char *sys, const struct stat *root)
{
	struct stat st;
	int err;

	if (!mkdir(sys, 0555))
		return 0;
	if (errno != EEXIST)
		return -errno;
	err = uncover(sys);
	if (err)
		return err;
	if (lstat(sys, &st))
		return -errno;
	if (!S_ISDIR(st.st_mode))
		return -ENOTDIR;
	/* switch_root takes a subvolume for a mount */
	return st.st_dev == root->st_dev ? 0 : -EXDEV;
}

int newroot_prepare(const char *root)
{
	char sys[PATH_MAX];
	struct stat st;
	int err = look_at(root, &st);

	if (err) {
		log_error("--root %s: %s", root,
			  err == -EINVAL ? "is the root already" :
					   strerror(-err));
		return err;
	}
	snprintf(sys, sizeof(sys), "%s/sys", root);
	err = make_free(sys, &st);
	if (err)
		log_error(
			"%s: %s: without a free directory for /sys the lock is "
			"lost when that root is entered: make an empty directory "
			"/sys in it, and mount nothing there",
			sys, strerror(-err));
	return err;
}
