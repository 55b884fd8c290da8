// SPDX-License-Identifier: GPL-2.0-only
/*
 * escape: the ways from a process that is not host into the host.
 *
 *   ptrace_access_check  ptrace: a host process is the target, by whichever
 *                        of the many ways that ask this question
 *   ptrace_traceme       the same from the other side
 *   file_open            nsenter: a namespace file of the host;
 *                        usermodehelper: a file that names a program which
 *                        the kernel runs; blockdev: a device for writing
 *   file_receive         nsenter: a namespace file over a socket
 *   file_ioctl(_compat)  nsenter: walking the mount namespaces;
 *                        blockdev: ioctls that change a device
 *   capable              ptrace: a capability that is as good as the question;
 *                        nsenter: open_by_handle_at, which no mount confines,
 *                        and fanotify_init, which gives files of any mount;
 *                        blockdev: swapon, which writes the host's memory
 *   fs_context_parse_param, sb_remount
 *                        usermodehelper: release_agent= of cgroup v1
 *   netlink_send         usermodehelper: what udev takes for the kernel's word
 *   bprm_creds_for_exec  usermodehelper: the kernel runs a program from a
 *                        mount that is not the host's
 *   sb_kern_mount        blockdev: a device is mounted
 *   inode_mknod          blockdev: a device node is made
 *
 * In restrict none of this binds host processes, trusted cgroups included.
 */
#include "blkdev.h"
#include "syscall.h"

PROTECTION(escape, ESCAPE);

#include "refused.h"
#include "usermodehelper.h"

/* include/uapi/linux/capability.h */
#define CAP_DAC_READ_SEARCH 2

#define FS_REQUIRES_DEV 1 /* include/linux/fs.h */

#define PTRACE_MODE_NOAUDIT 0x04 /* include/linux/ptrace.h */

/*
 * Inlined, down to check_number(): 5.10's verifier crashes over functions of
 * their own whose argument is a number, as tasks are there, or is known to be
 * 0 (__mark_chain_precision() looks for the callee's frame in the caller's
 * state).
 */
static __always_inline bool is_host_task(struct task_struct *t)
{
	return task_is_host(&escape_policy, t);
}

/*
 * Threads may have namespaces of their own, but share the memory of those
 * that stay behind: a thread is as much host as its group's leader.
 */
static __always_inline bool is_host_process(struct task_struct *t)
{
	return is_host_task(t) || is_host_task(READ(t, group_leader));
}

/*
 * Is the target host to some protection to which the tracer is not? What such
 * a process may do, the tracer could have it do.
 */
static __always_inline bool outranks(struct task_struct *target,
				     struct task_struct *tracer)
{
	const volatile struct bpflock_policy *p = &escape_policy;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (p->other_scope[i] &&
		    in_scope(p, target, p->other_scope[i]) &&
		    !in_scope(p, tracer, p->other_scope[i]))
			return true;
	return p->trusts != p->host_trusts &&
	       cgroup_trusted(p, target, p->trusts) &&
	       !cgroup_trusted(p, tracer, p->trusts);
}

/* Threads may have namespaces of their own, but share the group's memory. */
static __always_inline bool process_outranks(struct task_struct *target,
					     struct task_struct *tracer)
{
	const volatile struct bpflock_policy *p = &escape_policy;
	unsigned int all = p->scope;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		all |= p->other_scope[i];
	if (all == p->scope && p->trusts == p->host_trusts)
		return false; /* they all agree */
	if (in_scope(p, tracer, all) ||
	    (p->host_trusts && cgroup_trusted(p, tracer, p->host_trusts)))
		return false;
	return outranks(target, tracer) ||
	       outranks(READ(target, group_leader), tracer);
}

static __always_inline int check_file(int op, const struct dentry *d)
{
	return escape_check(op, -1, NULL, d);
}

static __always_inline int check_number(int op, int detail)
{
	return escape_check(op, detail, NULL, NULL);
}

/* A request for which the current task does not answer. */
static __always_inline int check_for(bool host, int op, int detail,
				     const struct dentry *d)
{
	struct request r;

	escape_request(&r, op, detail, NULL, d);
	return check_as(&r, host);
}

