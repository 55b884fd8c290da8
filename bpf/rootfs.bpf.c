// SPDX-License-Identifier: GPL-2.0-only
/*
 * rootfs: a read-only root file system stays read-only, and no mount hides its
 * directories.
 *
 *   sb_remount              remount: changing the superblock of the root. While
 *                           the superblock is read-only, nobody can write
 *                           through any mount of it, so the flags of mounts
 *                           need no guard
 *   fs_context_parse_param  remount: mounting a btrfs, which makes its
 *                           superblock writable without calling sb_remount
 *   sb_mount, move_mount    mount_over: a mount that hides a directory of the root
 *   sb_pivotroot            mount_over: exchanging the root
 *   file_open               raw_write: opening the block device of the root, or
 *                           a device below that, for writing
 *   file_ioctl(_compat),    raw_write: commands that change such a device, or
 *   uring_cmd               the devices of the root's file system
 *
 * The protection is active as soon as PID 1 has another root than the
 * initramfs. Each hook looks that up in PID 1 itself, so there is no state that
 * could be overwritten, missed or undone. The root of PID 1 changes only if
 * PID 1 calls chroot(2), or if a process calls pivot_root(2) in the mount
 * namespace of PID 1, which mount_over denies.
 */
#include "disk_openers.h"
#include "kthread.h"
#include "rootfs_disk.h"

#define DIR_LEVELS 64 /* the most levels below the root that are climbed */

/* ---- remount ------------------------------------------------------------- */

/**
 * rootfs_sb_remount - a process changes the options of a superblock
 * @sb: the superblock
 *
 * The hook does not receive the new options. The file system of the program of PID
 * 1 counts as the root: /usr may be one of its own. Rests on
 * fs/super.c:reconfigure_super(), for mount(2) and fsconfig(2), from any mount
 * namespace. Return: 0 or -EPERM.
 */
SEC("lsm/sb_remount")
int BPF_PROG(rootfs_sb_remount, struct super_block *sb)
{
	struct root r;

	sb = PLAIN(struct super_block, sb);
	if (!(sb->s_flags & SB_RDONLY) || !root_known(&r) ||
	    (sb != r.sb && sb != program_sb()))
		return 0;
	return rootfs_check(ROOTFS_REMOUNT, -1, NULL, NULL);
}

/**
 * rootfs_fs_context_parse_param - a file system that is set up gets an option
 * @fc: the context of the file system
 *
 * Every new mount has at least the option "source". A writable mount of any
 * subvolume makes the superblock of a mounted btrfs writable, inside
 * fs/btrfs/super.c. Until the last option nobody knows whether the mount will
 * be writable. So while the root is a read-only btrfs, no btrfs can be mounted.
 *
 * The default result of the hook is -ENOPARAM. But every result other than 0
 * keeps the kernel from running the next program, and after 0 it continues with
 * the default (kernel/bpf/trampoline.c: BPF_TRAMP_MODIFY_RETURN).
 * Return: 0 or -EPERM.
 */
SEC("lsm/fs_context_parse_param")
int BPF_PROG(rootfs_fs_context_parse_param, struct fs_context *fc)
{
	struct root r;

	fc = PLAIN(struct fs_context, fc);
	if (!concerned(&rootfs_record, ROOTFS_REMOUNT) || !root_known(&r))
		return 0;
	if (READ(r.sb, s_magic) != BTRFS_MAGIC ||
	    !(READ(r.sb, s_flags) & SB_RDONLY) ||
	    fc->fs_type != READ(r.sb, s_type))
		return 0;
	return rootfs_check(ROOTFS_REMOUNT, -1, NULL, NULL);
}

/* ---- mount_over ---------------------------------------------------------- */

/* The hash of a directory's name, as BPFLOCK_DIR_HASH() in the record. */
static __noinline unsigned int dir_hash(const struct dentry *d)
{
	struct name name;
	__u64 hash = 0;

	dentry_name(d, &name);
	for (int i = 0; i < BPFLOCK_DIR_WORDS; i++)
		hash = BPFLOCK_DIR_HASH(hash, name.word[i]);
	return hash >> 32;
}

/* The upper components of a path, beginning with the one below the root. */
struct upper {
	unsigned int depth;
	unsigned int hash[BPFLOCK_DIR_DEPTH];
};

