// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/btrfs.h>
#include <linux/fs.h>
#include <linux/fsmap.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "ways/abi.h"
#include "ways/disk.h"
#include "ways/filesystems.h"
#include "ways/reach.h"

#define NR_IOCTL_32 54
#define NR_FSOPEN   430
#define NR_FSCONFIG 431

/* fs/xfs/libxfs/xfs_fs.h */
struct handle_request {
	uint32_t fd;
	void *path;
	uint32_t oflags;
	void *ihandle;
	uint32_t ihandlen;
	void *ohandle;
	uint32_t *ohandlen;
};

struct attributes_request {
	struct handle_request hreq;
	uint32_t opcount;
	void *ops;
};

struct bulk_request {
	uint64_t *lastip;
	int32_t icount;
	void *ubuffer;
	int32_t *ocount;
};

#define FD_TO_HANDLE	    _IOWR('X', 106, struct handle_request)
#define OPEN_BY_HANDLE	    _IOWR('X', 107, struct handle_request)
#define ATTRMULTI_BY_HANDLE _IOW('X', 123, struct attributes_request)
#define FSBULKSTAT	    _IOWR('X', 101, struct bulk_request)
#define FSGROWFSDATA	    _IOW('X', 110, uint64_t[2])
#define FSGEOMETRY	    _IOR('X', 126, char[256])
#define GOINGDOWN	    _IOR('X', 125, uint32_t)
#define EXT4_RESIZE_FS	    _IOW('f', 16, uint64_t)
#define EXT4_SWAP_BOOT	    _IO('f', 17)
#define OPEN_BY_HANDLE_32   0xc01c586b /* the struct has 28 bytes there */

static char xfs_handle[64];
static uint32_t xfs_handle_size;

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

/* The kernel got as far as finding the error that we made. */
static int reached(long ret, int error)
{
	return ret < 0 && errno != error ? -errno : 0;
}

const char *need_xfs_handle(void)
{
	const char *why = need_xfs();
	struct handle_request r = { .ohandle = xfs_handle,
				    .ohandlen = &xfs_handle_size };

	if (why)
		return why;
	r.fd = fs_xfs.dir;
	xfs_handle_size = sizeof(xfs_handle);
	return ioctl(fs_xfs.dir, FD_TO_HANDLE, &r) ? "XFS gives no handles" :
						     NULL;
}

const char *need_xfs_32(void)
{
	const char *why = need_i386();

	return why ? why : need_xfs_handle();
}

static struct handle_request by_handle(void)
{
	return (struct handle_request){ .ihandle = xfs_handle,
					.ihandlen = xfs_handle_size,
					.oflags = O_RDONLY | O_DIRECTORY };
}

int xfs_by_handle(void)
{
	struct handle_request r = by_handle();

	return result(ioctl(fs_xfs.dir, OPEN_BY_HANDLE, &r));
}

int xfs_by_handle_32(void)
{
	uint32_t r[7] = { 0 }, *low;

	r[2] = O_RDONLY | O_DIRECTORY;
	r[3] = (uint32_t)(uintptr_t)low_memory(xfs_handle, sizeof(xfs_handle));
	r[4] = xfs_handle_size;
	low = low_memory(r, sizeof(r));
	return syscall_i386(NR_IOCTL_32, fs_xfs.dir, OPEN_BY_HANDLE_32,
			    (long)low) < 0 ?
		       -EPERM :
		       0;
}

/* No operation is asked for. */
int xfs_attributes_by_handle(void)
{
	struct attributes_request r = { .hreq = by_handle() };

	return reached(ioctl(fs_xfs.dir, ATTRMULTI_BY_HANDLE, &r), E2BIG);
}

int xfs_bulkstat(void)
{
	static char inodes[65536];
	uint64_t last = 0;
	int32_t found = 0;
	struct bulk_request r = { &last, 64, inodes, &found };
	int ret = result(ioctl(fs_xfs.dir, FSBULKSTAT, &r));

	return ret ? ret : found ? 0 : -EIO;
}

