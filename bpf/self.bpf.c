// SPDX-License-Identifier: GPL-2.0-only
/*
 * self: the lock itself, in force with the first protection.
 *
 *   file_open     ftrace: kernel.ftrace_enabled is written, by anyone and
 *                 through whichever proc mount; 0 there stops every attached
 *                 program. trust: a process is moved into a trusted cgroup
 *   task_alloc    trust: a process is born in another cgroup
 *   inode_*       pins: a name below /sys/fs/bpf/bpflock appears, changes or
 *                 goes. mounts: so does a folder that the bpffs depends on
 *   sb_umount     mounts: the bpffs, or a mount that it depends on, goes
 *   sb_mount, move_mount
 *                 mounts: the way to the pins is covered
 *   bpf_map, bpf_prog, bpf, capable
 *                 objects, writes: descriptors of what is loaded
 *   bpf, bpf_prog programs: one that could overrule ours is loaded
 *   ptrace_access_check
 *                 init: PID 1 is traced
 *
 * seal=on makes all of this bind the host too, except what PID 1 must do.
 */
#include "syscall.h"

PROTECTION(self, SELF);

#include "chain.h"
#include "objects.h"
#include "trust.h"

#define CAP_DAC_OVERRIDE    1
#define CAP_DAC_READ_SEARCH 2

#define PTRACE_MODE_ATTACH 0x02 /* include/linux/ptrace.h */

/* Nothing else of a host process is asked about unless the lock is sealed. */
static __always_inline bool sealed(void)
{
	return self_policy.now.deny_host & BPFLOCK_BIT(SELF_PINS);
}

static __always_inline bool is_init(void)
{
	return READ(current_task(), tgid) == 1;
}

#define PIN_LEVELS 3 /* bpflock / <protection> / <hook> */

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
	    folder_trusted(d->d_parent) && !caller_trusted())
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
	if (!self_policy.trusts || !(clone_flags & CLONE_INTO_CGROUP) ||
	    caller_trusted())
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

/* To climb costs time: first of all, is it denied to this caller? */
static __noinline int check_mounts(const struct target *t)
{
	bool host = is_host(&self_policy), remains;
	struct request r;

	if (!((host ? self_policy.now.deny_host : self_policy.now.deny_other) &
	      BPFLOCK_BIT(SELF_MOUNTS)))
		return 0;
	if (!chain_hit(t, &remains) || (remains && is_init()))
		return 0;
	self_request(&r, SELF_MOUNTS, -1, NULL, NULL);
	return check_as(&r, host);
}

static __noinline int check_pin(const struct dentry *d)
{
	return is_pin(d) && !is_loader(&self_policy) ?
		       self_check(SELF_PINS, -1, NULL, d) :
		       0;
}

/*
 * Folders that go take along what is mounted on them, in any namespace. Pins
 * are answered at once: whatever goes on from there the verifier sees twice.
 */
static __always_inline int check_folders(const struct dentry *one,
					 const struct dentry *other)
{
	struct target t = {};

	if (is_pin(one))
		return check_pin(one);
	if (one != other && is_pin(other))
		return check_pin(other);
	t.folder[0] = (__u64)one;
	t.folder[1] = (__u64)other;
	return check_mounts(&t);
}

/* To make is refused to containers alone: bpflock-late pins under the seal. */
static __noinline int check_new(const struct dentry *d)
{
	return is_pin(d) && !is_host(&self_policy) ?
		       self_check(SELF_PINS, -1, NULL, d) :
		       0;
}

/*
 * The rest of the names rests on fs/namei.c, where each hook comes before the
 * change. They return 0 or -EPERM.
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
	return check_folders(dentry, dentry);
}

/** self_inode_rename - @old is moved to @new, which it replaces */
SEC("lsm/inode_rename")
int BPF_PROG(self_inode_rename, struct inode *old_dir, struct dentry *old,
	     struct inode *new_dir, struct dentry *new)
{
	return check_folders(old, new);
}

/** self_inode_link - @new in @dir becomes another name of @old */
SEC("lsm/inode_link")
int BPF_PROG(self_inode_link, struct dentry *old, struct inode *dir,
	     struct dentry *new)
{
	int err = check_pin(old);