/**
 * escape_ptrace_access_check - may the current task look into another one?
 * @child: the other one
 * @mode: PTRACE_MODE_*
 *
 * Asked by ptrace, most of /proc/PID, process_vm_*, pidfd_getfd, setns with a
 * pidfd, kcmp and more, but not within a thread group
 * (kernel/ptrace.c:__ptrace_may_access()). /proc/PID/stat asks without
 * wanting an entry in the log, and gets none. Return: 0 or -EPERM.
 */
SEC("lsm/ptrace_access_check")
int BPF_PROG(escape_ptrace_access_check, struct task_struct *child,
	     unsigned int mode)
{
	struct task_struct *tracer = current_task();
	bool host;

	if (!concerned(&escape_policy, ESCAPE_PTRACE))
		return 0;
	host = !process_outranks(child, tracer);
	if (host && !is_host_process(child))
		return 0;
	host = host && is_host_task(tracer);
	if (mode & PTRACE_MODE_NOAUDIT) {
		__u64 ops = denied(&escape_policy, host);

		return ops & BPFLOCK_BIT(ESCAPE_PTRACE) ? remember(REFUSED) : 0;
	}
	if (check_for(host, ESCAPE_PTRACE, child->tgid, NULL))
		return remember(REFUSED);
	return 0;
}

/**
 * escape_ptrace_traceme - the current task wants to be traced
 * @parent: by its parent, who has the say here
 *
 * Rests on kernel/ptrace.c:ptrace_traceme(). Return: 0 or -EPERM.
 */
SEC("lsm/ptrace_traceme")
int BPF_PROG(escape_ptrace_traceme, struct task_struct *parent)
{
	struct task_struct *child = current_task();
	bool host;

	if (!concerned(&escape_policy, ESCAPE_PTRACE))
		return 0;
	host = !process_outranks(child, parent);
	if (host && !is_host_process(child))
		return 0;
	return check_for(host && is_host_task(parent), ESCAPE_PTRACE,
			 parent->tgid, NULL);
}

/*
 * A file of nsfs has the namespace's number as its own (fs/nsfs.c). Whoever
 * is not host may have those of the namespaces it is in: a container in the
 * host's network opens /proc/self/ns/net.
 */
static __noinline int check_nsfs(const struct inode *inode)
{
	struct task_struct *t = current_task();
	unsigned int ino = inode->i_ino;
	bool initial = false, own = false;

	if (!concerned(&escape_policy, ESCAPE_NSENTER))
		return 0;
	for (int ns = 0; ns < BPFLOCK_NSS; ns++) {
		if (escape_policy.ns_inum[ns] != ino)
			continue;
		initial = true;
		own = ns_inum(t, ns) == ino;
	}
	if (!initial || (own && !is_host_task(t)))
		return 0;
	return check_number(ESCAPE_NSENTER, ino);
}

/* Block devices, and others that reach disks. */
static __noinline bool is_disk(unsigned int mode, unsigned int dev)
{
	mode &= S_IFMT;
	if (mode == S_IFBLK)
		return true;
	return mode == S_IFCHR &&
	       (MAJOR(dev) == MTD_CHAR_MAJOR ||
		MAJOR(dev) == SCSI_GENERIC_MAJOR || MAJOR(dev) == RAW_MAJOR ||
		dev == MAPPER_CONTROL);
}

/* Of these, opening alone gives ioctls that write. */
static __always_inline bool is_opened_to_write(const struct file *file)
{
	return (file->f_mode & FMODE_WRITE) ||
	       ((file->f_inode->i_mode & S_IFMT) == S_IFCHR &&
		MAJOR(file->f_inode->i_rdev) != MTD_CHAR_MAJOR);
}