/* Where every file is, and to which inode each extent belongs. */
int xfs_map(void)
{
	static struct {
		struct fsmap_head head;
		struct fsmap rows[16];
	} map;

	memset(&map, 0, sizeof(map));
	memset(&map.head.fmh_keys[1], 0xff, sizeof(map.head.fmh_keys[1]));
	map.head.fmh_keys[1].fmr_length = 0;
	memset(map.head.fmh_keys[1].fmr_reserved, 0,
	       sizeof(map.head.fmh_keys[1].fmr_reserved));
	map.head.fmh_count = 16;
	return result(ioctl(fs_xfs.dir, FS_IOC_GETFSMAP, &map));
}

int btrfs_search(void)
{
	struct btrfs_ioctl_search_args args = {
		.key = { .tree_id = 1,
			 .max_objectid = UINT64_MAX,
			 .max_offset = UINT64_MAX,
			 .max_transid = UINT64_MAX,
			 .max_type = 255,
			 .nr_items = 8 }
	};
	int ret = result(ioctl(fs_btrfs.dir, BTRFS_IOC_TREE_SEARCH, &args));

	return ret ? ret : args.key.nr_items ? 0 : -EIO;
}

static void drop_subvolume(const char *name)
{
	struct btrfs_ioctl_vol_args args = { 0 };

	strcpy(args.name, name);
	ioctl(fs_btrfs.dir, BTRFS_IOC_SNAP_DESTROY, &args);
}

/* What is named by a descriptor stands for its whole subvolume. */
int btrfs_snapshot(void)
{
	struct btrfs_ioctl_vol_args args = { .fd = fs_btrfs.dir };
	int ret;

	strcpy(args.name, "snapshot");
	ret = result(ioctl(fs_btrfs.dir, BTRFS_IOC_SNAP_CREATE, &args));
	if (!ret)
		drop_subvolume("snapshot");
	return ret;
}

/* The descriptor is not for writing. */
int ext4_swap_boot(void)
{
	return reached(ioctl(fs_ext4.dir, EXT4_SWAP_BOOT), EBADF);
}

int btrfs_add_device(void)
{
	struct btrfs_ioctl_vol_args args = { 0 };

	strcpy(args.name, "/no-such-device");
	return reached(ioctl(fs_btrfs.dir, BTRFS_IOC_ADD_DEV, &args), ENOENT);
}

/* To the size that it has: struct xfs_fsop_geom, its data blocks. */
int xfs_grow(void)
{
	uint64_t geometry[32], size[2] = { 0, 25 };

	if (ioctl(fs_xfs.dir, FSGEOMETRY, geometry))
		return -EIO;
	size[0] = geometry[4];
	return result(ioctl(fs_xfs.dir, FSGROWFSDATA, size));
}

/* To the size that it has. */
static const uint64_t ext4_blocks = 4096;

int ext4_resize(void)
{
	uint64_t blocks = ext4_blocks;

	return result(ioctl(fs_ext4.dir, EXT4_RESIZE_FS, &blocks));
}

int ext4_resize_32(void)
{
	long ret = syscall_i386(NR_IOCTL_32, fs_ext4.dir, EXT4_RESIZE_FS,
				(long)low_memory(&ext4_blocks,
						 sizeof(ext4_blocks)));

	return ret < 0 ? ret : 0;
}

int freeze(void)
{
	int ret = result(ioctl(fs_ext4.dir, FIFREEZE, 0));

	return ret ? ret : result(ioctl(fs_ext4.dir, FITHAW, 0));
}

/* In a way that the file system does not know. */
int shut_down(void)
{
	uint32_t way = 99;

	return reached(ioctl(fs_ext4.dir, GOINGDOWN, &way), EINVAL);
}

/*
 * A key for encrypted directories, which the host has added. By a descriptor, as
 * policies of version 1 name it, the kernel needs no hash to compute its name.
 */
