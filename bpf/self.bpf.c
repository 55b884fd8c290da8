// SPDX-License-Identifier: GPL-2.0-only
/*
 * self: the lock itself. It is in force with the first protection, and keeps
 * other processes from taking off the lock, or from stopping or replacing its
 * programs. Under seal=on it binds host processes too, except for the things
 * that PID 1 must do.
 *
 *   inode_*              pins: making, changing or removing a name below
 *                        /sys/fs/bpf/bpflock
 *   inode_rmdir, inode_rename
 *                        mounts: removing a directory that the bpffs depends on
 *   sb_remount           mounts: making the bpffs read-only, for other processes
 *   sb_umount            mounts: unmounting the bpffs, or a mount that it
 *                        depends on
 *   sb_mount, move_mount mounts: covering the path to the pins, or moving the
 *                        mounts that lead to them (self_moves.h)
 *   sb_pivotroot         mounts: moving them by exchanging the root
 *   bpf_map, bpf_prog, bpf, capable
 *                        objects, writes: descriptors of our maps, programs and
 *                        links
 *   bpf, bpf_prog        programs: loading a program that could overrule ours
 *   file_open            ftrace: writing kernel.ftrace_enabled, for everybody
 *                        and through any mount of proc, since 0 there stops all
 *                        attached programs
 *                        trust: moving a process into a trusted cgroup
 *   inode_mkdir          trust: making the cgroup of a service
 *   task_alloc           trust: making a process in another cgroup
 *   ptrace_access_check  init: tracing PID 1
 *   file_open, bpf, capable
 *                        init: under the seal, making uprobes, which can write
 *                        into PID 1 (uprobes.h)
 *   mmap_file, bprm_check_security
 *                        init: under the seal, what PID 1 itself runs
 */
#include "syscall.h"
#include "uprobes.h"

#include "self.h"
#include "self_chain.h"
#include "self_flight.h"
#include "self_init.h"
#include "self_moves.h"
#include "self_objects.h"
#include "self_pins.h"
#include "self_trust.h"

/* ---- Names: pins, and directories with mounts on them ------------------------ */

/*
 * check_mounts - decide whether mounts may go
 * @t: the mount, or the directories with mounts on them, that are about to go
 *
 * The function looks up the mask first, because climbing the mounts takes time.
 * PID 1 may proceed if another mount of the bpffs remains.
 */
static __noinline int check_mounts(const struct target *t)
{
	bool host = is_host(&self_record);
	struct request r;

	if (!((host ? self_record.now.masks.deny_host :
		      self_record.now.masks.deny_other) &
	      BPFLOCK_BIT(SELF_MOUNTS)))
		return 0;
	if (!chain_hit(t) || (is_exempt() && chain_remains(t)))
		return 0;
	self_request(&r, SELF_MOUNTS, -1, NULL, NULL);
	return check_as(&self_record, &r, host);
}

/*
 * check_dirs - decide whether two directories may go
 *
 * Removing a directory also detaches the mounts on it, in every mount namespace.
 * Most directories have none, which the dentry tells.
 * The function returns early for pins, because otherwise the verifier would
 * explore the rest twice.
 */
static __always_inline int check_dirs(const struct dentry *one,
				      const struct dentry *other)
{
	struct target t = {};

	if (is_pin(one))
		return check_pin(one);
	if (one != other && is_pin(other))
		return check_pin(other);
	if (!((one->d_flags | other->d_flags) & DCACHE_MAYBE_MOUNTED))
		return 0;
	if (newroot_dirs_go(one, other))
		return self_check(SELF_MOUNTS, -1, NULL, one);
	t.dir[0] = number(one);
	t.dir[1] = number(other);
	return check_mounts(&t);
}

/*
 * The functions of fs/namei.c call the following hooks before they change the
 * names. The programs return 0 or -EPERM.
 */

/** self_inode_unlink - a process removes @dentry in @dir */
SEC("lsm/inode_unlink")
int BPF_PROG(self_inode_unlink, struct inode *dir, struct dentry *dentry)
{
	dentry = PLAIN(struct dentry, dentry);
	return check_pin(dentry);
}

/** self_inode_rmdir - a process removes the directory @dentry in @dir */
SEC("lsm/inode_rmdir")
int BPF_PROG(self_inode_rmdir, struct inode *dir, struct dentry *dentry)
{
	dentry = PLAIN(struct dentry, dentry);
	return check_dirs(dentry, dentry);
}

