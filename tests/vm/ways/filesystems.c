// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/disk.h"
#include "ways/filesystems.h"
#include "ways/helpers.h"

struct filesystem fs_xfs = { .type = "xfs", .dir = -1 };
struct filesystem fs_btrfs = { .type = "btrfs", .dir = -1 };
struct filesystem fs_ext4 = { .type = "ext4", .dir = -1 };

#define UNMOUNTED "/run/unmounted"

/* A loop device with a fresh copy of the image. */
static int make_copy(const char *type, const char *copy, char node[32])
{
	char command[128], path[64];

	snprintf(path, sizeof(path), "/run/%s.%s", type, copy);
	snprintf(command, sizeof(command), "unxz -c /images/%s.xz >%s", type,
		 path);
	return system(command) ? -1 : loop_attach(path, node);
}

/* The matrix of another part of the boot may have mounted it. */
static const char *need_fs(struct filesystem *fs)
{
	char node[32], where[32], command[64];

	snprintf(where, sizeof(where), "/run/fs-%s", fs->type);
	if (!mkdir(where, 0755)) {
		module_load("loop", "");
		snprintf(command, sizeof(command), "modprobe %s", fs->type);
		if (system(command) || make_copy(fs->type, "mounted", node))
			return "no such file system";
		if (mount(node, where, fs->type, 0, NULL))
			return "the file system cannot be mounted";
	}
	if (fs->dir < 0)
		fs->dir = open(where, O_RDONLY | O_DIRECTORY);
	return NULL;
}

const char *need_xfs(void)
{
	return need_fs(&fs_xfs);
}

const char *need_btrfs_image(void)
{
	return need_fs(&fs_btrfs);
}

const char *need_ext4(void)
{
	const char *why = need_fs(&fs_ext4);

	if (why || !access(UNMOUNTED, F_OK)) {
		read_file(UNMOUNTED, fs_ext4.unmounted,
			  sizeof(fs_ext4.unmounted) - 1);
		return why;
	}
	if (make_copy("ext4", "unmounted", fs_ext4.unmounted))
		return "no second copy";
	close(open(UNMOUNTED, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	write_file(UNMOUNTED, fs_ext4.unmounted);
	return NULL;
}

#define KEY_SIG "0123456789abcdef"

/*
 * include/linux/ecryptfs.h: struct ecryptfs_auth_tok, version 0.4, a password
 * whose key is set. The places are those of a packed struct.
 */
static int add_key(void)
{
	static unsigned char token[740] = { 4, 0, 0, 0 };

	token[644] = 2;
	memcpy(token + 712, KEY_SIG, sizeof(KEY_SIG));
	return syscall(SYS_add_key, "user", KEY_SIG, token, sizeof(token),
		       -2 /* the keyring of the process */);
}

const char *need_ecryptfs(const char *lower, const char *where, int *dir)
{
	if (system("modprobe ecryptfs") || add_key() < 0)
		return "the kernel has no eCryptfs";
	if (!mkdir(where, 0755) &&
	    mount(lower, where, "ecryptfs", 0,
		  "ecryptfs_sig=" KEY_SIG ",ecryptfs_cipher=aes,"
		  "ecryptfs_key_bytes=16,ecryptfs_passthrough")) {
		perror("mount eCryptfs");
		rmdir(where);
		return "eCryptfs cannot be mounted";
	}
	*dir = open(where, O_RDONLY | O_DIRECTORY);
	return NULL;
}

int open_lower(int dir, const char *name)
{
	int fd = openat(dir, name, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}