	return err ? err : check_pin(new);
}

/** self_inode_symlink - @dentry is made in @dir, with @name in it */
SEC("lsm/inode_symlink")
int BPF_PROG(self_inode_symlink, struct inode *dir, struct dentry *dentry,
	     const char *name)
{
	return check_pin(dentry);
}

/** self_inode_create - @dentry is made in @dir: BPF_OBJ_PIN too */
SEC("lsm/inode_create")
int BPF_PROG(self_inode_create, struct inode *dir, struct dentry *dentry)
{
	return check_new(dentry);
}

/* The folder that turns the late parts of all policies on. */
static __noinline bool is_late(const struct dentry *d)
{
	struct name name;

	if (!is_pin(d) || d->d_parent->d_parent != d->d_sb->s_root)
		return false;
	dentry_name(d, &name);
	return name_is(&name, BPFLOCK_LATE);
}

/** self_inode_mkdir - the folder @dentry is made in @dir */
SEC("lsm/inode_mkdir")
int BPF_PROG(self_inode_mkdir, struct inode *dir, struct dentry *dentry)
{
	__u64 sb = (__u64)dentry->d_sb, all = ~0ULL;
	__u32 key = 0;
	int err;

	/* This is how the loader shows the bpffs: see chain.h. */
	if (is_pin(dentry) && is_loader(&self_policy))
		bpf_map_update_elem(&self_bpffs, &key, &sb, 0);
	err = check_new(dentry);
	if (!err && is_late(dentry))
		bpf_map_update_elem(&late_state, &key, &all, 0);
	return err;
}

/** self_inode_setattr - owner, mode or times of a dentry are changed */
SEC("lsm/inode_setattr")
int BPF_PROG(self_inode_setattr)
{
	return check_pin(SETATTR_DENTRY(ctx));
}

/* struct mount around the vfsmount that hooks are given */
static __always_inline __u64 around(const struct vfsmount *m)
{
	return (__u64)m - bpf_core_field_offset(struct mount, mnt);
}

/**
 * self_sb_umount - a mount goes, with all below it
 * @m: the mount
 *
 * fs/namespace.c:do_umount(), lazy or not. PID 1 may as long as the bpffs stays
 * mounted in the initial namespace: systemd's switch of the root copies /sys
 * and unmounts the old root. Return: 0 or -EPERM.
 */
SEC("lsm/sb_umount")
int BPF_PROG(self_sb_umount, struct vfsmount *m)
{
	struct target t = {};

	t.mount = around(m);
	return check_mounts(&t);
}

static __noinline int check_cover(const struct path *to)
{
	struct target t;

	if (!sealed() && is_host(&self_policy))
		return 0;
	t.mount = around(to->mnt);
	t.folder[0] = t.folder[1] = (__u64)to->dentry;
	return chain_covered(&t) ?
		       self_check(SELF_MOUNTS, -1, NULL, to->dentry) :
		       0;
}

/**
 * self_sb_mount - mount(2)
 * @dev_name: what
 * @to: where
 * @type: of which type
 * @flags: MS_*
 *
 * fs/namespace.c:path_mount(). Return: 0 or -EPERM.
 */
SEC("lsm/sb_mount")
int BPF_PROG(self_sb_mount, const char *dev_name, struct path *to,
	     const char *type, unsigned long flags)
{
	if (flags & (MS_REMOUNT | MS_PROPAGATION))
		return 0;
	return check_cover(to);
}

/**
 * self_move_mount - move_mount(2)
 * @from: what
 * @to: where
 *
 * fs/namespace.c:vfs_move_mount(). Return: 0 or -EPERM.
 */
SEC("lsm/move_mount")
int BPF_PROG(self_move_mount, struct path *from, struct path *to)
{
	return check_cover(to);
}

/**
 * self_bpf_map - somebody gets a descriptor of a map
 * @map: the map
 * @fmode: FMODE_READ, FMODE_WRITE
 *
 * kernel/bpf/syscall.c:bpf_map_new_fd(), when it is made, by its number and by
 * its path. Events are taken out by those who may write the ring, so that is
 * open to the host also when the lock is sealed. Return: 0 or -EPERM.
 */