static const struct fscrypt_key_specifier ext4_key = {
	.type = FSCRYPT_KEY_SPEC_TYPE_DESCRIPTOR,
	.u.descriptor = "the key"
};

static int add_ext4_key(void)
{
	static union {
		struct fscrypt_add_key_arg arg;
		unsigned char room[sizeof(struct fscrypt_add_key_arg) + 64];
	} add;

	add.arg.key_spec = ext4_key;
	add.arg.raw_size = 64;
	memset(add.arg.raw, 'k', 64);
	return ioctl(fs_ext4.dir, FS_IOC_ADD_ENCRYPTION_KEY, &add);
}

void ext4_add_key(void)
{
	add_ext4_key();
}

const char *need_ext4_key(void)
{
	const char *why = need_ext4();

	if (why)
		return why;
	return add_ext4_key() ? "ext4 takes no key" : NULL;
}

static int remove_ext4_key(unsigned long cmd)
{
	struct fscrypt_remove_key_arg arg = { .key_spec = ext4_key };

	return result(ioctl(fs_ext4.dir, cmd, &arg));
}

int ext4_remove_key(void)
{
	return remove_ext4_key(FS_IOC_REMOVE_ENCRYPTION_KEY);
}

int ext4_remove_key_of_all(void)
{
	return remove_ext4_key(FS_IOC_REMOVE_ENCRYPTION_KEY_ALL_USERS);
}

static int btrfs_control = -1;

const char *need_btrfs_control(void)
{
	const char *why = need_btrfs_image();

	if (why)
		return why;
	if (btrfs_control < 0)
		btrfs_control = open("/dev/btrfs-control", O_RDWR | O_CLOEXEC);
	return btrfs_control < 0 ? "there is no /dev/btrfs-control" : NULL;
}

/* The kernel registers the device that is named, as by BTRFS_IOC_SCAN_DEV. */
int btrfs_ready(void)
{
	struct btrfs_ioctl_vol_args args = { 0 };

	strcpy(args.name, "/no-such-device");
	return reached(ioctl(btrfs_control, BTRFS_IOC_DEVICES_READY, &args),
		       ENOENT);
}

/* ---- options and quotas of a mounted file system --------------------------- */

#define NR_FSPICK      433
#define NR_QUOTACTL_FD 443
#define NR_QUOTACTL_32 131
#define PICK_EMPTY     8
#define RECONFIGURE    7
#define SET_QUOTA      (0x800008U << 8) /* Q_SETQUOTA, of a user */
#define SYNC_QUOTA     (0x800001U << 8)
#define SOMEBODY       12345

/* To what it is: nothing changes. */
static int reconfigure(int dir)
{
	int fs = syscall(NR_FSPICK, dir, "", PICK_EMPTY), ret;

	if (fs < 0)
		return -EIO;
	ret = result(syscall(NR_FSCONFIG, fs, RECONFIGURE, NULL, NULL, 0L));
	close(fs);
	return ret;
}

int reconfigure_ext4(void)
{
	return reconfigure(fs_ext4.dir);
}

int reconfigure_btrfs(void)
{
	return reconfigure(fs_btrfs.dir);
}

int remount_ext4(void)
{
	return result(mount(NULL, "/run/fs-ext4", NULL, MS_REMOUNT, NULL));
}

const char *need_ext4_32(void)
{
	const char *why = need_i386();

	return why ? why : need_ext4();
}

/* The node of the loop device that it is on. */
static const char *ext4_node(void)
{
	static char node[32];
	struct stat st;

	if (!fstat(fs_ext4.dir, &st))
		snprintf(node, sizeof(node), "/dev/loop%d", minor(st.st_dev));
	return node;
}

/* ESRCH: no quotas are on. The kernel looks after all hooks. */
static uint64_t limits[9];

int set_quota(void)
{
	return reached(syscall(SYS_quotactl, SET_QUOTA, ext4_node(), SOMEBODY,
			       limits),
		       ESRCH);
}

