// SPDX-License-Identifier: GPL-2.0-only
/*
 * self: the lock itself, in force with the first protection.
 *
 *   file_open     ftrace: kernel.ftrace_enabled is written, by anyone and
 *                 through whichever proc mount; 0 there stops every attached
 *                 program. trust: a process is moved into a trusted cgroup
 *   task_alloc    trust: a process is born in another cgroup
 *   inode_*       pins: a name below /sys/fs/bpf/bpflock appears or goes
 */
#include "lock.h"

PROTECTION(self, SELF);

#define PIN_LEVELS 3 /* bpflock / <protection> / <hook> */

/* The kernel's hash of a cgroup's name, as the frozen policy has it. */
static __noinline unsigned int name_hash(const struct dentry *d)
{
	struct name name;
	__u64 hash = 0;

	dentry_name(d, &name);
	for (int i = 0; i < BPFLOCK_TRUST_NAME; i++) {
		__u64 c = (unsigned char)name.text[i];

		if (!c)
			break;
		hash = (hash + (c << 4) + (c >> 4)) * 11;
	}
	/* include/linux/hash.h hash_64(), fs/kernfs/dir.c kernfs_name_hash() */
	hash = hash * 0x61C8864680B583EBULL >> 32;
	hash &= 0x7fffffff;
	if (hash < 2)
		hash += 2;
	if (hash >= 0x7fffffff)
		hash = 0x7ffffffe;
	return hash;
}

/* The same question as trust_matches(), for a folder of cgroup2's files. */
static __always_inline bool folder_matches(unsigned int n,
					   const struct dentry *d)
{
	for (unsigned int i = 0; i < BPFLOCK_TRUST_DEPTH; i++) {
		if (i == self_policy.trust_depth[n])
			break;
		if (d == d->d_sb->s_root ||
		    name_hash(d) != self_policy.trust_hash[n][i])
			return false;
		d = d->d_parent;
	}
	return d == d->d_sb->s_root;
}

static __noinline bool folder_trusted(const struct dentry *d)
{
	for (int level = 0; level < CGROUP_LEVELS; level++) {
		if (d == d->d_sb->s_root)
			return false;
		for (unsigned int n = 0; n < BPFLOCK_TRUST_MAX; n++) {
			if (n >= self_policy.trusts)
				break;
			if (folder_matches(n, d))
				return true;
		}
		d = d->d_parent;
	}
	return false;
}

/**
 * self_file_open - a file is opened for writing
 * @file: the file
 *
 * kernel/trace/ftrace.c:ftrace_enable_sysctl(), kernel/cgroup/cgroup.c:
 * cgroup_procs_write(). Names in proc and cgroup2 cannot be chosen for a file
 * that is not what it says. Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(self_file_open, struct file *file)
{
	unsigned long magic;
	struct dentry *d;
	struct name name;

	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	magic = file->f_inode->i_sb->s_magic;
	d = file->f_path.dentry;
	if (magic != PROC_SUPER_MAGIC && magic != CGROUP2_MAGIC)
		return 0;
	dentry_name(d, &name);
	if (magic == PROC_SUPER_MAGIC) {
		if (!name_is(&name, "ftrace_enabled"))
			return 0;
		return self_check(SELF_FTRACE, -1, NULL, d);
	}
	if (self_policy.trusts &&
	    (name_is(&name, "cgroup.procs") ||
	     name_is(&name, "cgroup.threads")) &&
	    folder_trusted(d->d_parent))
		return self_check(SELF_TRUST, -1, NULL, d->d_parent);
	return 0;
}

/**
 * self_task_alloc - a task is made
 * @task: the new task, still empty
 * @clone_flags: of clone3(2)
 *
 * The target of CLONE_INTO_CGROUP is not known here (kernel/fork.c:
 * copy_process()), so it is refused to those who are not host as long as some
 * cgroup is trusted. Callers fall back to cgroup.procs.
 * Return: 0 or -EPERM.
 */
SEC("lsm/task_alloc")
int BPF_PROG(self_task_alloc, struct task_struct *task, __u64 clone_flags)
{
	if (!self_policy.trusts || !(clone_flags & CLONE_INTO_CGROUP))
		return 0;
	return self_check(SELF_TRUST, -1, NULL, NULL);
}

static __noinline bool is_pin(const struct dentry *d)
{
	const struct dentry *root = d->d_sb->s_root;
	struct name name;

	if (d->d_sb->s_magic != BPF_FS_MAGIC ||
	    d->d_sb->s_dev != self_policy.pin_dev)
		return false;
	for (int i = 0; i < PIN_LEVELS; i++) {
		if (d->d_parent != root) {
			d = d->d_parent;
			continue;
		}
		dentry_name(d, &name);
		return name_is(&name, "bpflock");
	}
	return false;
}

static __noinline int check_pin(const struct dentry *d)
{
	return is_pin(d) ? self_check(SELF_PINS, -1, NULL, d) : 0;
}

/*
 * The rest rest on fs/namei.c, where each hook comes before the change. They
 * return 0 or -EPERM.
 */

/** self_inode_unlink - @dentry in @dir is removed */
SEC("lsm/inode_unlink")
int BPF_PROG(self_inode_unlink, struct inode *dir, struct dentry *dentry)
{
	return check_pin(dentry);
}

/** self_inode_rmdir - the folder @dentry in @dir is removed */
SEC("lsm/inode_rmdir")
int BPF_PROG(self_inode_rmdir, struct inode *dir, struct dentry *dentry)
{
	return check_pin(dentry);
}

/** self_inode_rename - @old is moved to @new, which it replaces */
SEC("lsm/inode_rename")
int BPF_PROG(self_inode_rename, struct inode *old_dir, struct dentry *old,
	     struct inode *new_dir, struct dentry *new)
{
	int err = check_pin(old);

	return err ? err : check_pin(new);
}

/** self_inode_link - @new in @dir becomes another name of @old */
SEC("lsm/inode_link")
int BPF_PROG(self_inode_link, struct dentry *old, struct inode *dir,
	     struct dentry *new)
{
	int err = check_pin(old);

	return err ? err : check_pin(new);
}

/** self_inode_create - @dentry is made in @dir: BPF_OBJ_PIN too */
SEC("lsm/inode_create")
int BPF_PROG(self_inode_create, struct inode *dir, struct dentry *dentry)
{
	return check_pin(dentry);
}

/** self_inode_mkdir - the folder @dentry is made in @dir */
SEC("lsm/inode_mkdir")
int BPF_PROG(self_inode_mkdir, struct inode *dir, struct dentry *dentry)
{
	return check_pin(dentry);
}
