/* SPDX-License-Identifier: GPL-2.0-only */
/* How far does an ioctl command of a file system reach? See fs_ioctls.h. */
#ifndef FS_REACH_H
#define FS_REACH_H

#include "fs_ioctls.h"
#include "kernel.h"

#include <bpf/bpf_helpers.h>

/* The types of the table, so that most commands cost ten comparisons. */
static __always_inline bool has_fs_type(unsigned int cmd)
{
	unsigned int type = cmd >> 8 & 0xff;

	return type == 'X' || type == 'f' || type == 'h' || type == 'l' ||
	       type == 'n' || type == 'o' || type == 0x94 || type == 0xbc ||
	       type == 0xcf || type == 0xf5;
}

#define CASE_REACH(reach, direction, type, number)         \
	case FS_COMMAND(FS_##direction, (type), (number)): \
		return FS_REACH_##reach;

/**
 * fs_reach - does the command reach beyond the file that it is given?
 * @cmd: the second argument of ioctl(2)
 *
 * The file system is not looked at: every command of the table has its number
 * for itself among the file systems that Debian builds. Of devices with the same
 * numbers only UBI is known, whose volumes are data of the host as well.
 *
 * Return: enum fs_reach.
 */
static __noinline int fs_reach(unsigned int cmd)
{
	switch (FS_COMMAND_OF(cmd)) {
		FS_COMMANDS(CASE_REACH)
	}
	return FS_REACH_OWN;
}

#endif /* FS_REACH_H */