/** self_inode_rename - a process moves @old to @new, and may replace @new */
SEC("lsm/inode_rename")
int BPF_PROG(self_inode_rename, struct inode *old_dir, struct dentry *old,
	     struct inode *new_dir, struct dentry *new)
{
	old = PLAIN(struct dentry, old);
	new = PLAIN(struct dentry, new);
	return check_dirs(old, new);
}

/** self_inode_link - a process makes @new in @dir, another name of @old */
SEC("lsm/inode_link")
int BPF_PROG(self_inode_link, struct dentry *old, struct inode *dir,
	     struct dentry *new)
{
	int err;

	old = PLAIN(struct dentry, old);
	new = PLAIN(struct dentry, new);
	err = check_pin(old);
	return err ? err : check_pin(new);
}

/** self_inode_symlink - a process makes the link @dentry in @dir, to @name */
SEC("lsm/inode_symlink")
int BPF_PROG(self_inode_symlink, struct inode *dir, struct dentry *dentry,
	     const char *name)
{
	dentry = PLAIN(struct dentry, dentry);
	return check_pin(dentry);
}

/** self_inode_create - a process makes @dentry in @dir, also by BPF_OBJ_PIN */
SEC("lsm/inode_create")
int BPF_PROG(self_inode_create, struct inode *dir, struct dentry *dentry)
{
	dentry = PLAIN(struct dentry, dentry);
	return check_new(dentry);
}

/**
 * self_inode_mkdir - a process makes the directory @dentry in @dir
 *
 * By making a directory below the pins, the loader shows the program the bpffs,
 * for self_chain.h, and "bpflock late" turns on the late parts of all records.
 * A directory of cgroup2 may become the cgroup of a service.
 */
SEC("lsm/inode_mkdir")
int BPF_PROG(self_inode_mkdir, struct inode *dir, struct dentry *dentry)
{
	__u64 sb, all = ~0ULL;
	__u32 key = 0;
	int err;

	dentry = PLAIN(struct dentry, dentry);
	sb = (__u64)dentry->d_sb;
	if (is_pin(dentry) && is_loader(&self_record))
		bpf_map_update_elem(&self_bpffs, &key, &sb, 0);
	err = check_new(dentry);
	if (!err && is_late(dentry))
		bpf_map_update_elem(&late_state, &key, &all, 0);
	if (!err && becomes_service(dentry) && !caller_trusted())
		err = self_check(SELF_TRUST, -1, NULL, dentry);
	return err;
}

/** self_inode_setattr - a process changes the owner, mode or times of a name */
SEC("lsm/inode_setattr")
int BPF_PROG(self_inode_setattr)
{
	return check_pin(SETATTR_DENTRY(ctx));
}

/* ---- Mounts -------------------------------------------------------------- */

/**
 * self_sb_umount - a process unmounts a mount, with all mounts below it
 * @m: the mount
 * @flags: MNT_*, UMOUNT_NOFOLLOW
 *
 * PID 1 may unmount as long as the bpffs stays mounted in the initial mount
 * namespace: when systemd switches the root, it copies /sys and unmounts the
 * old root. Rests on fs/namespace.c:do_umount(), lazy or not.
 * Return: 0 or -EPERM.
 */
SEC("lsm/sb_umount")
int BPF_PROG(self_sb_umount, struct vfsmount *m, int flags)
{
	struct target t = {};

	m = PLAIN(struct vfsmount, m);
	t.mount = number(m) - OFFSET(mount, mnt);
	if (self_record.newroots || flags & MNT_DETACH) {
		unsigned int by = mover();

		if (newroot_goes(by, m) ||
		    (flags & MNT_DETACH &&
		     flights_cross(by, FLIGHT_UNMOUNT, t.mount)))
			return self_check(SELF_MOUNTS, -1, NULL, m->mnt_root);
	}
	return check_mounts(&t);
}

/**
 * self_sb_remount - a process changes the options of a superblock
 * @sb: the superblock
 *
 * On a read-only bpffs the host could make no pins, and "bpflock late" no
 * directory. Host processes may do it, as systemd does at shutdown. Rests on
 * fs/super.c:reconfigure_super(). Return: 0 or -EPERM.
 */
SEC("lsm/sb_remount")
int BPF_PROG(self_sb_remount, struct super_block *sb)
{
	sb = PLAIN(struct super_block, sb);
	if (sb->s_magic != BPF_FS_MAGIC || sb->s_dev != self_record.pin_dev ||
	    is_host(&self_record))
		return 0;
	return self_check(SELF_MOUNTS, -1, NULL, sb->s_root);
}

