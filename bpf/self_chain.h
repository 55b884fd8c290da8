/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * self: the chain of mounts that the pins depend on, from the bpffs that holds
 * them up to the root. The pins are gone when the last mount of that bpffs
 * goes. Such a mount goes together with any mount above it (umount -l), with a
 * mount elsewhere whose unmounting propagates to one of the chain, or with the
 * directory that one of these mounts is on, from any mount namespace
 * (fs/namei.c:detach_mounts()).
 *
 * A walk that cannot be completed counts as a hit.
 */
#ifndef SELF_CHAIN_H
#define SELF_CHAIN_H

#include "self_init.h"
#include "self_walk.h"

#define CHAIN_MOUNTS 5 /* the most mounts up to the root, with the root */
#define CHAIN_PATH   8 /* the most directories from a mount point to the root */

/*
 * The address of the superblock of the bpffs. The loader freezes the map before
 * it attaches any program, and self denies every descriptor of the map.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} self_bpffs SEC(".maps");

/* ---- The mounts of the bpffs ------------------------------------------------- */

#pragma clang attribute push(__attribute__((preserve_access_index)), \
			     apply_to = record)

struct super_block___chained {
	struct mount *s_mounts;
};

#pragma clang attribute pop

/* 6.18 removed the list head ("struct mount: relocate MNT_WRITE_HOLD"). */
#define LIST_HAS_HEAD bpf_core_field_exists(((struct super_block *)0)->s_mounts)

/*
 * The oldest and the newest mount of the bpffs in the initial mount namespace,
 * and a position in the list of its mounts in all namespaces. To guard the
 * oldest is enough to guard the pins.
 */
struct ours {
	__u64 at;
	__u64 end;
	__u64 first;
	__u64 last;
};

/*
 * next_ours - look at one mount of the list and go on to the next
 *
 * Return: 1 at the end of the list.
 */
static __noinline long next_ours(__u32 i, struct ours *o)
{
	__u64 m = o->at, end = -(same(m, o->end) | is_zero(m)), inum, take;

	if (LIST_HAS_HEAD) {
		o->at = either(end, m, word_at(m));
		m -= OFFSET(mount, mnt_instance);
	} else {
		o->at = either(end, m, AT(mount, m, mnt_next_for_sb));
	}
	inum = (__u32)AT(mnt_namespace, AT(mount, m, mnt_ns), ns.inum);
	take = -same(inum, self_record.ns_inum[BPFLOCK_NS_MNT]) & ~end;
	o->last = either(take, m, o->last);
	o->first = either(take & -is_zero(o->first), m, o->first);
	return end & 1;
}

/*
 * find_ours - find the mounts of the bpffs
 * @o: receives them: first is 0 if there is none
 *
 * The walk takes no lock, so it can end early if the kernel frees a mount
 * meanwhile.
 * Return: 0 if the walk reached the end of the list.
 */
static __noinline __u64 find_ours(struct ours *o)
{
	__u32 key = 0;
	__u64 *sb = bpf_map_lookup_elem(&self_bpffs, &key), head, newest;

	o->at = o->end = o->first = o->last = 0;
	if (!sb || !*sb)
		return 0;
	head = *sb + OFFSET(super_block, s_mounts);
	if (LIST_HAS_HEAD) {
		o->end = head;
		o->at = word_at(head);
	} else {
		o->at = AT(super_block___chained, *sb, s_mounts);
	}
	REPEAT(next_ours, o);
	/* The list without a head begins with the newest mount. */
	if (!LIST_HAS_HEAD) {
		newest = o->first;
		o->first = o->last;
		o->last = newest;
	}
	return o->at ^ o->end;
}

/* ---- The chain ------------------------------------------------------------- */

/*
 * The chain from a mount of the bpffs up to the root. Behind the root, the root
 * is repeated, which nobody can unmount.
 */
struct chain {
	__u64 mount[CHAIN_MOUNTS];
	__u64 on[CHAIN_MOUNTS]; /* the directory that the mount is on */
	__u64 group[CHAIN_MOUNTS]; /* of the mount that it is on: peers */
	__u64 master[CHAIN_MOUNTS]; /* of the master of that mount */
};

/*
 * climb_chain - follow a mount up to the root
 * @c: receives the chain
 * @mount: the mount
 *
 * Return: 0 if the chain is complete.
 */
