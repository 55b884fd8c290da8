/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * escape: does a task that is no host process lead to the host's root directory?
 *
 * /proc/PID/root of a process that has a mount namespace of its own leads there as
 * well: one of "ip netns exec" or "unshare -m", or a service that somebody has moved
 * out of its cgroup. If such a process has called chroot(2), as many services do,
 * its root is another directory, but its mount namespace is the way: who enters
 * that gets its topmost root directory, and so does who goes upwards from the root
 * of the process.
 */
#ifndef ESCAPE_ROOT_H
#define ESCAPE_ROOT_H

#include "escape.h"
#include "service.h"

/* How many mounts lie above each other before they count as the host's. */
#define MOUNTS_UP 16

#define ROOT_AT(type, address, field) \
	read_word(escape_record.read_strings, (address) + OFFSET(type, field))

/* On the way upwards from a mount; all are addresses, but for @above. */
struct climb {
	__u64 host; /* the dentry of the host's root directory */
	__u64 mount; /* the struct mount */
	__u64 root; /* the root directory of the mount below */
	__u64 on; /* what that is mounted on */
	__u64 above; /* bit 0: the host's root directory is above, not covered */
	__u64 cover; /* the root directory that covers it, or 0 */
};

/* Each branch would double the number of paths that the verifier follows. */
static __always_inline void step_up(struct climb *c)
{
	__u64 root = ROOT_AT(mount, c->mount, mnt.mnt_root);
	__u64 is = same(root, c->host);
	__u64 covered = is & same(c->on, c->host);

	c->above |= is ^ covered;
	/* The lowest mount comes again, as one that lies on itself. */
	c->cover |= c->root & -(covered & ~same(c->root, c->host));
	c->root = root;
	c->on = ROOT_AT(mount, c->mount, mnt_mountpoint);
	c->mount = ROOT_AT(mount, c->mount, mnt_parent);
}

/* mount_at - the address of the struct mount around a vfsmount */
static __always_inline __u64 mount_at(const struct vfsmount *m)
{
	m = (const struct vfsmount *)mount_of(m);
	return address_of(escape_record.read_strings, m);
}

/*
 * is_root_of - is that the root directory of the task, in its mount namespace?
 * @root: the address of the dentry
 *
 * A process can get a root directory of another mount namespace by a descriptor.
 */
static __always_inline bool is_root_of(const struct task_struct *t, __u64 root)
{
	const struct fs_struct *fs = READ(t, fs);
	__u64 ns = ROOT_AT(mount, mount_at(READ(fs, root.mnt)), mnt_ns);

	return root == (__u64)READ(fs, root.dentry) &&
	       ns == (__u64)READ(READ(t, nsproxy), mnt_ns);
}

/*
 * namespace_leads - does the mount namespace of the target lead to the host's root?
 * @target: a task with another root directory
 * @np: its namespaces
 * @tracer: a task with another root directory, in another mount namespace
 *
 * The mounts above the target's root are looked at. The lowest mount of a mount
 * namespace is its own parent. A root directory whose mount does not lead there is
 * in another mount namespace, or in none: then it says nothing about the one that
 * the target is in. No mount can be read by 5.15 to 6.1 under
 * lockdown=confidentiality. A task that is exiting gives up its root directory
 * before its namespaces (kernel/exit.c:do_exit()).
 *
 * An engine that cannot call pivot_root(2) moves a container's root directory over
 * the host's (runc --no-pivot). A process that enters the container can unmount
 * that. A tracer with the same root directory is in the same container, where
 * systemd gives services mount namespaces of their own.
 *
 * Return: also true if it is unknown.
 */
static __always_inline bool namespace_leads(const struct task_struct *target,
					    const struct nsproxy *np,
					    const struct task_struct *tracer)
{
	const struct vfsmount *m = READ(READ(target, fs), root.mnt);
	const struct dentry *host = READ(init_fs(tracer), root.dentry);
	struct climb c = { 0 };

	if (!m)
		return true;
	c.mount = mount_at(m);
	c.host = address_of(escape_record.read_strings, host);
#pragma nounroll
	for (int i = 0; i < MOUNTS_UP; i++)
		step_up(&c);
	if (c.mount != (__u64)READ(READ(np, mnt_ns), root) || (c.above & 1))
		return true;
	return c.cover && !is_root_of(tracer, c.cover);
}

/*
 * leads_to_root - would a tracer reach the host's root directory by the target?
 *
 * A tracer that has that root itself gains nothing. One in the mount namespace of
 * the target enters nothing, and may trace what has not got that root.
 */
static __noinline bool leads_to_root(struct task_struct *target,
				     struct task_struct *tracer)
{
	const struct nsproxy *np = READ(target, nsproxy);

	if (has_root(tracer))
		return false;
	if (has_root(target))
		return true;
	if (!np || !differ(ns_inum(target, BPFLOCK_NS_MNT),
			   ns_inum(tracer, BPFLOCK_NS_MNT)))
		return false;
	return namespace_leads(target, np, tracer);
}

#endif /* ESCAPE_ROOT_H */
