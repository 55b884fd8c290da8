// SPDX-License-Identifier: GPL-2.0-only
/*
 * sysfs: changes through /sys, by whichever mount of it. Reading always works.
 *
 *   file_open              write: a file is opened for writing, which mapping
 *                          it for writing needs too
 *   inode_setattr          setattr: mode, owner, times, size
 *   inode_setxattr,        setattr: extended attributes
 *   inode_removexattr
 *   sb_kern_mount          mount: a new mount that is not read-only
 *   sb_mount, sb_remount   mount: a read-only one becomes writable
 */
#include "lock.h"
#include "syscall.h"

PROTECTION(sysfs, SYSFS);

/**
 * sysfs_file_open - a file is opened
 * @file: the file
 *
 * fs/open.c:do_dentry_open(), which every way to open a file ends in.
 * Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(sysfs_file_open, struct file *file)
{
	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	if (file->f_inode->i_sb->s_magic != SYSFS_MAGIC)
		return 0;
	return sysfs_check(SYSFS_WRITE, -1, NULL, file->f_path.dentry);
}

static __noinline int check_setattr(const struct dentry *d)
{
	if (d->d_sb->s_magic != SYSFS_MAGIC)
		return 0;
	return sysfs_check(SYSFS_SETATTR, -1, NULL, d);
}

/**
 * sysfs_inode_setattr - attributes of a file are changed
 *
 * fs/attr.c:notify_change(), the end of chmod, chown, utimes and truncate.
 * Return: 0 or -EPERM.
 */
SEC("lsm/inode_setattr")
int sysfs_inode_setattr(unsigned long long *ctx)
{
	return check_setattr(SETATTR_DENTRY(ctx));
}

/**
 * sysfs_inode_setxattr - an extended attribute is set
 *
 * fs/xattr.c:__vfs_setxattr_locked(). Return: 0 or -EPERM.
 */
SEC("lsm/inode_setxattr")
int sysfs_inode_setxattr(unsigned long long *ctx)
{
	return check_setattr(XATTR_DENTRY(ctx));
}

/**
 * sysfs_inode_removexattr - an extended attribute is removed
 *
 * fs/xattr.c:__vfs_removexattr_locked(). Return: 0 or -EPERM.
 */
SEC("lsm/inode_removexattr")
int sysfs_inode_removexattr(unsigned long long *ctx)
{
	return check_setattr(XATTR_DENTRY(ctx));
}

/*
 * mount(2) with MS_RDONLY: fs/namespace.c:path_mount() makes the mount
 * read-only then, whatever its superblock is.
 */
static __noinline bool mounts_read_only(void)
{
	return current_syscall() == SYSCALL_MOUNT && syscall_arg(3) & MS_RDONLY;
}

/**
 * sysfs_sb_kern_mount - a file system is about to be mounted
 * @sb: its superblock
 *
 * fs/namespace.c:do_new_mount_fc() for mount(2), fs/fsopen.c for fsconfig(2).
 * One superblock serves all mounts in one network namespace, so what is
 * read-only is mostly the mount alone. mount(2) can be asked for that; for
 * fsmount(2), which comes later, the superblock has to be.
 * Return: 0 or -EPERM.
 */
SEC("lsm/sb_kern_mount")
int BPF_PROG(sysfs_sb_kern_mount, struct super_block *sb)
{
	if (sb->s_magic != SYSFS_MAGIC || sb->s_flags & SB_RDONLY)
		return 0;
	if (!concerned(&sysfs_policy, SYSFS_MOUNT) || mounts_read_only())
		return 0;
	return sysfs_check(SYSFS_MOUNT, -1, NULL, NULL);
}

/**
 * sysfs_sb_mount - mount(2) is called
 * @dev: unused
 * @path: where
 * @type: unused
 * @flags: MS_*
 *
 * Only "remount,rw" is looked at here, of the mount or of the superblock.
 * Return: 0 or -EPERM.
 */
SEC("lsm/sb_mount")
int BPF_PROG(sysfs_sb_mount, const char *dev, const struct path *path,
	     const char *type, unsigned long flags)
{
	if (!(flags & MS_REMOUNT) || flags & MS_RDONLY)
		return 0;
	if (path->mnt->mnt_sb->s_magic != SYSFS_MAGIC)
		return 0;
	return sysfs_check(SYSFS_MOUNT, -1, NULL, NULL);
}

/**
 * sysfs_sb_remount - the options of a superblock are changed
 * @sb: the superblock
 *
 * fs/super.c:reconfigure_super(), also for fsconfig(2). The new options are
 * not known here: a read-only one stays as it is. Return: 0 or -EPERM.
 */
SEC("lsm/sb_remount")
int BPF_PROG(sysfs_sb_remount, struct super_block *sb)
{
	if (sb->s_magic != SYSFS_MAGIC || !(sb->s_flags & SB_RDONLY))
		return 0;
	return sysfs_check(SYSFS_MOUNT, -1, NULL, NULL);
}