/**
 * escape_file_open - a file is opened
 * @file: the file
 *
 * Rests on fs/open.c:do_dentry_open(): by path, by handle, and through the
 * ioctls of nsfs and pidfds, but not with O_PATH, which is of no use until it
 * is opened again. Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(escape_file_open, struct file *file)
{
	const struct inode *inode = file->f_inode;
	const struct dentry *d = file->f_path.dentry;
	unsigned long magic = inode->i_sb->s_magic;

	if (magic == NSFS_MAGIC)
		return check_nsfs(inode);
	if (is_disk(inode->i_mode, inode->i_rdev))
		return is_opened_to_write(file) ?
			       check_file(ESCAPE_BLOCKDEV, d) :
			       0;
	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	if (magic != PROC_SUPER_MAGIC && magic != SYSFS_MAGIC &&
	    magic != CGROUP1_MAGIC && magic != BINFMTFS_MAGIC)
		return 0;
	if (!concerned(&escape_policy, ESCAPE_USERMODEHELPER) ||
	    !is_helper_file(d))
		return 0;
	return check_file(ESCAPE_USERMODEHELPER, d);
}

/**
 * escape_file_receive - a file descriptor comes over a socket
 * @file: its file
 *
 * Also asked for pidfd_getfd (fs/file.c:receive_fd()).
 * Return: 0 or -EPERM, which SCM_RIGHTS turns into a missing descriptor.
 */
SEC("lsm/file_receive")
int BPF_PROG(escape_file_receive, struct file *file)
{
	if (file->f_inode->i_sb->s_magic != NSFS_MAGIC)
		return 0;
	return check_nsfs(file->f_inode);
}

/* include/uapi/linux/nsfs.h: type and number, the size may grow */
#define NS_MNT_GET_NEXT 0xb70b
#define NS_MNT_GET_PREV 0xb70c

static __noinline int check_ioctl(struct file *file, unsigned int cmd)
{
	const struct inode *inode = file->f_inode;

	if ((inode->i_mode & S_IFMT) == S_IFBLK) {
		if (!only_asks(cmd))
			return check_file(ESCAPE_BLOCKDEV, file->f_path.dentry);
		return 0;
	}
	cmd &= 0xffff;
	if ((cmd == NS_MNT_GET_NEXT || cmd == NS_MNT_GET_PREV) &&
	    inode->i_sb->s_magic == NSFS_MAGIC)
		return check_number(ESCAPE_NSENTER, cmd);
	return 0;
}

/**
 * escape_file_ioctl - an ioctl
 * @file: on that file
 * @cmd: its number
 *
 * Some write to a device that is open for reading alone (SG_IO, BLKROSET).
 * One opens the next mount namespace of the machine, which may be that of a
 * host service (fs/nsfs.c:ns_ioctl()). Return: 0 or -EPERM.
 */
SEC("lsm/file_ioctl")
int BPF_PROG(escape_file_ioctl, struct file *file, unsigned int cmd)
{
	return check_ioctl(file, cmd);
}

/**
 * escape_file_ioctl_compat - an ioctl of a 32-bit program
 * @file: on that file
 * @cmd: its number
 *
 * A hook of its own since 6.8 and in stable series before; without it the
 * other one is asked (fs/ioctl.c). Return: 0 or -EPERM.
 */
SEC("lsm/file_ioctl_compat")
int BPF_PROG(escape_file_ioctl_compat, struct file *file, unsigned int cmd)
{
	return check_ioctl(file, cmd);
}

/**
 * escape_capable - does the task have a capability?
 * @cred: whose credentials
 * @ns: in which user namespace
 * @cap: the capability
 *
 * open_by_handle_at reaches every file of a file system, though only one
 * folder of it is mounted, and the namespaces of others. It asks for one of
 * these (fs/fhandle.c, fs/nsfs.c:nsfs_fh_to_dentry()). A fanotify listener
 * without CAP_SYS_ADMIN is given no descriptors (FANOTIFY_UNPRIV, from 5.13 on;
 * there is none before). Return: 0 or -EPERM.
 */
SEC("lsm/capable")
int BPF_PROG(escape_capable, const struct cred *cred, struct user_namespace *ns,
	     int cap)
{
	if (cap != CAP_DAC_READ_SEARCH && cap != CAP_SYS_ADMIN &&
	    cap != CAP_PERFMON)
		return 0;
	if (concerned(&escape_policy, ESCAPE_PTRACE) && check_perfmon(cap))
		return refusal();
	switch (current_syscall()) {
	case SYSCALL_OPEN_BY_HANDLE_AT:
	case SYSCALL_FANOTIFY_INIT:
		return check_number(ESCAPE_NSENTER, cap);
	case SYSCALL_SWAPON:
		return check_number(ESCAPE_BLOCKDEV, cap);
	default:
		return 0;
	}
}