/* Decide whether something may be mounted on a path. */
static __noinline int check_cover(const struct path *to)
{
	struct target t;

	if (!sealed() && is_host(&self_record))
		return 0;
	t.mount = number(to->mnt) - OFFSET(mount, mnt);
	t.dir[0] = t.dir[1] = number(to->dentry);
	return chain_covered(&t) ?
		       self_check(SELF_MOUNTS, -1, NULL, to->dentry) :
		       0;
}

/**
 * self_sb_mount - mount(2) is called
 * @dev_name: unused
 * @to: the mount point
 * @type: unused
 * @flags: MS_*
 *
 * fs/namespace.c:path_mount() tests MS_REMOUNT first, and MS_BIND before
 * MS_PROPAGATION, and so does the program. For MS_MOVE, the kernel looks up the
 * mount that is moved after the hook, so it may be any: who may not move all of
 * them moves none. move_mount(2) moves the others. What a recursive bind mount
 * copies is not known either (self_flight.h). Return: 0 or -EPERM.
 */
SEC("lsm/sb_mount")
int BPF_PROG(self_sb_mount, const char *dev_name, struct path *to,
	     const char *type, unsigned long flags)
{
	if (flags & MS_REMOUNT ||
	    (flags & MS_PROPAGATION && !(flags & MS_BIND)))
		return 0;
	to = PLAIN(struct path, to);
	if (flags & MS_BIND ? flags & MS_REC : flags & MS_MOVE) {
		unsigned int by = mover();

		if ((!(flags & MS_BIND) && !moves_freely(by, to)) ||
		    flights_cross(by, FLIGHT_COPY, 0))
			return self_check(SELF_MOUNTS, -1, NULL, to->dentry);
	}
	return check_cover(to);
}

/**
 * self_move_mount - move_mount(2) is called
 * @from: the mount
 * @to: the mount point
 *
 * The root of a mount as the mount point: the new mount goes over that mount, or
 * with MOVE_MOUNT_BENEATH below it, or with MOVE_MOUNT_SET_GROUP that mount joins
 * the peers of @from. Rests on fs/namespace.c:vfs_move_mount().
 *
 * A mount that joins the peers of the chain changes, in any mount namespace, what
 * an unmount of it takes along. No other call makes one join later, and the hook
 * of that unmount may have run before. Only mounts of one superblock can be peers,
 * so what a container engine mounts over another file system does not join
 * (fs/namespace.c:do_set_group()).
 *
 * A mount with others on it takes them below @to, and one that comes beneath a
 * mount takes that below itself (self_flight.h). Return: 0 or -EPERM.
 */
SEC("lsm/move_mount")
int BPF_PROG(self_move_mount, struct path *from, struct path *to)
{
	unsigned int by = mover();
	const struct vfsmount *top;
	bool joins;

	from = PLAIN(struct path, from);
	to = PLAIN(struct path, to);
	joins = to->dentry == to->mnt->mnt_root &&
		to->mnt->mnt_sb == from->mnt->mnt_sb &&
		mount_shared(from->mnt) && by & MOVER_BOUND;
	top = to->dentry == to->mnt->mnt_root ? to->mnt : from->mnt;
	if (((joins || !moves_freely(by, to)) &&
	     chain_has(from->mnt, top, joins)) ||
	    moves_newroot(by, from, to) ||
	    ((has_below(from->mnt) || to->dentry == to->mnt->mnt_root) &&
	     flights_cross(by, FLIGHT_COPY, 0)))
		return self_check(SELF_MOUNTS, -1, NULL, from->dentry);
	return check_cover(to);
}

/**
 * self_sb_pivotroot - pivot_root(2) is called
 * @old: where the mount of the current root goes to
 * @new: the root of the mount that takes its place
 *
 * The new root must be where the old one goes to as well, since other mounts
 * below it may be of a file system that removes directories by itself. Rests on
 * fs/namespace.c:path_pivot_root(). Return: 0 or -EPERM.
 */
SEC("lsm/sb_pivotroot")
int BPF_PROG(self_sb_pivotroot, const struct path *old, const struct path *new)
{
	const struct fs_struct *fs = READ(current_task(), fs);
	unsigned int by = mover();

	old = PLAIN(struct path, old);
	new = PLAIN(struct path, new);
	if (((!moves_freely(by, new) ||
	      (old->mnt != new->mnt && !moves_anywhere(by))) &&
	     chain_has(READ(fs, root.mnt), new->mnt, 0)) ||
	    flights_cross(by, FLIGHT_COPY, 0))
		return self_check(SELF_MOUNTS, -1, NULL, new->dentry);
	return 0;
}