/* Is the path a listed directory, inside one, or does it contain one? */
static __noinline bool dir_listed(const struct upper *u)
{
	for (unsigned int n = 0; n < BPFLOCK_DIRS_MAX; n++) {
		bool same = true;

		if (n >= rootfs_record.dirs)
			break;
		for (unsigned int i = 0; i < BPFLOCK_DIR_DEPTH; i++) {
			if (i == rootfs_record.dir_depth[n] || i == u->depth)
				break;
			same &= rootfs_record.dir_hash[n][i] == u->hash[i];
		}
		if (same)
			return true;
	}
	return false;
}

/* Would a mount on the dentry hide the root, or any part of a listed directory? */
static __noinline bool hides_root(const struct dentry *d)
{
	const struct dentry *at[BPFLOCK_DIR_DEPTH] = {};
	struct upper u = {};
	struct root r;

	if (!root_known(&r) || d->d_sb != r.sb)
		return false;
	for (int i = 0; i < DIR_LEVELS; i++) {
		if (d == r.dentry)
			break;
		if (d == d->d_parent)
			return false; /* another tree of this file system */
		for (int n = BPFLOCK_DIR_DEPTH - 1; n; n--)
			at[n] = at[n - 1];
		at[0] = d;
		d = d->d_parent;
	}
	if (d != r.dentry)
		return true; /* deeper than DIR_LEVELS: assume the worst */
	for (int n = 0; n < BPFLOCK_DIR_DEPTH && at[n]; n++) {
		u.hash[n] = dir_hash(at[n]);
		u.depth++;
	}
	return !u.depth || dir_listed(&u);
}

static __always_inline bool in_first_mount_namespace(void)
{
	return ns_inum(current_task(), BPFLOCK_NS_MNT) ==
	       rootfs_record.ns_inum[BPFLOCK_NS_MNT];
}

/*
 * check_over - decide whether something may be mounted on a path
 *
 * A mount in another mount namespace is allowed, since sandboxes need it, but
 * not on a shared mount, from where it would propagate.
 */
static __noinline int check_over(struct path *to)
{
	if (!in_first_mount_namespace() && !mount_shared(to->mnt))
		return 0;
	if (!hides_root(to->dentry))
		return 0;
	return rootfs_check(ROOTFS_MOUNT_OVER, -1, NULL, to->dentry);
}

/**
 * rootfs_sb_mount - mount(2) is called
 * @dev: unused
 * @path: the mount point
 * @type: unused
 * @flags: MS_*
 *
 * fs/namespace.c:path_mount() tests MS_REMOUNT first, and MS_BIND before
 * MS_PROPAGATION, and so does the program. Return: 0 or -EPERM.
 */
SEC("lsm/sb_mount")
int BPF_PROG(rootfs_sb_mount, const char *dev, struct path *path,
	     const char *type, unsigned long flags)
{
	if (flags & MS_REMOUNT ||
	    (flags & MS_PROPAGATION && !(flags & MS_BIND)))
		return 0;
	path = PLAIN(struct path, path);
	return check_over(path);
}

/**
 * rootfs_move_mount - move_mount(2) is called
 * @from: the mount, attached or not
 * @to: the mount point
 *
 * Rests on fs/namespace.c:vfs_move_mount(). Return: 0 or -EPERM.
 */
SEC("lsm/move_mount")
int BPF_PROG(rootfs_move_mount, struct path *from, struct path *to)
{
	to = PLAIN(struct path, to);
	return check_over(to);
}

/**
 * rootfs_sb_pivotroot - pivot_root(2) is called
 *
 * The call changes the root of PID 1 if the caller shares its mount namespace.
 * In another mount namespace the call has no effect outside, because the kernel
 * does not allow it on shared mounts. Rests on fs/namespace.c:
 * path_pivot_root(). Return: 0 or -EPERM.
 */
SEC("lsm/sb_pivotroot")
int BPF_PROG(rootfs_sb_pivotroot)
{
	struct root r;

	if (!in_first_mount_namespace() || !root_known(&r))
		return 0;
	return rootfs_check(ROOTFS_MOUNT_OVER, -1, NULL, NULL);
}

/* ---- raw_write ----------------------------------------------------------- */

