// SPDX-License-Identifier: GPL-2.0-only
/*
 * first: what is asked before the programs of a hook, where these are one program
 * (init/kernel/merge.h). The kernel calls these hooks so often that even the first
 * tests of five programs count. Each program here returns 0 if no protection decides
 * anything about the call, by what is cheap to find out, and else 1.
 *
 * A protection that decides more at such a hook must be named here, too. The boot
 * "sealed" of tests/vm shows it: there every attempt must be denied.
 */
#include "blkdev.h"
#include "compat.h"

#include <bpf/bpf_tracing.h>

/* escape looks at some of these files when they are opened for reading, too. */
static __always_inline bool read_matters(unsigned long magic)
{
	return magic == NSFS_MAGIC ||
	       (OPENS_MEMORY && magic == PROC_SUPER_MAGIC);
}

/* File systems that the kernel fills. */
static __always_inline bool write_matters(unsigned long magic)
{
	switch (magic) {
	case PROC_SUPER_MAGIC:
	case SYSFS_MAGIC:
	case CGROUP2_MAGIC:
	case CGROUP1_MAGIC:
	case NSFS_MAGIC:
	case TRACEFS_MAGIC:
	case SECURITYFS_MAGIC:
	case BINFMTFS_MAGIC:
	case EFIVARFS_MAGIC:
	case CONFIGFS_MAGIC:
	case RPC_PIPEFS_MAGIC:
		return true;
	default:
		return false;
	}
}

/**
 * first_file_open - a process opens a file
 * @file: the file
 *
 * Devices concern rootfs and escape. Rests on fs/open.c:do_dentry_open().
 * Return: 0 if no protection decides anything about it, or 1.
 */
SEC("lsm/file_open")
int BPF_PROG(first_file_open, struct file *file)
{
	bool writes = file->f_mode & FMODE_WRITE;
	const struct inode *inode;
	unsigned long magic;

	file = PLAIN(struct file, file);
	inode = file->f_inode;
	if (is_device(inode->i_mode))
		return 1;
	magic = inode->i_sb->s_magic;
	return read_matters(magic) || (writes && write_matters(magic));
}

/**
 * first_file_ioctl - a process calls ioctl(2)
 * @file: the file
 * @cmd: the command
 *
 * Rests on fs/ioctl.c. Return: 0 if no protection decides anything about it, or 1.
 */
SEC("lsm/file_ioctl")
int BPF_PROG(first_file_ioctl, struct file *file, unsigned int cmd)
{
	return !for_terminals(cmd);
}

/**
 * first_file_ioctl_compat - a 32-bit program calls ioctl(2)
 * @file: the file
 * @cmd: the command
 *
 * Rests on fs/ioctl.c. Return: as first_file_ioctl().
 */
SEC("lsm/file_ioctl_compat")
int BPF_PROG(first_file_ioctl_compat, struct file *file, unsigned int cmd)
{
	return !for_terminals(cmd);
}

char LICENSE[] SEC("license") = "GPL";