/* ---- Objects and programs ------------------------------------------------ */

/**
 * self_bpf_map - a process is about to get a descriptor of a map
 * @map: the map
 * @fmode: FMODE_READ, FMODE_WRITE
 *
 * kernel/bpf/syscall.c:bpf_map_new_fd() calls the hook when a map is made, and
 * when a process gets it by id or by path. To take events out of the ring, a
 * process must be able to write it. So host processes may have the ring even
 * under the seal. Return: 0 or -EPERM.
 */
SEC("lsm/bpf_map")
int BPF_PROG(self_bpf_map, struct bpf_map *map, unsigned int fmode)
{
	bool ring = map == (void *)&events;
	bool lost = map == (void *)&events_lost ||
		    map == (void *)&events_kinds ||
		    map == (void *)&events_shares;

	map = PLAIN(struct bpf_map, map);
	if (!ring && !lost && !is_ours(map->name))
		return 0;
	if (is_loader(&self_record))
		return 0;
	if (!ring && (fmode & FMODE_WRITE || !(lost || may_be_read(map))))
		return self_check(SELF_WRITES, -1, NULL, NULL);
	return self_check(SELF_OBJECTS, -1, NULL, NULL);
}

/**
 * self_bpf_prog - a process is about to get a descriptor of a program
 * @prog: the program
 *
 * kernel/bpf/syscall.c:bpf_prog_new_fd() calls the hook for every descriptor,
 * also when the program has just been loaded. A descriptor lets its holder
 * attach the program once more, which is harmless. Under the seal nobody can
 * load a program that replaces a part of it. Return: 0 or -EPERM.
 */
SEC("lsm/bpf_prog")
int BPF_PROG(self_bpf_prog, struct bpf_prog *prog)
{
	prog = PLAIN(struct bpf_prog, prog);
	if (sealed() && is_init() && may_overrule(prog))
		return self_check(SELF_PROGRAMS, -1, NULL, NULL);
	if (!is_ours(prog->aux->name))
		return 0;
	return self_check(SELF_OBJECTS, -1, NULL, NULL);
}

/**
 * self_bpf - bpf(2) is called
 * @cmd: enum bpf_cmd
 * @attr: its arguments, a copy in kernel memory
 *
 * The kernel has no hook for descriptors of links, so the program decides the
 * command that gets one by id. Return: 0 or -EPERM.
 */
SEC("lsm/bpf")
int BPF_PROG(self_bpf, int cmd, const __u32 *attr)
{
	if (cmd == BPF_PROG_LOAD)
		return check_program(attr);
	if (cmd == BPF_LINK_GET_FD_BY_ID)
		return self_check(SELF_OBJECTS, cmd, NULL, NULL);
	if (changes_anchors(cmd, attr) && !is_loader(&self_record))
		return self_check(SELF_PROGRAMS, cmd, NULL, NULL);
	if (cmd == BPF_LINK_CREATE && sealed() && links_uprobes(attr))
		return self_check(SELF_INIT, cmd, NULL, NULL);
	return 0;
}

/**
 * self_capable - does the task have a capability?
 * @cred: the credentials of the task
 * @ns: the user namespace that the capability is needed in
 * @cap: the capability
 *
 * The directory of the pins has no permission bits at all. So BPF_OBJ_GET, which
 * gets a link by path, needs one of these capabilities
 * (fs/namei.c:generic_permission()). For perf_event_open(2) see uprobes.h.
 * Return: 0 or -EPERM.
 */
SEC("lsm/capable")
int BPF_PROG(self_capable, const struct cred *cred, struct user_namespace *ns,
	     int cap)
{
	if (sealed() && perf_uprobe_cap(cap) &&
	    current_syscall() == SYSCALL_PERF_EVENT_OPEN &&
	    !is_loader(&self_record))
		return self_check(SELF_INIT, cap, NULL, NULL);
	if ((cap != CAP_DAC_OVERRIDE && cap != CAP_DAC_READ_SEARCH) ||
	    current_syscall() != SYSCALL_BPF)
		return 0;
	return self_check(SELF_OBJECTS, -1, NULL, NULL);
}

/* ---- ftrace and trusted cgroups ------------------------------------------ */

/*
 * Decide the opening of a file of proc, cgroup2 or tracefs for writing. In tracefs
 * only the seal denies anything.
 */
