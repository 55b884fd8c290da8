// SPDX-License-Identifier: GPL-2.0-only
/*
 * escape: the ways by which an other process could act in the host: tracing a
 * host process, entering a namespace of the host, having the kernel run a
 * program, and writing to a block device. In restrict mode none of this binds
 * host processes, trusted cgroups included.
 *
 *   ptrace_access_check    ptrace: the target is a host process, for each of
 *                          the many calls that use this check
 *   ptrace_traceme         ptrace: the same, called by the target
 *   capable                ptrace: a capability that replaces the check above
 *                          nsenter: open_by_handle_at(2), which no mount
 *                          confines, and fanotify_init(2), which gives files
 *                          of any mount
 *                          blockdev: swapon(2), which writes memory of the host,
 *                          and quotactl(2)
 *   bpf                    ptrace: links that are uprobes
 *   file_open              ptrace: files that make uprobes, or show the memory
 *                          of a process, and /dev/cuse
 *                          nsenter: a namespace file of the host
 *                          usermodehelper: a file that names a program for the
 *                          kernel to run
 *                          blockdev: a device, for writing
 *                          efivars: a variable of the firmware, for writing,
 *                          and /dev/nvram
 *                          lockdown: the kernel's own lockdown
 *   file_receive           nsenter: a namespace file over a socket
 *   file_ioctl(_compat)    nsenter: walking the mount namespaces; commands that
 *                          reach beyond a directory (fs_ioctls.h)
 *                          blockdev: commands that change a device, or a whole
 *                          file system
 *   fs_context_parse_param, sb_remount
 *                          usermodehelper: release_agent= of cgroup v1
 *                          blockdev: mounting a device, or changing the options
 *                          of its file system
 *   netlink_send           usermodehelper: events that udev takes for the
 *                          kernel's
 *   bprm_creds_for_exec    usermodehelper: the kernel runs a program from a
 *                          mount that the host does not have
 *   sb_kern_mount          nsenter: mounting the device nodes of the host
 *                          usermodehelper: cgroup v1, where options are unknown
 *                          blockdev: mounting a device
 *                          efivars: mounting the variables of the firmware
 *   inode_unlink           efivars: deleting one
 *   inode_mkdir, inode_rmdir, inode_symlink, inode_unlink
 *                          blockdev: what a driver takes from configfs
 *   inode_mknod            blockdev: making a device node
 */
#include "blkdev.h"
#include "syscall.h"
#include "uprobes.h"

#include "escape.h"
#include "escape_commands.h"
#include "escape_files.h"
#include "escape_memory.h"
#include "escape_mount.h"
#include "escape_trace.h"
#include "escape_usermodehelper.h"

/* ---- ptrace -------------------------------------------------------------- */

/**
 * escape_ptrace_access_check - may the current task look into another task?
 * @child: the other task
 * @mode: PTRACE_MODE_*
 *
 * The kernel checks this for ptrace, most of /proc/PID, process_vm_*,
 * pidfd_getfd, setns with a pidfd, kcmp and more, but not within a thread group
 * (kernel/ptrace.c:__ptrace_may_access()). /proc/PID/stat passes
 * PTRACE_MODE_NOAUDIT, and then there is no event. Return: 0 or -EPERM.
 */
SEC("lsm/ptrace_access_check")
int BPF_PROG(escape_ptrace_access_check, struct task_struct *child,
	     unsigned int mode)
{
	child = PLAIN(struct task_struct, child);
	if (!concerned(&escape_record, ESCAPE_PTRACE))
		return 0;
	return check_trace(child, mode & PTRACE_MODE_NOAUDIT);
}

/**
 * escape_ptrace_traceme - the current task asks its parent to trace it
 * @parent: the parent, for which the request is decided
 *
 * Rests on kernel/ptrace.c:ptrace_traceme(). Return: 0 or -EPERM.
 */
SEC("lsm/ptrace_traceme")
int BPF_PROG(escape_ptrace_traceme, struct task_struct *parent)
{
	struct task_struct *child = current_task();
	bool host;

	parent = PLAIN(struct task_struct, parent);
	if (!concerned(&escape_record, ESCAPE_PTRACE))
		return 0;
	host = !process_outranks(child, parent);
	if (host && !is_host_process(child))
		return 0;
	return check_for(host && is_host_task(parent), ESCAPE_PTRACE,
			 parent->tgid, NULL);
}

