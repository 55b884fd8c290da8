// SPDX-License-Identifier: GPL-2.0-only
/*
 * rootfs: a read-only root stays read-only, and stays what is seen there.
 *
 *   sb_remount              remount: the root's superblock is changed. As long
 *                           as that is read-only no mount of it can be
 *                           written, so flags of mounts need no guard
 *   fs_context_parse_param  remount: mounting a btrfs makes its superblock
 *                           writable without asking sb_remount
 *   sb_mount, move_mount    mount_over: a mount hides a folder of the root
 *   sb_pivotroot            mount_over: the root is exchanged
 *   file_open               raw_write: its block device is opened for writing,
 *                           or one below that
 *   file_ioctl, uring_cmd   raw_write: or it is changed by a command
 *
 * It is armed as soon as PID 1 has another root than the initramfs. That is
 * looked up each time, from the initial pid namespace's reaper, which every
 * task leads to: there is no state that could be written, missed or undone.
 * Only PID 1 itself changes its root (chroot), or pivot_root(2) in its mount
 * namespace, which is one of the things that are denied.
 */
#include "blkdev.h"

PROTECTION(rootfs, ROOTFS);

#define FOLDER_LEVELS 64 /* how deep below the root is looked */

struct root {
	const struct dentry *dentry;
	const struct super_block *sb;
};

/* PID 1's root; false while it is the initramfs. */
static __noinline bool root_known(struct root *r)
{
	const struct pid *pid = READ(current_task(), thread_pid);
	const struct task_struct *init;
	const struct fs_struct *fs;

	r->dentry = NULL;
	r->sb = NULL;
	if (!pid) /* exiting */
		return false;
	init = READ(READ(pid, numbers[0].ns), child_reaper);
	fs = READ(init, fs);
	if (!fs)
		return false;
	r->dentry = READ(fs, root.dentry);
	r->sb = READ(READ(fs, root.mnt), mnt_sb);
	return READ(r->sb, s_dev) != rootfs_policy.initramfs_dev;
}

/* remount */

/**
 * rootfs_sb_remount - the options of a superblock are changed
 * @sb: the superblock
 *
 * fs/super.c:reconfigure_super(), for mount(2) and fsconfig(2), from any mount
 * namespace. The new options are not known here. Return: 0 or -EPERM.
 */
SEC("lsm/sb_remount")
int BPF_PROG(rootfs_sb_remount, struct super_block *sb)
{
	struct root r;

	if (!(sb->s_flags & SB_RDONLY) || !root_known(&r) || sb != r.sb)
		return 0;
	return rootfs_check(ROOTFS_REMOUNT, -1, NULL, NULL);
}

/**
 * rootfs_fs_context_parse_param - a file system gets an option
 * @fc: what is being set up
 *
 * Each new mount has at least the option "source". A btrfs that is there
 * already becomes writable for a writable mount of any of its subvolumes, in
 * fs/btrfs/super.c alone; whether it will be one is not known before the last
 * option. So as long as the root is a read-only btrfs, none is mounted.
 *
 * The hook's default is -ENOPARAM, but any result other than 0 keeps the next
 * program from being asked; after 0 the kernel goes on to the default
 * (kernel/bpf/trampoline.c: BPF_TRAMP_MODIFY_RETURN). Return: 0 or -EPERM.
 */
SEC("lsm/fs_context_parse_param")
int BPF_PROG(rootfs_fs_context_parse_param, struct fs_context *fc)
{
	struct root r;

	if (!concerned(&rootfs_policy, ROOTFS_REMOUNT) || !root_known(&r))
		return 0;
	if (READ(r.sb, s_magic) != BTRFS_MAGIC ||
	    !(READ(r.sb, s_flags) & SB_RDONLY) ||
	    fc->fs_type != READ(r.sb, s_type))
		return 0;
	return rootfs_check(ROOTFS_REMOUNT, -1, NULL, NULL);
}

/* mount_over */

static __noinline unsigned int folder_hash(const struct dentry *d)
{
	struct name name;
	__u64 hash = 0;

	dentry_name(d, &name);
	for (int i = 0; i < BPFLOCK_FOLDER_WORDS; i++)
		hash = BPFLOCK_FOLDER_HASH(hash, name.word[i]);
	return hash >> 32;
}

/* The upper components of a path, the one below the root first. */
struct upper {
	unsigned int depth;
	unsigned int hash[BPFLOCK_FOLDER_DEPTH];
};

/* Is it a listed folder, in one, or is one in it? */
static __noinline bool folder_listed(const struct upper *u)
{
	for (unsigned int n = 0; n < BPFLOCK_FOLDERS_MAX; n++) {
		bool same = true;

		if (n >= rootfs_policy.folders)
			break;
		for (unsigned int i = 0; i < BPFLOCK_FOLDER_DEPTH; i++) {
			if (i == rootfs_policy.folder_depth[n] || i == u->depth)
				break;
			same &= rootfs_policy.folder_hash[n][i] == u->hash[i];
		}
		if (same)
			return true;
	}
	return false;
}

