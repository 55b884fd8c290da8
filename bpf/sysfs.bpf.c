// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysfs: changes through sysfs, through any of its mounts. Reading is always
 * allowed.
 *
 *   file_open              write: opening a file for writing, which a shared
 *                          writable mapping needs too
 *   inode_setattr          setattr: mode, owner, times, size
 *   inode_setxattr,        setattr: extended attributes
 *   inode_removexattr
 *   sb_kern_mount          mount: a new mount that is not read-only
 *   sb_mount, sb_remount   mount: making a read-only mount writable
 *
 * write and setattr look at the caller, not at the mount, so one more mount does
 * not weaken them. Container runtimes make a mount for each container: only a list
 * names mount (init/protections.c).
 */
#include "kthread.h"
#include "syscall.h"

PROTECTION(sysfs, SYSFS);

static OWN_FUNCTION int check_write(const struct file *file)
{
	struct request r;

	sysfs_request(&r, SYSFS_WRITE, -1, NULL, file->f_path.dentry);
	return check_opened(&sysfs_record, &r);
}

/**
 * sysfs_file_open - a process opens a file
 * @file: the file
 *
 * Every way to open a file ends in fs/open.c:do_dentry_open(), which calls the
 * hook. Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(sysfs_file_open, struct file *file)
{
	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	file = PLAIN(struct file, file);
	if (file->f_inode->i_sb->s_magic != SYSFS_MAGIC)
		return 0;
	return check_write(file);
}

static __noinline int check_setattr(const struct dentry *d)
{
	if (d->d_sb->s_magic != SYSFS_MAGIC)
		return 0;
	return sysfs_check(SYSFS_SETATTR, -1, NULL, d);
}

/**
 * sysfs_inode_setattr - a process changes the attributes of a file
 *
 * chmod, chown, utimes and truncate all end in fs/attr.c:notify_change(), which
 * calls the hook. Return: 0 or -EPERM.
 */
SEC("lsm/inode_setattr")
int sysfs_inode_setattr(unsigned long long *ctx)
{
	return check_setattr(SETATTR_DENTRY(ctx));
}

/**
 * sysfs_inode_setxattr - a process sets an extended attribute
 *
 * Rests on fs/xattr.c:__vfs_setxattr_locked(). Return: 0 or -EPERM.
 */
SEC("lsm/inode_setxattr")
int sysfs_inode_setxattr(unsigned long long *ctx)
{
	return check_setattr(XATTR_DENTRY(ctx));
}

/**
 * sysfs_inode_removexattr - a process removes an extended attribute
 *
 * Rests on fs/xattr.c:__vfs_removexattr_locked(). Return: 0 or -EPERM.
 */
SEC("lsm/inode_removexattr")
int sysfs_inode_removexattr(unsigned long long *ctx)
{
	return check_setattr(XATTR_DENTRY(ctx));
}

/*
 * Is the system call mount(2) with MS_RDONLY? Then fs/namespace.c:path_mount()
 * makes the mount read-only, even if the superblock is not.
 */
static __noinline bool mounts_read_only(void)
{
	return current_syscall() == SYSCALL_MOUNT && syscall_arg(3) & MS_RDONLY;
}

/**
 * sysfs_sb_kern_mount - a file system is about to be mounted
 * @sb: its superblock
 *
 * The mounts of one network namespace share one superblock, so usually the
 * mount is read-only, and the superblock is not. mount(2) tells in its flags
 * whether the mount will be read-only. fsmount(2) comes only after the hook, so
 * for fsconfig(2) the superblock must be read-only. Rests on
 * fs/namespace.c:do_new_mount_fc() for mount(2), and on fs/fsopen.c for
 * fsconfig(2). Return: 0 or -EPERM.
 */
SEC("lsm/sb_kern_mount")
int BPF_PROG(sysfs_sb_kern_mount, struct super_block *sb)
{
	sb = PLAIN(struct super_block, sb);
	if (sb->s_magic != SYSFS_MAGIC || sb->s_flags & SB_RDONLY)
		return 0;
	if (!concerned(&sysfs_record, SYSFS_MOUNT) || mounts_read_only())
		return 0;
	return sysfs_check(SYSFS_MOUNT, -1, NULL, NULL);
}

/**
 * sysfs_sb_mount - mount(2) is called
 * @dev: unused
 * @path: the mount point
 * @type: unused
 * @flags: MS_*
 *
 * The program decides only "remount,rw", of a mount or of its superblock.
 * Rests on fs/namespace.c:path_mount(). Return: 0 or -EPERM.
 */
SEC("lsm/sb_mount")
int BPF_PROG(sysfs_sb_mount, const char *dev, struct path *path,
	     const char *type, unsigned long flags)
{
	if (!(flags & MS_REMOUNT) || flags & MS_RDONLY)
		return 0;
	path = PLAIN(struct path, path);
	if (path->mnt->mnt_sb->s_magic != SYSFS_MAGIC)
		return 0;
	return sysfs_check(SYSFS_MOUNT, -1, NULL, NULL);
}

/**
 * sysfs_sb_remount - a process changes the options of a superblock
 * @sb: the superblock
 *
 * The hook does not receive the new options, so every change of a read-only
 * superblock counts as making it writable. Rests on
 * fs/super.c:reconfigure_super(), also for fsconfig(2). Return: 0 or -EPERM.
 */
SEC("lsm/sb_remount")
int BPF_PROG(sysfs_sb_remount, struct super_block *sb)
{
	sb = PLAIN(struct super_block, sb);
	if (sb->s_magic != SYSFS_MAGIC || !(sb->s_flags & SB_RDONLY))
		return 0;
	return sysfs_check(SYSFS_MOUNT, -1, NULL, NULL);
}
