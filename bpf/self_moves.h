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

/* Does self bind the current task, as to mounts? PID 1 switches the root. */
static __noinline bool bound(void)
{
	return (sealed() || !is_host(&self_record)) && !is_init();
}

/* Is the current task in the mount namespace that the pins are in? */
static __always_inline bool in_initial_mntns(void)
{
	return ns_inum(current_task(), BPFLOCK_NS_MNT) ==
	       self_record.ns_inum[BPFLOCK_NS_MNT];
}

/* A walk over a mount and its peers. */
struct peers {
	__u64 first;
	__u64 at;
	__u64 hit; /* 1: one is in the mount namespace of the current task */
};

/* next_peer - look at a mount, and go on to its next peer; 1 at the end */
static __noinline long next_peer(__u32 i, struct peers *p)
{
	__u64 m = p->at;
	__u32 inum = AT(mnt_namespace, AT(mount, m, mnt_ns), ns.inum);

	p->hit |= same(inum, ns_inum(current_task(), BPFLOCK_NS_MNT));
	p->at = AT(mount, m, mnt_share) - OFFSET(mount, mnt_share);
	return p->at == p->first || p->hit;
}

/*
 * has_peers - can there be peers of the mount that the bpffs is on in the mount
 * namespace of the current task?
 *
 * In the initial one there can be at any time: it is there, and its propagation
 * can be changed (mount_setattr(2) has no hook). Elsewhere a mount that is no
 * peer does not become one (self_move_mount).
 */
static __noinline bool has_peers(void)
{
	struct peers p;
	struct ours o;

	if (in_initial_mntns())
		return true;
	if (find_ours(&o) && !LIST_HAS_HEAD)
		return true;
	if (!o.first)
		return sealed();
	p.first = p.at = AT(mount, o.first, mnt_parent);
	p.hit = is_zero(is_zero(AT(mount, p.at, mnt_master)));
	if (!p.hit)
		REPEAT(next_peer, &p);
	return p.hit || p.at != p.first;
}

/* May the current task move them anywhere? */
static __noinline bool moves_anywhere(void)
{
	return !bound() || !in_initial_mntns();
}

/* Can the initramfs still be left for a new root? */
static __noinline bool before_newroot(void)
{
	const struct fs_struct *fs = init_fs(current_task());
	const struct super_block *sb = READ(READ(fs, root.mnt), mnt_sb);

	return self_record.newroots &&
	       READ(sb, s_dev) == self_record.initramfs_dev;
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
 * moves_freely - may the current task move the mounts that the pins depend on?
 * @to: where to
 */
static __noinline bool moves_freely(const struct path *to)
{
	ONLY_HERE(to);
	return moves_anywhere() ||
	       (before_newroot() &&
		(is_newroot(to->mnt) || is_initramfs_root(to)));
}

/**
 * moves_newroot - is the mount of a new root to be moved by a bound task?
 * @from: the mount
 * @to: where to
 *
 * A mount that was elsewhere when a hook let it go must not become a new root
 * afterwards. One that is not attached yet cannot be unmounted.
 */
static __noinline bool moves_newroot(const struct path *from,
				     const struct path *to)
{
	__u64 at = number(from->mnt) - OFFSET(mount, mnt);

	ONLY_HERE(to);
	return before_newroot() && of_newroot(from->mnt) &&
	       AT(mount, at, mnt_parent) != at && !is_initramfs_root(to) &&
	       !moves_anywhere();
}

/**
 * newroot_goes - is a mount that is about to go that of a new root?
 * @m: the mount
 *
 * A copy in another mount namespace matters only if its going propagates.
 */
static __noinline bool newroot_goes(const struct vfsmount *m)
{
	__u64 up = AT(mount, number(m) - OFFSET(mount, mnt), mnt_parent);

	return before_newroot() && is_newroot(m) &&
	       (in_initial_mntns() || (__u32)AT(mount, up, mnt_group_id)) &&
	       bound();
}

/* The same for the directories below the mounts. */
static __noinline bool newroot_dirs_go(const struct dentry *one,
				       const struct dentry *other)
{
	return (one->d_sb->s_dev == self_record.initramfs_dev ||
		other->d_sb->s_dev == self_record.initramfs_dev) &&
	       before_newroot() && bound();
}

#endif /* SELF_MOVES_H */