/**
 * escape_bpf - bpf(2) is called
 * @cmd: enum bpf_cmd
 * @attr: its arguments, a copy in kernel memory
 *
 * For the other ways to make uprobes see file_open and capable. Rests on
 * kernel/trace/bpf_trace.c:bpf_uprobe_multi_link_attach(), from 6.6 on.
 * Return: 0 or -EPERM.
 */
SEC("lsm/bpf")
int BPF_PROG(escape_bpf, int cmd, const __u32 *attr)
{
	if (cmd != BPF_LINK_CREATE || !links_uprobes(attr))
		return 0;
	return check_number(ESCAPE_PTRACE, cmd);
}

/* ---- nsenter ------------------------------------------------------------- */

/*
 * check_nsfs - may the current task have a namespace file?
 *
 * The inode number of the file is the number of the namespace (fs/nsfs.c). An
 * other process may have files of the namespaces that it is in: a container in
 * the network namespace of the host may open its /proc/self/ns/net.
 */
static __noinline int check_nsfs(const struct inode *inode)
{
	struct task_struct *t = current_task();
	unsigned int ino = inode->i_ino;
	unsigned int initial = 0, own = 0;

	if (!concerned(&escape_record, ESCAPE_NSENTER))
		return 0;
#pragma unroll
	for (int ns = 0; ns < BPFLOCK_NSS; ns++) {
		unsigned int is = !differ(escape_record.ns_inum[ns], ino);

		initial |= is;
		own |= is & !differ(ns_inum(t, ns), ino);
	}
	if (!initial || (own && !is_host_task(t)))
		return 0;
	return check_number(ESCAPE_NSENTER, ino);
}

/**
 * escape_file_receive - a process receives a file descriptor over a socket
 * @file: the file
 *
 * The kernel calls the hook for pidfd_getfd(2) too (fs/file.c:receive_fd()).
 * Return: 0 or -EPERM, which SCM_RIGHTS turns into a missing descriptor.
 */
SEC("lsm/file_receive")
int BPF_PROG(escape_file_receive, struct file *file)
{
	file = PLAIN(struct file, file);
	if (file->f_inode->i_sb->s_magic != NSFS_MAGIC)
		return 0;
	return check_nsfs(file->f_inode);
}

/* ---- usermodehelper ------------------------------------------------------ */

/**
 * escape_fs_context_parse_param - a file system that is set up gets an option
 * @fc: the context of the file system
 * @param: the option, for example release_agent= of cgroup v1
 *
 * mount(2) and fsconfig(2) pass the device as the option "source". Rests on
 * fs/fs_context.c:vfs_parse_fs_param() and kernel/cgroup/cgroup-v1.c.
 * Return: 0 (for the reason see rootfs.bpf.c) or -EPERM.
 */
SEC("lsm/fs_context_parse_param")
int BPF_PROG(escape_fs_context_parse_param, struct fs_context *fc,
	     struct fs_parameter *param)
{
	fc = PLAIN(struct fs_context, fc);
	if (concerned(&escape_record, ESCAPE_BLOCKDEV) && takes_device(fc))
		return escape_check(ESCAPE_BLOCKDEV, -1, fc->fs_type->name,
				    NULL);
	param = PLAIN(struct fs_parameter, param);
	if (!BLIND && is_release_agent(param->key))
		return check_number(ESCAPE_USERMODEHELPER, -1);
	return 0;
}

/* Is the file system on a device? UBIFS and JFFS2 need flash memory, and do not say so. */
static __always_inline bool is_on_device(const struct super_block *sb)
{
	return sb->s_bdev || (sb->s_type->fs_flags & FS_REQUIRES_DEV) ||
	       sb->s_magic == UBIFS_MAGIC || sb->s_magic == JFFS2_MAGIC;
}

/**
 * escape_sb_remount - a process changes the options of a superblock
 * @sb: the superblock
 *
 * If no helper may read the options, all changes of a cgroup v1 are decided.
 * Options of a file system on a device hold for all of it, wherever it is mounted:
 * a container that has one directory of it could make it read-only for the host.
 * Flags of a mount (MS_BIND, mount_setattr(2)) do not get here. Rests on
 * fs/super.c:reconfigure_super(), for mount(2), fsconfig(2), and umount(2) of the
 * caller's root. Return: 0 or -EPERM.
 */
