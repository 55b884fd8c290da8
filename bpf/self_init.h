/* SPDX-License-Identifier: GPL-2.0-only */
/* self: PID 1, which the seal exempts, and what can make it do something else. */
#ifndef SELF_INIT_H
#define SELF_INIT_H

#include "self.h"

/* Is the root of PID 1 still the initramfs? */
static __noinline __attribute__((unused)) bool in_initramfs(void)
{
	const struct fs_struct *fs = init_fs(current_task());

	return READ(READ(READ(fs, root.mnt), mnt_sb), s_dev) ==
	       self_record.initramfs_dev;
}

/* Can the initramfs still be left for a new root? */
static __always_inline bool before_newroot(void)
{
	return self_record.newroots && in_initramfs();
}

/*
 * is_exempt - is it PID 1, and may it still change the root?
 *
 * The path that an automount unit names is unmounted by PID 1 itself
 * (umount2(2), systemd.automount(5)), and root names it. So where rootfs closes the
 * root, PID 1 is bound like everybody as soon as it has left the initramfs.
 */
static __always_inline bool is_exempt(void)
{
	return is_init() && (!self_record.root_closed || in_initramfs());
}

/*
 * has_memory_of_init - does the task run in the memory of PID 1?
 *
 * A child that PID 1 makes by vfork(2) or posix_spawn(3) does.
 */
static __always_inline bool has_memory_of_init(const struct task_struct *t)
{
	const void *mm = READ(t, mm);

	return READ(t, tgid) == 1 ||
	       (mm && mm == READ(init_of(current_task()), mm));
}

/**
 * runs_foreign - would PID 1 run code that is not of its verified root?
 * @file: the file that PID 1, the current task, executes or maps
 * @prot: PROT_*, how it is mapped; PROT_EXEC if it is executed
 *
 * PID 1 loads what its environment names (LD_PRELOAD), and executes what it is told
 * (SwitchRoot of systemd before 255). Where rootfs closes the root, its files cannot be
 * changed, and neither can those where the program itself is (/usr on a device of its
 * own). Elsewhere a host process can mount something over them anyhow. The
 * first program of the root is executed by the initramfs, which runs what it likes.
 * PID 1 may map its own BPF maps, but no code there, and read the kernel's BTF and the
 * state of SELinux. It may not even read what else it maps: a library whose segments are
 * only read makes code of its relocations.
 */
static __noinline bool runs_foreign(const struct file *file, unsigned long prot)
{
	struct task_struct *t = current_task();
	const struct dentry *root = READ(READ(t, fs), root.dentry);
	const struct super_block *of_root = READ(root, d_sb), *sb, *own;
	const struct file *exe = READ(READ(t, mm), exe_file);

	if (!self_record.root_closed || !exe ||
	    !(READ(of_root, s_flags) & SB_RDONLY))
		return false;
	own = READ(READ(exe, f_inode), i_sb);
	sb = file->f_inode->i_sb;
	if (READ(own, s_dev) == self_record.initramfs_dev || sb == of_root ||
	    sb == own)
		return false;
	if (READ(sb, s_magic) == ANON_INODE_FS_MAGIC)
		return prot & PROT_EXEC;
	return prot != PROT_READ || (READ(sb, s_magic) != SYSFS_MAGIC &&
				     READ(sb, s_magic) != SELINUX_MAGIC);
}

#endif /* SELF_INIT_H */