static __noinline __u64 climb_chain(struct chain *c, const __u64 *mount)
{
	__u64 m = *mount, up, master, rest = 0;

	ONLY_HERE(mount);
#pragma unroll
	for (int i = 0; i < CHAIN_MOUNTS; i++) {
		up = AT(mount, m, mnt_parent);
		c->mount[i] = m;
		c->on[i] = AT(mount, m, mnt_mountpoint);
		c->group[i] = (__u32)AT(mount, up, mnt_group_id);
		/* A mount without a master stands for it. */
		master = AT(mount, up, mnt_master);
		master |= up & -is_zero(master);
		c->master[i] = (__u32)AT(mount, master, mnt_group_id);
		rest |= AT(mount, master, mnt_master);
		rest |= i == CHAIN_MOUNTS - 1 ? up ^ m : 0;
		m = up;
	}
	return rest;
}

/* What is about to go: a mount with all mounts below it, or directories. */
struct target {
	__u64 mount; /* struct mount, or 0 */
	__u64 dir[2]; /* struct dentry, or 0 */
};

/* Is the address one of those? 1 or 0 */
static __always_inline __u64 any_same(const __u64 list[CHAIN_MOUNTS],
				      __u64 address)
{
	__u64 hit = 0;

#pragma unroll
	for (int i = 0; i < CHAIN_MOUNTS; i++)
		hit |= same(list[i], address);
	return hit;
}

/* Is a mount of the chain on one of the directories of the target? */
static __always_inline __u64 chain_on(const struct chain *c,
				      const struct target *t)
{
	return any_same(c->on, t->dir[0]) | any_same(c->on, t->dir[1]);
}

/*
 * stands_in - does unmounting the mount also unmount one of the chain?
 *
 * An unmount propagates from the mount that a mount is on to its peers and
 * slaves, to what is mounted there on the same directory
 * (fs/pnode.c:propagate_umount()).
 */
static __always_inline __u64 stands_in(const struct chain *c, __u64 mount)
{
	__u64 on = AT(mount, mount, mnt_mountpoint), hit = 0;
	__u32 group = AT(mount, AT(mount, mount, mnt_parent), mnt_group_id);

#pragma unroll
	for (int i = 0; i < CHAIN_MOUNTS; i++)
		hit |= same(c->on[i], on) &
		       (same(c->group[i], group) | same(c->master[i], group));
	return hit & ~is_zero(group);
}

/* A walk over a mount and all mounts below it: fs/namespace.c:next_mnt(). */
struct below {
	struct chain chain;
	__u64 top;
	__u64 at;
	__u64 done; /* 1: what is below @at has been visited */
	__u64 hit;
};

/*
 * next_below - go on to the next mount, and look at it
 *
 * Return: 1 at the end, or if the mount stands in for one of the chain.
 */
static __noinline long next_below(__u32 i, struct below *b)
{
	__u64 m = b->at, up = AT(mount, m, mnt_parent), next, from, end;
	__u64 done = -b->done, over;

	/* The list that comes next: of the mounts on @m, or of those beside it. */
	from = either(done, up, m);
	next = word_at(either(done, m + OFFSET(mount, mnt_child),
			      m + OFFSET(mount, mnt_mounts)));
	end = -same(next, from + OFFSET(mount, mnt_mounts));
	over = -(is_zero(next) | b->hit | (b->done & same(m, b->top)));
	b->at = either(over, m,
		       either(end, from, next - OFFSET(mount, mnt_child)));
	b->done = either(over, b->done, end & 1);
	b->hit |= stands_in(&b->chain, b->at) & ~(end | over);
	return (over | b->hit) & 1;
}

/**
 * chain_hit - would the mount of the bpffs with the pins go?
 * @t: the target that is about to go
 *
 * Under the seal there is a mount of the bpffs: if the walk found none, it
 * counts as incomplete.
 */
static __noinline bool chain_hit(const struct target *t)
{
	struct below b;
	struct ours o;
	__u64 rest;

	ONLY_HERE(t);
	rest = find_ours(&o);
	if (!o.first)
		return rest || sealed();
	/* Behind the oldest mount, a list with a head may go on. */
	if (LIST_HAS_HEAD)
		rest = 0;
	rest |= climb_chain(&b.chain, &o.first);
	if (!t->mount)
		return rest | chain_on(&b.chain, t);
	b.top = b.at = t->mount;
	/*
	 * 0, but not to the verifier: that of 6.1 looks only at the first round
	 * of bpf_loop(), and removes what that does not reach.
	 */
	b.done = is_zero(t->mount);
	b.hit = any_same(b.chain.mount, t->mount) |
		stands_in(&b.chain, t->mount);
	if (b.hit | rest)
		return true;
	REPEAT(next_below, &b);
	return b.hit | (b.at ^ b.top) | (b.done ^ 1);
}