/* Decide the opening of a device for writing. */
static OWN_FUNCTION int check_device(const struct file *file)
{
	unsigned int type = file->f_inode->i_mode & S_IFMT;
	unsigned int dev = file->f_inode->i_rdev, major = MAJOR(dev);
	struct request r;

	if (type == S_IFBLK) {
		if (!carries_root(dev) &&
		    !(major == MTD_BLOCK_MAJOR && root_on_flash()))
			return 0;
	} else if ((major != SCSI_GENERIC_MAJOR && major != MTD_CHAR_MAJOR) ||
		   !root_has_device()) {
		return 0;
	}
	rootfs_request(&r, ROOTFS_RAW_WRITE, -1, NULL, file->f_path.dentry);
	return check_opened(&rootfs_record, &r);
}

/* Decide the opening of a file by which a driver may open the disk of the root. */
static OWN_FUNCTION int check_disk_opener(const struct dentry *d)
{
	struct request r;

	if (!opens_any_disk(d) || !root_has_device())
		return 0;
	rootfs_request(&r, ROOTFS_RAW_WRITE, -1, NULL, d);
	return check_opened(&rootfs_record, &r);
}

/**
 * rootfs_file_open - a process opens a file
 * @file: the file
 *
 * The program compares device numbers, so the place and the origin of a device
 * node do not matter. SCSI generic and flash devices accept commands and data
 * by write(2). Files of drivers that open disks are decided by their names
 * (disk_openers.h). Rests on fs/open.c:do_dentry_open(). Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(rootfs_file_open, struct file *file)
{
	unsigned long magic;

	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	file = PLAIN(struct file, file);
	if (is_device(file->f_inode->i_mode))
		return check_device(file);
	magic = file->f_inode->i_sb->s_magic;
	if (magic != CONFIGFS_MAGIC && magic != RPC_PIPEFS_MAGIC)
		return 0;
	return check_disk_opener(file->f_path.dentry);
}

/* Decide an ioctl or an io_uring command on a file. */
static __noinline int check_command(const struct file *file, unsigned int cmd)
{
	unsigned int type = file->f_inode->i_mode & S_IFMT;
	bool writes = false;

	if (type == S_IFBLK)
		writes = writes_root(file, cmd);
	else if (type == S_IFCHR)
		writes = commands_disks(file->f_inode->i_rdev, cmd);
	/* A command for the file system works through a node in it, too. */
	if (!writes && !changes_root(file, cmd))
		return 0;
	return rootfs_check(ROOTFS_RAW_WRITE, cmd & 0xffff, NULL,
			    file->f_path.dentry);
}

/* Decide an ioctl. Most commands are let through before the file is looked at. */
static __always_inline int check_ioctl(const struct file *file,
				       unsigned int cmd)
{
	return for_terminals(cmd) ?
		       0 :
		       check_command(PLAIN(struct file, file), cmd);
}

/**
 * rootfs_file_ioctl - ioctl(2) is called
 * @file: the file
 * @cmd: the command
 *
 * Many commands that write need only a descriptor for reading.
 * Return: 0 or -EPERM.
 */
SEC("lsm/file_ioctl")
int BPF_PROG(rootfs_file_ioctl, struct file *file, unsigned int cmd)
{
	return check_ioctl(file, cmd);
}

/**
 * rootfs_file_ioctl_compat - a 32-bit program calls ioctl(2)
 * @file: the file
 * @cmd: the command
 *
 * 6.8 and its stable series added the hook (fs/ioctl.c). Kernels without it
 * call file_ioctl instead. Return: 0 or -EPERM.
 */
SEC("lsm/file_ioctl_compat")
int BPF_PROG(rootfs_file_ioctl_compat, struct file *file, unsigned int cmd)
{
	return check_ioctl(file, cmd);
}

/**
 * rootfs_uring_cmd - io_uring passes a command to a file
 * @cmd: the command
 *
 * Commands for block devices write (discard), and the character devices of NVMe
 * pass commands on to the disk. Rests on io_uring/uring_cmd.c:io_uring_cmd();
 * 6.0 added the hook. Return: 0 or -EPERM.
 */
SEC("lsm/uring_cmd")
int BPF_PROG(rootfs_uring_cmd, struct io_uring_cmd *cmd)
{
	cmd = PLAIN(struct io_uring_cmd, cmd);
	return check_command(cmd->file, cmd->cmd_op);
}