SEC("lsm/sb_remount")
int BPF_PROG(escape_sb_remount, struct super_block *sb)
{
	sb = PLAIN(struct super_block, sb);
	if (BLIND && sb->s_magic == CGROUP1_MAGIC)
		return check_file(ESCAPE_USERMODEHELPER, sb->s_root);
	if (is_on_device(sb))
		return check_file(ESCAPE_BLOCKDEV, sb->s_root);
	return 0;
}

/**
 * escape_netlink_send - a process sends a netlink message
 * @sk: the socket
 *
 * The kernel passes on device events that a process has made up
 * (lib/kobject_uevent.c:uevent_net_rcv()), and udev sends its own events in the
 * same netlink family. The udev and init of the host receive them only from
 * sockets in the network namespace of the host. Return: 0 or -EPERM.
 */
SEC("lsm/netlink_send")
int BPF_PROG(escape_netlink_send, struct sock *sk)
{
	sk = PLAIN(struct sock, sk);
	if (sk->sk_protocol != NETLINK_KOBJECT_UEVENT)
		return 0;
	if (sk->__sk_common.skc_net.net->ns.inum !=
	    escape_record.ns_inum[BPFLOCK_NS_NET])
		return 0;
	return check_number(ESCAPE_USERMODEHELPER, -1);
}

/**
 * escape_bprm_creds_for_exec - a task is about to run a program
 * @bprm: the execution
 *
 * Only the helper tasks of the kernel (kernel/umh.c) have no memory at this
 * point. A helper runs in the host, no matter which process caused it. So a
 * program from a mount that the host does not have is decided as a request of
 * an other process. Return: 0 or -EPERM.
 */
SEC("lsm/bprm_creds_for_exec")
int BPF_PROG(escape_bprm_creds_for_exec, struct linux_binprm *bprm)
{
	struct file *file;

	bprm = PLAIN(struct linux_binprm, bprm);
	if (READ(current_task(), mm))
		return 0;
	file = bprm->file;
	if (is_host_mount(file->f_path.mnt))
		return 0;
	return check_for(false, ESCAPE_USERMODEHELPER, -1, file->f_path.dentry);
}

/* ---- blockdev ------------------------------------------------------------ */

/**
 * escape_inode_mknod - a process makes a node
 * @dir: the directory
 * @dentry: the node
 * @mode: its type
 * @dev: its device number
 *
 * Nodes that do not lead to a disk are allowed, since container engines make
 * them. Rests on fs/namei.c:vfs_mknod(). Return: 0 or -EPERM.
 */
SEC("lsm/inode_mknod")
int BPF_PROG(escape_inode_mknod, struct inode *dir, struct dentry *dentry,
	     unsigned short mode, unsigned int dev)
{
	dentry = PLAIN(struct dentry, dentry);
	if (!is_disk(mode, dev))
		return 0;
	return check_file(ESCAPE_BLOCKDEV, dentry);
}

/* ---- Hooks that several operations share --------------------------------- */

/* Decide a request for a file of procfs, if it shows the memory of a process. */
static __noinline int check_memory_file(const struct dentry *d)
{
	struct task_struct *t;

	if (!OPENS_MEMORY || !concerned(&escape_record, ESCAPE_PTRACE))
		return 0;
	t = proc_task(d->d_inode);
	if (!t || !is_memory_file(d) || has_memory_of(t))
		return 0;
	return check_trace(t, false);
}

/*
 * Decide the opening of a device, a file of procfs, a namespace file, or a file for
 * writing.
 */
static OWN_FUNCTION int check_file_open(const struct file *file, bool writes)
{
	const struct inode *inode = file->f_inode;
	unsigned long magic = inode->i_sb->s_magic;
	int op;

	if (magic == NSFS_MAGIC)
		return check_nsfs(inode);
	if (magic == PROC_SUPER_MAGIC) {
		if (check_memory_file(file->f_path.dentry))
			return eperm();
		if (!writes)
			return 0;
	}
	if (is_device(inode->i_mode))
		op = device_op(inode, writes);
	else
		op = opened_op(file->f_path.dentry, magic);
	return op == OPENS_NOTHING ? 0 : check_open(op, file->f_path.dentry);
}