/**
 * escape_fs_context_parse_param - one option of a mount, by either interface
 * @fc: the mount to be
 * @param: the option
 *
 * release_agent= of cgroup v1 (kernel/cgroup/cgroup-v1.c).
 * Return: 0 (see bpf/rootfs.bpf.c) or -EPERM.
 */
SEC("lsm/fs_context_parse_param")
int BPF_PROG(escape_fs_context_parse_param, void *fc,
	     struct fs_parameter *param)
{
	if (!BLIND && is_release_agent(param->key))
		return check_number(ESCAPE_USERMODEHELPER, -1);
	return 0;
}

/**
 * escape_sb_remount - a file system gets new options
 * @sb: the file system
 *
 * Where options cannot be read, those of cgroup v1 are refused altogether.
 * Rests on fs/super.c:reconfigure_super(). Return: 0 or -EPERM.
 */
SEC("lsm/sb_remount")
int BPF_PROG(escape_sb_remount, struct super_block *sb)
{
	if (BLIND && sb->s_magic == CGROUP1_MAGIC)
		return check_file(ESCAPE_USERMODEHELPER, sb->s_root);
	return 0;
}

#define NETLINK_KOBJECT_UEVENT 15 /* include/uapi/linux/netlink.h */

/**
 * escape_netlink_send - a message is sent over netlink
 * @sk: by this socket
 *
 * The kernel hands on events of devices that somebody made up
 * (lib/kobject_uevent.c:uevent_net_rcv()), and udev's own go to others of this
 * family: to the host's udev and init from the host's network namespace alone.
 * Return: 0 or -EPERM.
 */
SEC("lsm/netlink_send")
int BPF_PROG(escape_netlink_send, struct sock *sk)
{
	if (sk->sk_protocol != NETLINK_KOBJECT_UEVENT)
		return 0;
	if (sk->__sk_common.skc_net.net->ns.inum !=
	    escape_policy.ns_inum[BPFLOCK_NS_NET])
		return 0;
	return check_number(ESCAPE_USERMODEHELPER, -1);
}

/**
 * escape_sb_kern_mount - a file system is about to be mounted
 * @sb: the file system
 *
 * By both interfaces, also when it is mounted elsewhere already
 * (fs/namespace.c:do_new_mount_fc(), fs/fsopen.c). Return: 0 or -EPERM.
 */
SEC("lsm/sb_kern_mount")
int BPF_PROG(escape_sb_kern_mount, struct super_block *sb)
{
	if (BLIND && sb->s_magic == CGROUP1_MAGIC)
		return check_file(ESCAPE_USERMODEHELPER, sb->s_root);
	if (sb->s_bdev || (sb->s_type->fs_flags & FS_REQUIRES_DEV) ||
	    sb->s_magic == UBIFS_MAGIC || sb->s_magic == JFFS2_MAGIC)
		return check_file(ESCAPE_BLOCKDEV, sb->s_root);
	return 0;
}

/**
 * escape_inode_mknod - a node is made
 * @dir: in this folder
 * @dentry: its name
 * @mode: its type
 * @dev: its device number
 *
 * Nodes that are no way to a disk pass: container engines make them.
 * Rests on fs/namei.c:vfs_mknod(). Return: 0 or -EPERM.
 */
SEC("lsm/inode_mknod")
int BPF_PROG(escape_inode_mknod, struct inode *dir, struct dentry *dentry,
	     unsigned short mode, unsigned int dev)
{
	if (!is_disk(mode, dev))
		return 0;
	return check_file(ESCAPE_BLOCKDEV, dentry);
}

/**
 * escape_bprm_creds_for_exec - a program is about to be run
 * @bprm: the program
 *
 * Only the kernel's own helpers (kernel/umh.c) have no memory before that.
 * They run in the host whoever caused it, so it is not the current task that
 * answers for a program from a mount that the host does not have.
 * Return: 0 or -EPERM.
 */
SEC("lsm/bprm_creds_for_exec")
int BPF_PROG(escape_bprm_creds_for_exec, struct linux_binprm *bprm)
{
	struct file *file;

	if (READ(current_task(), mm))
		return 0;
	file = bprm->file;
	if (is_host_mount(file->f_path.mnt))
		return 0;
	return check_for(false, ESCAPE_USERMODEHELPER, -1, file->f_path.dentry);
}