/* Would a mount there hide the root, or any of a listed folder of it? */
static __noinline bool guarded(const struct dentry *d)
{
	const struct dentry *at[BPFLOCK_FOLDER_DEPTH] = {};
	struct upper u = {};
	struct root r;

	if (!root_known(&r) || d->d_sb != r.sb)
		return false;
	for (int i = 0; i < FOLDER_LEVELS; i++) {
		if (d == r.dentry)
			break;
		if (d == d->d_parent)
			return false; /* of another tree of this file system */
		for (int n = BPFLOCK_FOLDER_DEPTH - 1; n; n--)
			at[n] = at[n - 1];
		at[0] = d;
		d = d->d_parent;
	}
	if (d != r.dentry)
		return true; /* too deep to tell */
	for (int n = 0; n < BPFLOCK_FOLDER_DEPTH && at[n]; n++) {
		u.hash[n] = folder_hash(at[n]);
		u.depth++;
	}
	return !u.depth || folder_listed(&u);
}

static __always_inline bool in_first_mount_namespace(void)
{
	return ns_inum(current_task(), BPFLOCK_NS_MNT) ==
	       rootfs_policy.ns_inum[BPFLOCK_NS_MNT];
}

/*
 * A mount in a mount namespace of its own is nobody else's business: sandboxes
 * are made of them. It is when the mount below is a shared one.
 */
static __noinline int check_over(const struct path *to)
{
	if (!in_first_mount_namespace() && !mount_shared(to->mnt))
		return 0;
	if (!guarded(to->dentry))
		return 0;
	return rootfs_check(ROOTFS_MOUNT_OVER, -1, NULL, to->dentry);
}

/**
 * rootfs_sb_mount - mount(2) is called
 * @dev: unused
 * @path: where
 * @type: unused
 * @flags: MS_*
 *
 * In the order of fs/namespace.c:path_mount(): remounting comes before all,
 * binding before a change of propagation. Return: 0 or -EPERM.
 */
SEC("lsm/sb_mount")
int BPF_PROG(rootfs_sb_mount, const char *dev, const struct path *path,
	     const char *type, unsigned long flags)
{
	if (flags & MS_REMOUNT ||
	    (flags & MS_PROPAGATION && !(flags & MS_BIND)))
		return 0;
	return check_over(path);
}

/**
 * rootfs_move_mount - move_mount(2) is called
 * @from: the mount, attached or not
 * @to: where
 *
 * fs/namespace.c:vfs_move_mount(). Return: 0 or -EPERM.
 */
SEC("lsm/move_mount")
int BPF_PROG(rootfs_move_mount, const struct path *from, const struct path *to)
{
	return check_over(to);
}

/**
 * rootfs_sb_pivotroot - pivot_root(2) is called
 *
 * It takes PID 1 along where they share the mount namespace, and works with
 * no shared mount, so in another namespace it stays there.
 * Return: 0 or -EPERM.
 */
SEC("lsm/sb_pivotroot")
int BPF_PROG(rootfs_sb_pivotroot)
{
	struct root r;

	if (!in_first_mount_namespace() || !root_known(&r))
		return 0;
	return rootfs_check(ROOTFS_MOUNT_OVER, -1, NULL, NULL);
}

/* raw_write */

/*
 * The root's device: that of its superblock (btrfs, overlay and others have
 * none, and a number of their own).
 */
static __noinline unsigned int root_device(struct root *r)
{
	const struct block_device *bdev = READ(r->sb, s_bdev);

	return bdev ? READ(bdev, bd_dev) : READ(r->sb, s_dev);
}

/* Is @dev below @upper? 0 asks for anything there. */
static __noinline bool is_below(unsigned int upper, unsigned int dev)
{
	for (unsigned int i = 0; i < BPFLOCK_BELOW_MAX; i++) {
		if (i >= rootfs_policy.belows)
			break;
		if (rootfs_policy.below_upper[i] == upper &&
		    (!dev || rootfs_policy.below_lower[i] == dev))
			return true;
	}
	return false;
}

/*
 * Is that the device of the root, its whole disk, or one below it? A btrfs
 * that was not mounted yet when the lock was loaded may be on any.
 */
static __noinline bool carries_root(unsigned int dev)
{
	const struct block_device *bdev;
	unsigned int upper;
	struct root r;

	if (!root_known(&r))
		return false;
	upper = root_device(&r);
	if (dev == upper || is_below(upper, dev))
		return true;
	bdev = READ(r.sb, s_bdev);
	if (bdev)
		return dev == whole_disk(bdev);
	return READ(r.sb, s_magic) == BTRFS_MAGIC && !is_below(upper, 0);
}

/* Does the root have devices below it, as device-mapper's have? */
static __noinline bool root_is_stacked(void)
{
	struct root r;

	return root_known(&r) && is_below(root_device(&r), 0);
}

static __noinline bool root_has_device(void)
{
	struct root r;

	if (!root_known(&r))
		return false;
	return READ(r.sb, s_bdev) || READ(r.sb, s_magic) == BTRFS_MAGIC ||
	       root_is_stacked();
}