static OWN_FUNCTION int check_open(const struct file *file, unsigned long magic)
{
	struct dentry *d = file->f_path.dentry;
	struct request r;
	struct name name;

	if (magic == TRACEFS_MAGIC)
		return sealed() && makes_uprobes(d) ?
			       self_check(SELF_INIT, -1, NULL, d) :
			       0;
	dentry_name(d, &name);
	if (magic == PROC_SUPER_MAGIC) {
		if (!name_is(&name, "ftrace_enabled"))
			return 0;
		return self_check(SELF_FTRACE, -1, NULL, d);
	}
	if (guards_cgroups() &&
	    (name_is(&name, "cgroup.procs") ||
	     name_is(&name, "cgroup.threads")) &&
	    dir_trusted(d->d_parent) && !caller_trusted()) {
		self_request(&r, SELF_TRUST, -1, NULL, d->d_parent);
		return check_opened(&self_record, &r);
	}
	return 0;
}

/**
 * self_file_open - a process opens a file
 * @file: the file
 *
 * The names decide, since a process cannot make or rename files in proc and
 * cgroup2. Rests on kernel/trace/ftrace.c:ftrace_enable_sysctl() and
 * kernel/cgroup/cgroup.c:cgroup_procs_write(). Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(self_file_open, struct file *file)
{
	unsigned long magic;

	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	file = PLAIN(struct file, file);
	magic = file->f_inode->i_sb->s_magic;
	if (magic != PROC_SUPER_MAGIC && magic != CGROUP2_MAGIC &&
	    magic != TRACEFS_MAGIC)
		return 0;
	return check_open(file, magic);
}

/**
 * self_task_alloc - clone is about to make a task
 * @task: the new task, still a copy of its parent
 * @clone_flags: the flags of clone3(2)
 *
 * The hook does not receive the target of CLONE_INTO_CGROUP (kernel/fork.c:
 * copy_process()). So self denies the flag to other processes as long as the
 * record lists any trusted cgroup. Callers fall back to cgroup.procs.
 * Return: 0 or -EPERM.
 */
SEC("lsm/task_alloc")
int BPF_PROG(self_task_alloc, struct task_struct *task, __u64 clone_flags)
{
	if (!guards_cgroups() || !(clone_flags & CLONE_INTO_CGROUP) ||
	    caller_trusted())
		return 0;
	return self_check(SELF_TRUST, -1, NULL, NULL);
}

/* ---- PID 1 --------------------------------------------------------------- */

/**
 * self_ptrace_access_check - may the current task look into another task?
 * @child: the other task
 * @mode: PTRACE_MODE_*
 *
 * A process that can write to the memory of PID 1 can act as PID 1, which the
 * seal exempts. Reading it is allowed. Rests on kernel/ptrace.c:
 * __ptrace_may_access() and kernel/fork.c:copy_mm(). Return: 0 or -EPERM.
 */
SEC("lsm/ptrace_access_check")
int BPF_PROG(self_ptrace_access_check, struct task_struct *child,
	     unsigned int mode)
{
	child = PLAIN(struct task_struct, child);
	if (!(mode & PTRACE_MODE_ATTACH) || !has_memory_of_init(child))
		return 0;
	return self_check(SELF_INIT, -1, NULL, NULL);
}

/**
 * self_bprm_check_security - execve is about to find the format of a file
 * @bprm: the execution; its file is the named one, then each interpreter
 *
 * Rests on fs/exec.c:search_binary_handler(). Return: 0 or -EPERM.
 */
SEC("lsm/bprm_check_security")
int BPF_PROG(self_bprm_check_security, struct linux_binprm *bprm)
{
	if (!sealed() || !is_init())
		return 0;
	bprm = PLAIN(struct linux_binprm, bprm);
	if (!runs_foreign(bprm->file, PROT_EXEC))
		return 0;
	return self_check(SELF_INIT, -1, NULL, bprm->file->f_path.dentry);
}

/**
 * self_mmap_file - a process maps a file
 * @file: the file, or NULL
 * @reqprot: the protection that the process asked for
 * @prot: the protection that it gets
 *
 * A library can do its work without executable code of its own, by its relocations.
 * Rests on mm/util.c:vm_mmap_pgoff(). Return: 0 or -EPERM.
 */
SEC("lsm/mmap_file")
int BPF_PROG(self_mmap_file, struct file *file, unsigned long reqprot,
	     unsigned long prot)
{
	if (!sealed() || !is_init())
		return 0;
	file = PLAIN(struct file, file);
	if (!file || !runs_foreign(file, prot))
		return 0;
	return self_check(SELF_INIT, -1, NULL, file->f_path.dentry);
}