/**
 * escape_file_open - a process opens a file
 * @file: the file
 *
 * fs/open.c:do_dentry_open() calls the hook for opening by path, by handle, and
 * through the ioctls of nsfs and pidfds. It does not for O_PATH, but a process
 * must open such a file again to use it. Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(escape_file_open, struct file *file)
{
	const struct inode *inode;
	unsigned long magic;
	bool writes = file->f_mode & FMODE_WRITE;

	file = PLAIN(struct file, file);
	inode = file->f_inode;
	magic = inode->i_sb->s_magic;
	if (!writes && magic != NSFS_MAGIC &&
	    !(OPENS_MEMORY && magic == PROC_SUPER_MAGIC) &&
	    !is_device(inode->i_mode))
		return 0;
	return check_file_open(file, writes);
}

/**
 * escape_file_ioctl - a process calls ioctl(2)
 * @file: the file
 * @cmd: the command
 *
 * Some commands write to a device that is open only for reading (SG_IO,
 * BLKROSET). Two commands open the next or the previous mount namespace, which
 * may belong to a service of the host (fs/nsfs.c:ns_ioctl()).
 * Return: 0 or -EPERM.
 */
SEC("lsm/file_ioctl")
int BPF_PROG(escape_file_ioctl, struct file *file, unsigned int cmd)
{
	return check_ioctl(file, cmd);
}

/**
 * escape_file_ioctl_compat - a 32-bit program calls ioctl(2)
 * @file: the file
 * @cmd: the command
 *
 * 6.8 and its stable series added the hook (fs/ioctl.c). Kernels without it
 * call file_ioctl instead. Return: 0 or -EPERM.
 */
SEC("lsm/file_ioctl_compat")
int BPF_PROG(escape_file_ioctl_compat, struct file *file, unsigned int cmd)
{
	return check_ioctl(file, cmd);
}

/*
 * Decide a capability that the kernel takes for the permission to trace, while it
 * looks up a path (/proc/PID/map_files, escape_memory.h).
 */
static __always_inline int check_looked_up(int cap)
{
	const struct dentry *d;

	if (!OPENS_MEMORY || cap == CAP_DAC_READ_SEARCH)
		return 0;
	d = looked_up();
	if (!d || d->d_sb->s_magic != PROC_SUPER_MAGIC)
		return 0;
	return check_memory_file(d);
}

/* Does every protection count the task as host? */
static __always_inline bool is_host_to_all(struct task_struct *t)
{
	const volatile struct bpflock_record *p = &escape_record;

	if (same_hosts(p))
		return is_host_task(t);
	return !(outside(p, t) & p->kinds) ||
	       task_trusted(p, t, p->host_services, p->host_trusts);
}

/* process_madvise(2) of some process that the current task may not trace. */
static __always_inline int check_advice(int cap)
{
	if (!OPENS_MEMORY || !concerned(&escape_record, ESCAPE_PTRACE))
		return 0;
	return check_for(is_host_to_all(current_task()), ESCAPE_PTRACE, cap,
			 NULL);
}

/**
 * escape_capable - does the task have a capability?
 * @cred: the credentials of the task
 * @ns: the user namespace that the capability is needed in
 * @cap: the capability
 *
 * open_by_handle_at(2) reaches every file of a file system, even if only one
 * directory of it is mounted, and the namespaces of other processes. It checks for
 * one of these capabilities (fs/fhandle.c, fs/nsfs.c:nsfs_fh_to_dentry()). So
 * does fanotify_init(2): a fanotify listener without CAP_SYS_ADMIN receives no
 * descriptors (FANOTIFY_UNPRIV, from 5.13 on), and before 5.13 there is no such
 * listener. quotactl(2) sets the quotas of every user of a file system. For
 * perf_event_open(2) see uprobes.h.
 *
 * process_madvise(2) checks CAP_PERFMON, and then CAP_SYS_ADMIN, for a caller that
 * may not trace the process; before 6.16 such a call always failed
 * (escape_memory.h). To use MADV_HWPOISON on itself a caller needs CAP_SYS_ADMIN,
 * too. Return: 0 or -EPERM.
 */
SEC("lsm/capable")
int BPF_PROG(escape_capable, const struct cred *cred, struct user_namespace *ns,
	     int cap)
{
	if (cap != CAP_DAC_READ_SEARCH && cap != CAP_SYS_ADMIN &&
	    cap != CAP_PERFMON)
		return 0;
	if (check_looked_up(cap))
		return eperm();
	switch (current_syscall()) {
	case SYSCALL_OPEN_BY_HANDLE_AT:
	case SYSCALL_FANOTIFY_INIT:
		return check_number(ESCAPE_NSENTER, cap);
	case SYSCALL_PROCESS_MADVISE:
		return check_advice(cap);
	case SYSCALL_PERF_EVENT_OPEN:
		return perf_uprobe_cap(cap) ? check_number(ESCAPE_PTRACE, cap) :
					      0;
	case SYSCALL_SWAPON:
	case SYSCALL_QUOTACTL:
		return check_number(ESCAPE_BLOCKDEV, cap);
	default:
		return 0;
	}
}

