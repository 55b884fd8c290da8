/* SPDX-License-Identifier: GPL-2.0-or-later */
/* File systems on loop devices, from the images that tests/lib/vm.sh makes. */
#ifndef FILESYSTEMS_H
#define FILESYSTEMS_H

struct filesystem {
	const char *type;
	int dir; /* its root, mounted by the host: an open descriptor */
	char unmounted[32]; /* ext4: a device with a copy that is not mounted */
};

extern struct filesystem fs_xfs, fs_btrfs, fs_ext4;

const char *need_xfs(void);
const char *need_btrfs_image(void);
const char *need_ext4(void);

/*
 * need_ecryptfs - mount the directory @lower on @where by eCryptfs, which opens
 * a lower file through a kernel thread if the caller may not. @dir: receives a
 * descriptor of @where, by which callers reach it that do not see the mount
 */
const char *need_ecryptfs(const char *lower, const char *where, int *dir);

/* open_lower - open a file there for writing: 0 or -errno */
int open_lower(int dir, const char *name);

#endif /* FILESYSTEMS_H */