/**
 * rootfs_file_open - a file is opened
 * @file: the file
 *
 * fs/open.c:do_dentry_open(). Device nodes are told by their numbers, so it
 * does not matter where the node is and who made it. SCSI generic and flash
 * devices take commands and data by write(2). Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(rootfs_file_open, struct file *file)
{
	unsigned int type, major, dev;

	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	type = file->f_inode->i_mode & S_IFMT;
	if (type != S_IFBLK && type != S_IFCHR)
		return 0;
	dev = file->f_inode->i_rdev;
	major = MAJOR(dev);
	if (type == S_IFBLK) {
		if (!carries_root(dev))
			return 0;
	} else if ((major != SCSI_GENERIC_MAJOR && major != MTD_CHAR_MAJOR) ||
		   !root_has_device()) {
		return 0;
	}
	return rootfs_check(ROOTFS_RAW_WRITE, -1, NULL, file->f_path.dentry);
}

#define BLKFLSBUF	  0x1261 /* writes nothing new */
#define LOOP_GET_STATUS	  0x4c03
#define LOOP_GET_STATUS64 0x4c05

/* What does not change the root, and is more than a question. */
static __always_inline bool is_harmless(unsigned int cmd)
{
	cmd &= 0xffff;
	return cmd == BLKFLSBUF || cmd == LOOP_GET_STATUS ||
	       cmd == LOOP_GET_STATUS64 || only_asks(cmd);
}

#define SG_TYPE	    0x22
#define SG_RESET    0x2284
#define SG_IO	    0x2285
#define NVME_TYPE   0x4e
#define NVME_ID	    0x40
#define MAPPER_TYPE 0xfd
/* include/uapi/linux/dm-ioctl.h: what reads and does not change a table */
#define MAPPER_ASKS                                                    \
	(1U << 0 | 1U << 2 | 1U << 7 | 1U << 8 | 1U << 11 | 1U << 12 | \
	 1U << 13 | 1U << 16 | 1U << 17)

/*
 * Of a SCSI generic device: settings of the descriptor, and questions. It hands
 * on what it does not know (drivers/scsi/sg.c:sg_ioctl_common()).
 */
static __always_inline bool changes_nothing(unsigned int cmd)
{
	if (cmd >> 8 == SG_TYPE)
		return cmd != SG_IO && cmd != SG_RESET;
	return only_asks(cmd);
}

/* Commands for disks that character devices take, whichever disk is meant. */
static __noinline bool commands_disks(unsigned int dev, unsigned int cmd)
{
	unsigned int nr = cmd & 0xff;

	cmd &= 0xffff;
	if (cmd >> 8 == MAPPER_TYPE && dev == MAPPER_CONTROL)
		return (nr > 31 || !(MAPPER_ASKS >> nr & 1)) &&
		       root_is_stacked();
	if (MAJOR(dev) == SCSI_GENERIC_MAJOR) {
		if (changes_nothing(cmd))
			return false;
	} else if (cmd != SG_IO && (cmd >> 8 != NVME_TYPE || nr == NVME_ID)) {
		return false;
	}
	return root_has_device();
}

static __noinline int check_command(const struct file *file, unsigned int cmd)
{
	unsigned int type = file->f_inode->i_mode & S_IFMT;
	unsigned int dev;

	if (type != S_IFBLK && type != S_IFCHR)
		return 0;
	dev = file->f_inode->i_rdev;
	if (type == S_IFBLK ? is_harmless(cmd) || !carries_root(dev) :
			      !commands_disks(dev, cmd))
		return 0;
	return rootfs_check(ROOTFS_RAW_WRITE, cmd & 0xffff, NULL,
			    file->f_path.dentry);
}

/**
 * rootfs_file_ioctl - ioctl(2) is called
 * @file: of the descriptor
 * @cmd: the command
 *
 * A descriptor for reading is enough for many commands that write.
 * Return: 0 or -EPERM.
 */
SEC("lsm/file_ioctl")
int BPF_PROG(rootfs_file_ioctl, struct file *file, unsigned int cmd)
{
	return check_command(file, cmd);
}

/**
 * rootfs_file_ioctl_compat - the same for a 32-bit caller
 * @file: of the descriptor
 * @cmd: the command
 *
 * New in 6.8 and in stable kernels; others ask file_ioctl for them.
 * Return: 0 or -EPERM.
 */
SEC("lsm/file_ioctl_compat")
int BPF_PROG(rootfs_file_ioctl_compat, struct file *file, unsigned int cmd)
{
	return check_command(file, cmd);
}

/**
 * rootfs_uring_cmd - io_uring passes a command to a file
 * @cmd: the command
 *
 * io_uring/uring_cmd.c:io_uring_cmd(), new in 6.0. Those for block devices
 * write (discard), those for NVMe's character devices are NVMe's.
 * Return: 0 or -EPERM.
 */
SEC("lsm/uring_cmd")
int BPF_PROG(rootfs_uring_cmd, struct io_uring_cmd *cmd)
{
	return check_command(cmd->file, cmd->cmd_op);
}