/*
 * is_at_sys - is it a mount on the same directory of sysfs as the oldest one, and that
 * sysfs directly on a directory of the root of PID 1, the current task?
 *
 * Elsewhere a mount can go without an unmount: with a directory of procfs.
 */
static __noinline __u64 is_at_sys(const struct chain *c, __u64 oldest)
{
	const struct fs_struct *fs = READ(current_task(), fs);
	__u64 root = number(READ(fs, root.mnt)) - OFFSET(mount, mnt);

	return same(c->on[0], AT(mount, oldest, mnt_mountpoint)) &
	       same(c->mount[2], root) &
	       same(AT(dentry, c->on[1], d_parent),
		    number(READ(fs, root.dentry)));
}

/*
 * loses - does the chain go with the target? 1 or 0
 *
 * It is a function of its own because of its stack: the verifier of 5.10 adds up those
 * of all functions that call one another.
 */
static __noinline __u64 loses(const struct chain *c, const struct target *t)
{
	return any_same(c->mount, t->mount) | chain_on(c, t) |
	       stands_in(c, t->mount);
}

/**
 * chain_remains - does another mount of the bpffs stay when the target goes?
 * @t: the target that is about to go
 *
 * In an initramfs that can be left for a new root, the mount may be anywhere.
 */
static __noinline bool chain_remains(const struct target *t)
{
	struct chain c;
	struct ours o;

	ONLY_HERE(t);
	if (find_ours(&o) || o.first == o.last)
		return false;
	if (climb_chain(&c, &o.last) | loses(&c, t))
		return false;
	return before_newroot() || is_at_sys(&c, o.first);
}

/* Is the mount a peer of one that the chain is on, or of the master of that? */
static __always_inline __u64 is_peer(const struct chain *c, __u64 mount)
{
	__u32 group = AT(mount, mount, mnt_group_id);

	return (any_same(c->group, group) | any_same(c->master, group)) &
	       ~is_zero(group);
}

/**
 * chain_has - is a mount, or another one, a part of the chain?
 * @one: the vfsmount in it
 * @other: the same, or another
 * @peers: 1 if it is enough that @one is a peer of such a mount, otherwise 0
 */
static __noinline bool chain_has(const struct vfsmount *one,
				 const struct vfsmount *other, __u64 peers)
{
	struct chain c;
	struct ours o;

	if (find_ours(&o) && !LIST_HAS_HEAD)
		return true;
	if (!o.first)
		return sealed();
	if (climb_chain(&c, &o.first))
		return true;
	return any_same(c.mount, number(one) - OFFSET(mount, mnt)) |
	       any_same(c.mount, number(other) - OFFSET(mount, mnt)) |
	       (is_peer(&c, number(one) - OFFSET(mount, mnt)) & peers);
}

/* Is the directory the mount point, or above it? */
static __always_inline __u64 above(__u64 dir, __u64 mountpoint)
{
	__u64 d = mountpoint, hit = 0;

#pragma unroll
	for (int i = 0; i < CHAIN_PATH; i++) {
		hit |= same(d, dir);
		d = AT(dentry, d, d_parent);
	}
	/* Deeper than that: assume the worst. */
	return hit | (d ^ AT(dentry, d, d_parent));
}

/* Are @m and @mount the same mount, or peers? */
static __always_inline __u64 stands_for(__u64 m, __u64 mount)
{
	__u32 group = AT(mount, mount, mnt_group_id);

	return same(m, mount) |
	       (same((__u32)AT(mount, m, mnt_group_id), group) &
		~is_zero(group));
}

/**
 * chain_covered - would a new mount hide the path to the pins?
 * @t: the mount, and the directory in it, that the new mount is to be on
 *
 * The function guards the bpffs, and the sysfs that the bpffs is mounted on. A
 * mount on the root hides nothing from processes whose root that already is.
 */
static __noinline bool chain_covered(const struct target *t)
{
	__u64 sysfs;
	struct ours o;

	ONLY_HERE(t);
	if (find_ours(&o) && !LIST_HAS_HEAD)
		return true;
	if (!o.first)
		return sealed();
	sysfs = AT(mount, o.first, mnt_parent);
	return stands_for(o.first, t->mount) |
	       (stands_for(sysfs, t->mount) &
		above(t->dir[0], AT(mount, o.first, mnt_mountpoint)));
}

/* Are there mounts on this one? */
static __always_inline bool has_below(const struct vfsmount *m)
{
	__u64 list = number(m) - OFFSET(mount, mnt) + OFFSET(mount, mnt_mounts);

	return word_at(list) != list;
}

#endif /* SELF_CHAIN_H */