int set_quota_32(void)
{
	const char *node = ext4_node();
	long ret = syscall_i386_4(NR_QUOTACTL_32, SET_QUOTA,
				  (long)low_memory(node, strlen(node) + 1),
				  SOMEBODY,
				  (long)low_memory(limits, sizeof(limits)));

	return ret == -EPERM ? ret : 0;
}

int set_quota_fd(void)
{
	return reached(syscall(NR_QUOTACTL_FD, fs_ext4.dir, SET_QUOTA, SOMEBODY,
			       limits),
		       ESRCH);
}

const char *need_quotactl_fd(void)
{
	const char *why = need_ext4();

	return !why && set_quota_fd() ? "quotactl_fd is new in 5.14" : why;
}

/* ---- mounts that must not write ------------------------------------------ */

static uint64_t sum(const char *node)
{
	static uint64_t words[8192];
	int fd = open(node, O_RDONLY | O_CLOEXEC);
	uint64_t all = 0;
	ssize_t n;

	while ((n = read(fd, words, sizeof(words))) > 0)
		for (ssize_t i = 0; i < n / 8; i++)
			all = all * 31 + words[i];
	close(fd);
	return all;
}

/* A mount that fails must leave the device as it was. */
static int touched(int ret, const char *node, uint64_t before)
{
	return ret && sum(node) != before ? -EUCLEAN : ret;
}

static int mount_rw(const char *node, const char *type)
{
	uint64_t before = sum(node);

	if (mount(node, "/mnt", type, 0, NULL))
		return touched(-errno, node, before);
	umount2("/mnt", 0);
	return 0;
}

int mount_minix_rw(void)
{
	return mount_rw(disk_node, "minix");
}

int mount_ext4_rw(void)
{
	return mount_rw(fs_ext4.unmounted, "ext4");
}

int fsconfig_ext4_rw(void)
{
	const char *node = fs_ext4.unmounted;
	uint64_t before = sum(node);
	int fs = syscall(NR_FSOPEN, "ext4", 1L), ret;

	if (fs < 0)
		return -EIO;
	ret = result(syscall(NR_FSCONFIG, fs, 1L, "source", node, 0L));
	if (!ret)
		ret = result(syscall(NR_FSCONFIG, fs, 6L, NULL, NULL, 0L));
	close(fs);
	return touched(ret, node, before);
}

/* ---- innocent ------------------------------------------------------------ */

static int own_subvolume(void)
{
	struct btrfs_ioctl_vol_args args = { 0 };
	struct btrfs_ioctl_fs_info_args info;
	int ret;

	strcpy(args.name, "own");
	ret = result(ioctl(fs_btrfs.dir, BTRFS_IOC_SUBVOL_CREATE, &args));
	if (ret)
		return ret;
	drop_subvolume("own");
	return result(ioctl(fs_btrfs.dir, BTRFS_IOC_FS_INFO, &info));
}

int own_directory(void)
{
	char geometry[256];
	int flags, ret;

	ret = result(ioctl(fs_xfs.dir, FSGEOMETRY, geometry));
	if (!ret)
		ret = result(ioctl(fs_ext4.dir, FS_IOC_GETFLAGS, &flags));
	return ret ? ret : own_subvolume();
}

/* Flags of a mount are the caller's own, also of one on a device. */
int remount_bind(void)
{
	return result(
		mount(NULL, "/run/fs-ext4", NULL, MS_REMOUNT | MS_BIND, NULL));
}

int remount_tmpfs(void)
{
	int ret;

	if (mount("none", "/mnt", "tmpfs", 0, NULL))
		return -EIO;
	ret = result(mount(NULL, "/mnt", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	umount2("/mnt", MNT_DETACH);
	return ret;
}

int sync_quota(void)
{
	return reached(syscall(SYS_quotactl, SYNC_QUOTA, NULL, 0, NULL),
		       ENOSYS);
}
