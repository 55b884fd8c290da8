/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * self: who moves the mounts that the pins depend on, and where to.
 *
 * The kernel takes mounts off by itself, without a hook, where the directory
 * below them goes: of a process in procfs, of a module in sysfs, of what a
 * server of FUSE or NFS says (fs/namei.c:detach_mounts()). It also calls the
 * hooks before it locks the mounts, so that a move can change what a hook has
 * looked at. Therefore only PID 1 moves these mounts, when it switches the root.
 * Other mount namespaces have copies.
 *
 * As long as the root of PID 1 is the initramfs, mount(8) does a part of this,
 * with initramfs-tools for instance. Then every process may move mounts to a new
 * root: a file system that was mounted on a directory of the initramfs, and
 * looked like a root, when the lock closed (the record has a list). In return,
 * only PID 1 unmounts a new root, or removes a directory of the initramfs that
 * has a mount on it, until the initramfs is left. So nothing that a hook has
 * allowed to go can receive the pins meanwhile.
 */
#ifndef SELF_MOVES_H
#define SELF_MOVES_H

#include "self_chain.h"

/* The current task, as to mounts. It takes long to find out: once for each call. */
enum mover {
	MOVER_BOUND = 1, /* self binds it; not PID 1, which switches the root */
	MOVER_INITIAL = 2, /* in the mount namespace that the pins are in */
};

/* mover - which of these is the current task? */
static __noinline unsigned int mover(void)
{
	bool initial = ns_inum(current_task(), BPFLOCK_NS_MNT) ==
		       self_record.ns_inum[BPFLOCK_NS_MNT];
	bool bound = (sealed() || !is_host(&self_record)) && !is_exempt();

	return (bound ? MOVER_BOUND : 0) | (initial ? MOVER_INITIAL : 0);
}

/* May the mover move the mounts that the pins depend on anywhere? */
static __always_inline bool moves_anywhere(unsigned int mover)
{
	return mover != (MOVER_BOUND | MOVER_INITIAL);
}

/* Is it a mount of the file system of a new root? */
static __noinline bool of_newroot(const struct vfsmount *m)
{
	__u32 dev = m->mnt_sb->s_dev;
	bool hit = false;

	for (unsigned int i = 0; i < BPFLOCK_NEWROOTS_MAX; i++)
		hit |= i < self_record.newroots &&
		       dev == self_record.newroot[i];
	return hit;
}

/*
 * is_newroot - is it such a mount, on a directory of the initramfs?
 *
 * Not on the root of the initramfs, where a new root comes last of all.
 */
static __noinline bool is_newroot(const struct vfsmount *m)
{
	__u64 at = number(m) - OFFSET(mount, mnt);
	__u64 up = AT(mount, at, mnt_parent);
	__u64 on = AT(mount, at, mnt_mountpoint);

	return of_newroot(m) && on != AT(dentry, on, d_parent) &&
	       (__u32)AT(super_block, AT(mount, up, mnt.mnt_sb), s_dev) ==
		       self_record.initramfs_dev;
}

/* Is the path the root of the initramfs? A new root may be moved onto that. */
static __always_inline bool is_initramfs_root(const struct path *p)
{
	return p->dentry == p->mnt->mnt_sb->s_root &&
	       p->mnt->mnt_sb->s_dev == self_record.initramfs_dev;
}

/**
 * moves_freely - may the mounts that the pins depend on be moved?
 * @mover: the current task, enum mover
 * @to: where to
 */
static __noinline bool moves_freely(unsigned int mover, const struct path *to)
{
	ONLY_HERE(to);
	return moves_anywhere(mover) ||
	       (before_newroot() &&
		(is_newroot(to->mnt) || is_initramfs_root(to)));
}

/**
 * moves_newroot - is the mount of a new root to be moved by a bound task?
 * @mover: the current task, enum mover
 * @from: the mount
 * @to: where to
 *
 * A mount that was elsewhere when a hook let it go must not become a new root
 * afterwards. One that is not attached yet cannot be unmounted.
 */
static __noinline bool moves_newroot(unsigned int mover,
				     const struct path *from,
				     const struct path *to)
{
	__u64 at = number(from->mnt) - OFFSET(mount, mnt);

	ONLY_HERE(to);
	return before_newroot() && of_newroot(from->mnt) &&
	       AT(mount, at, mnt_parent) != at && !is_initramfs_root(to) &&
	       !moves_anywhere(mover);
}

/**
 * newroot_goes - is a mount that is about to go that of a new root?
 * @mover: the current task, enum mover
 * @m: the mount
 *
 * A copy in another mount namespace matters only if its going propagates.
 */
static __noinline bool newroot_goes(unsigned int mover,
				    const struct vfsmount *m)
{
	__u64 up = AT(mount, number(m) - OFFSET(mount, mnt), mnt_parent);

	return mover & MOVER_BOUND && before_newroot() && is_newroot(m) &&
	       (mover & MOVER_INITIAL || (__u32)AT(mount, up, mnt_group_id));
}

/* The same for the directories below the mounts. */
static __noinline bool newroot_dirs_go(const struct dentry *one,
				       const struct dentry *other)
{
	return (one->d_sb->s_dev == self_record.initramfs_dev ||
		other->d_sb->s_dev == self_record.initramfs_dev) &&
	       before_newroot() && mover() & MOVER_BOUND;
}

#endif /* SELF_MOVES_H */