/*
 * Is it the file system of the host's device nodes? There is one superblock: a
 * process that mounts it changes /dev of the host (drivers/base/devtmpfs.c).
 */
static __always_inline bool is_devtmpfs(const struct super_block *sb)
{
	return read_word(escape_record.read_strings, (__u64)sb->s_type->name) ==
	       TEXT("devtmpfs");
}

/**
 * escape_sb_kern_mount - a file system is about to be mounted
 * @sb: its superblock
 *
 * Both mount interfaces call the hook, also if the file system is mounted
 * elsewhere already (fs/namespace.c:do_new_mount_fc(), fs/fsopen.c).
 * Return: 0 or -EPERM.
 */
SEC("lsm/sb_kern_mount")
int BPF_PROG(escape_sb_kern_mount, struct super_block *sb)
{
	sb = PLAIN(struct super_block, sb);
	if (BLIND && sb->s_magic == CGROUP1_MAGIC)
		return check_file(ESCAPE_USERMODEHELPER, sb->s_root);
	if (sb->s_magic == EFIVARFS_MAGIC)
		return check_file(ESCAPE_EFIVARS, sb->s_root);
	if (is_on_device(sb))
		return check_file(ESCAPE_BLOCKDEV, sb->s_root);
	if (concerned(&escape_record, ESCAPE_NSENTER) && is_devtmpfs(sb))
		return check_file(ESCAPE_NSENTER, sb->s_root);
	return 0;
}

/* ---- configfs ------------------------------------------------------------ */

/* Decide a request to make or remove a name in configfs, which a driver acts on. */
static __noinline int check_config(const struct dentry *d)
{
	if (d->d_sb->s_magic != CONFIGFS_MAGIC)
		return 0;
	return check_file(ESCAPE_BLOCKDEV, d);
}

/**
 * escape_inode_mkdir - a process makes a directory
 * @dir: the directory that it is made in
 * @dentry: the new one
 *
 * In configfs that makes an object of a driver: a LUN of LIO, a namespace of nvmet
 * (fs/configfs/dir.c:configfs_mkdir()). Return: 0 or -EPERM.
 */
SEC("lsm/inode_mkdir")
int BPF_PROG(escape_inode_mkdir, struct inode *dir, struct dentry *dentry)
{
	return check_config(PLAIN(struct dentry, dentry));
}

/**
 * escape_inode_rmdir - a process removes a directory
 * @dir: the directory that it is in
 * @dentry: the one that goes
 *
 * In configfs the object goes with it (fs/configfs/dir.c:configfs_rmdir()).
 * Return: 0 or -EPERM.
 */
SEC("lsm/inode_rmdir")
int BPF_PROG(escape_inode_rmdir, struct inode *dir, struct dentry *dentry)
{
	return check_config(PLAIN(struct dentry, dentry));
}

/**
 * escape_inode_symlink - a process makes a symbolic link
 * @dir: the directory that it is made in
 * @dentry: the link
 *
 * In configfs that lets one object use another, such as a host that may connect
 * (fs/configfs/symlink.c). Return: 0 or -EPERM.
 */
SEC("lsm/inode_symlink")
int BPF_PROG(escape_inode_symlink, struct inode *dir, struct dentry *dentry)
{
	return check_config(PLAIN(struct dentry, dentry));
}

/* ---- efivars ------------------------------------------------------------- */

/**
 * escape_inode_unlink - a process removes a name
 * @dir: the directory
 * @dentry: the name
 *
 * In efivarfs that deletes a variable of the firmware
 * (fs/efivarfs/inode.c:efivarfs_unlink()), in configfs a link that lets one object
 * use another (fs/configfs/symlink.c). Return: 0 or -EPERM.
 */
SEC("lsm/inode_unlink")
int BPF_PROG(escape_inode_unlink, struct inode *dir, struct dentry *dentry)
{
	dentry = PLAIN(struct dentry, dentry);
	if (dentry->d_sb->s_magic != EFIVARFS_MAGIC)
		return check_config(dentry);
	return check_file(ESCAPE_EFIVARS, dentry);
}