SEC("lsm/bpf_map")
int BPF_PROG(self_bpf_map, struct bpf_map *map, unsigned int fmode)
{
	bool ring = map == (void *)&events;
	bool lost = map == (void *)&events_lost;

	if (!ring && !lost && !is_ours(map->name))
		return 0;
	if (is_loader(&self_policy))
		return 0;
	if (!ring && (fmode & FMODE_WRITE || !(lost || may_be_read(map))))
		return self_check(SELF_WRITES, -1, NULL, NULL);
	return self_check(SELF_OBJECTS, -1, NULL, NULL);
}

/**
 * self_bpf_prog - somebody gets a descriptor of a program
 * @prog: the program
 *
 * Also when it has just been loaded. As for maps. It is good for attaching the program once more, and under the
 * seal nothing that could replace a part of it is loaded. Return: 0 or -EPERM.
 */
SEC("lsm/bpf_prog")
int BPF_PROG(self_bpf_prog, struct bpf_prog *prog)
{
	if (sealed() && is_init() && asked_about_bpf(prog))
		return self_check(SELF_PROGRAMS, -1, NULL, NULL);
	if (!is_ours(prog->aux->name))
		return 0;
	return self_check(SELF_OBJECTS, -1, NULL, NULL);
}

/*
 * A later LSM program comes first, and before 6.12 a positive result of it
 * stops ours; so does one that replaces the result of security_*(). One that
 * replaces functions of ours needs a descriptor of them. PID 1 loads its own
 * LSM program (systemd's RestrictFileSystems=).
 */
static __always_inline int check_program(const __u32 *attr)
{
	__u32 type = attr[0], attach = attr[17];

	if (type == BPF_PROG_TYPE_EXT && !sealed())
		return 0;
	if (type != BPF_PROG_TYPE_EXT && type != BPF_PROG_TYPE_LSM &&
	    attach != BPF_MODIFY_RETURN)
		return 0;
	if (is_loader(&self_policy) ||
	    (is_init() && type == BPF_PROG_TYPE_LSM && attach == BPF_LSM_MAC &&
	     is_host(&self_policy)))
		return 0;
	return self_check(SELF_PROGRAMS, type, NULL, NULL);
}

/**
 * self_bpf - bpf(2) was called
 * @cmd: enum bpf_cmd
 * @attr: its arguments, a copy in the kernel (include/uapi/linux/bpf.h: the
 *	type of a program comes first, its attach type is the 18th number)
 *
 * There is no hook for descriptors of links. Return: 0 or -EPERM.
 */
SEC("lsm/bpf")
int BPF_PROG(self_bpf, int cmd, const __u32 *attr)
{
	if (cmd == BPF_PROG_LOAD)
		return check_program(attr);
	if (cmd == BPF_LINK_GET_FD_BY_ID)
		return self_check(SELF_OBJECTS, cmd, NULL, NULL);
	return 0;
}

/**
 * self_capable - a capability is looked for
 * @cred: whose
 * @ns: in which user namespace
 * @cap: the capability
 *
 * The folder of the pins has no permissions at all, so BPF_OBJ_GET of a link
 * in it asks for these (fs/namei.c:generic_permission()).
 * Return: 0 or -EPERM.
 */
SEC("lsm/capable")
int BPF_PROG(self_capable, const struct cred *cred, struct user_namespace *ns,
	     int cap)
{
	if ((cap != CAP_DAC_OVERRIDE && cap != CAP_DAC_READ_SEARCH) ||
	    current_syscall() != SYSCALL_BPF)
		return 0;
	return self_check(SELF_OBJECTS, -1, NULL, NULL);
}

/**
 * self_ptrace_access_check - may the current task look into another one?
 * @child: the other one
 * @mode: PTRACE_MODE_*
 *
 * Who writes into PID 1 is let through as PID 1. Reading passes.
 * Return: 0 or -EPERM.
 */
SEC("lsm/ptrace_access_check")
int BPF_PROG(self_ptrace_access_check, struct task_struct *child,
	     unsigned int mode)
{
	if (child->tgid != 1 || !(mode & PTRACE_MODE_ATTACH))
		return 0;
	return self_check(SELF_INIT, -1, NULL, NULL);
}
