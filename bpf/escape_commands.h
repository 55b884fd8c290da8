/* SPDX-License-Identifier: GPL-2.0-only */
/* escape: commands by ioctl(2) that an other process may not give. */
#ifndef ESCAPE_COMMANDS_H
#define ESCAPE_COMMANDS_H

#include "blkdev.h"
#include "escape.h"
#include "fs_reach.h"

/* include/uapi/linux/nsfs.h: type and number, since the size may grow */
#define NS_MNT_GET_NEXT 0xb70b
#define NS_MNT_GET_PREV 0xb70c

/* Decide a command of a file system, by how far it reaches. */
static __always_inline int check_fs(int reach, unsigned int cmd,
				    const struct dentry *d)
{
	if (reach == FS_REACH_BEYOND)
		return escape_check(ESCAPE_NSENTER, cmd & 0xffff, NULL, d);
	if (reach == FS_REACH_WHOLE)
		return escape_check(ESCAPE_BLOCKDEV, cmd & 0xffff, NULL, d);
	return 0;
}

static __noinline int check_command(const struct file *file, unsigned int cmd)
{
	const struct inode *inode = file->f_inode;

	if ((inode->i_mode & S_IFMT) == S_IFBLK) {
		if (!is_query(cmd))
			return check_file(ESCAPE_BLOCKDEV, file->f_path.dentry);
		return 0;
	}
	if (has_fs_type(cmd))
		return check_fs(fs_reach(cmd), cmd, file->f_path.dentry);
	cmd &= 0xffff;
	if ((cmd == NS_MNT_GET_NEXT || cmd == NS_MNT_GET_PREV) &&
	    inode->i_sb->s_magic == NSFS_MAGIC)
		return check_number(ESCAPE_NSENTER, cmd);
	return 0;
}

/* Decide an ioctl. Most commands are let through before the file is looked at. */
static __always_inline int check_ioctl(const struct file *file,
				       unsigned int cmd)
{
	return for_terminals(cmd) ?
		       0 :
		       check_command(PLAIN(struct file, file), cmd);
}

#endif /* ESCAPE_COMMANDS_H */
