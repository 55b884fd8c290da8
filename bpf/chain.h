/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The mounts that the pins depend on: the bpffs with them, what that is
 * mounted on, and so on up to the root. A pin is gone with the last mount of
 * its bpffs, and that goes with any mount above it (umount -l) or with the
 * folder that one of them is mounted on, from whichever mount namespace
 * (fs/namei.c: detach_mounts()). The hooks name only the mount or the folder
 * that is asked for, so the way is climbed from the bpffs.
 *
 * Mounts are numbers here: what is around a struct vfsmount, and lists, have
 * no typed way to them. Whatever cannot be followed to its end counts as hit.
 */
#ifndef CHAIN_H
#define CHAIN_H

#include "lock.h"

#define CHAIN_LEVELS 6 /* mounts up to the root */
#define CHAIN_MOUNTS 256 /* of the bpffs, in all mount namespaces */
#define CHAIN_OURS   4 /* of these, in the initial one */
#define CHAIN_PEERS  8 /* mounts that share what is mounted on them */
#define CHAIN_MASTER 1 /* up from mounts that follow others */

/*
 * Where the bpffs is in the kernel's memory. User space freezes the map before
 * anything is attached, and nobody is given a descriptor of it.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} self_bpffs SEC(".maps");

/* By a name of its own: the linker takes an extern function only once. */
extern void *bpf_rdonly_cast___chain(const void *obj,
				     unsigned int type) __ksym __weak;

static __always_inline __u64 word_at(const volatile struct bpflock_policy *p,
				     __u64 address)
{
	struct timespec64 *word;
	__u64 value = 0;

	if (p->read_strings) {
		bpf_probe_read_kernel(&value, sizeof(value), (void *)address);
		return value;
	}
	if (!bpf_ksym_exists(bpf_rdonly_cast___chain))
		return 0;
	/* A structure that begins with a number: pointers cannot be computed with. */
	word = bpf_rdonly_cast___chain((void *)address,
				       bpf_core_type_id_kernel(struct timespec64));
	return word->tv_sec;
}

/*
 * Neither is there under lockdown=confidentiality before 6.2. Then everything
 * would be hit: a lock that is not sealed does without, a seal fails to load.
 */
static __always_inline bool can_follow(const volatile struct bpflock_policy *p)
{
	return p->read_strings || bpf_ksym_exists(bpf_rdonly_cast___chain);
}

#define AT(type, address, field) \
	word_at(&self_policy,    \
		(address) + bpf_core_field_offset(struct type, field))

/*
 * For arguments that must stay addresses: clang would hand over the numbers
 * behind them, and 5.10's verifier crashes over functions whose argument is a
 * number that it knows.
 */
#define STAYS_ADDRESS(p) asm volatile("" : "+r"(p))

/* A place in the list of all mounts of a superblock. */
struct cursor {
	__u64 at;
	__u64 end;
};

#pragma clang attribute push(__attribute__((preserve_access_index)), \
			     apply_to = record)

struct super_block___chained {
	struct mount *s_mounts;
};

#pragma clang attribute pop

/* 6.18 made it a list without a head ("struct mount: relocate MNT_WRITE_HOLD"). */
#define LIST_HAS_HEAD bpf_core_field_exists(((struct super_block *)0)->s_mounts)

static __noinline void first_mount(struct cursor *c, const __u64 *sb)
{
	STAYS_ADDRESS(sb);
	if (LIST_HAS_HEAD) {
		c->end = *sb +
			 bpf_core_field_offset(struct super_block, s_mounts);
		c->at = AT(super_block, *sb, s_mounts);
		return;
	}
	c->end = 0;
	c->at = AT(super_block___chained, *sb, s_mounts);
}

static __noinline __u64 mount_at(const struct cursor *c)
{
	STAYS_ADDRESS(c);
	if (LIST_HAS_HEAD)
		return c->at -
		       bpf_core_field_offset(struct mount, mnt_instance);
	return c->at;
}

static __noinline void next_mount(struct cursor *c)
{
	STAYS_ADDRESS(c);
	c->at = LIST_HAS_HEAD ? word_at(&self_policy, c->at) :
				AT(mount, c->at, mnt_next_for_sb);
}

/* The oldest mounts of the bpffs in the initial namespace. */
struct ours {
	__u64 mount[CHAIN_OURS];
	__u64 rest; /* not 0: there are more mounts than were looked at */
};

/* 1 or 0, without a branch: paths through the loop do not multiply. */
static __always_inline __u64 is_initial(__u64 m)
{
	__u64 ns = AT(mount, m, mnt_ns), inum;

	inum = (__u32)AT(mnt_namespace, ns, ns.inum);
	inum ^= self_policy.ns_inum[BPFLOCK_NS_MNT];
	return (inum - 1) >> 63;
}

static __noinline void find_ours(struct ours *o)
{
	__u32 key = 0;
	__u64 *sb = bpf_map_lookup_elem(&self_bpffs, &key);
	__u64 head = LIST_HAS_HEAD;
	struct cursor c;

	ONLY_HERE(head);
	if (!sb || !*sb)
		return;
	first_mount(&c, sb);
	for (int i = 0; i < CHAIN_MOUNTS; i++) {
		__u64 m, found;

		if (c.at == c.end || !c.at)
			break;
		m = mount_at(&c);
		found = -is_initial(m);
		/* At the end of a list with a head are the new ones. */
		found &= (o->mount[CHAIN_OURS - 1] >> 63 & head) - 1;
		for (int n = CHAIN_OURS - 1; n > 0; n--)
			o->mount[n] = (o->mount[n] & ~found) |
				      (o->mount[n - 1] & found);
		o->mount[0] = (o->mount[0] & ~found) | (m & found);
		next_mount(&c);
	}
	/* A number that the verifier does not know: it would look at both. */
	o->rest = c.at ^ c.end;
}

/*
 * A function, so that loops around it are simple: clang moves the end of
 * others to their top, where 5.10's verifier takes it for an endless one.
 */
static __noinline __u64 parent_of(const __u64 *mount)
{
	STAYS_ADDRESS(mount);
	return AT(mount, *mount, mnt_parent);
}

/* What is about to go: a mount with all below it, or folders. 0: no such. */
struct target {
	__u64 mount;
	__u64 folder[2];
};

/* Is the mount the target, below it, or on the folder? */
static __noinline bool depends(const __u64 *mount, const struct target *t)
{
	__u64 m = *mount, parent, on;

	STAYS_ADDRESS(mount);
	STAYS_ADDRESS(t);
	for (int i = 0; i < CHAIN_LEVELS; i++) {
		if (m == t->mount)
			return true;
		parent = parent_of(&m);
		if (parent == m)
			return false;
		on = AT(mount, m, mnt_mountpoint);
		if (on == t->folder[0] || on == t->folder[1])
			return true;
		m = parent;
	}
	return true;
}

/* A mount on the way up, and the one of ours that is on it. */
struct link {
	__u64 mount;
	__u64 child;
};

/* Is anything mounted on the mount? */
static __noinline bool has_children(const __u64 *mount)
{
	__u64 children =
		*mount + bpf_core_field_offset(struct mount, mnt_mounts);

	STAYS_ADDRESS(mount);
	return word_at(&self_policy, children) != children;
}

/*
 * What is unmounted goes from all mounts that share what is mounted on them,
 * or follow (fs/pnode.c: propagate_umount()). Is the target itself mounted
 * where the child is, on one of these?
 */
static __noinline bool stands_in(const struct link *l, const struct target *t)
{
	__u64 parent = parent_of(&t->mount), group, master;

	STAYS_ADDRESS(l);
	STAYS_ADDRESS(t);
	group = (__u32)AT(mount, parent, mnt_group_id);
	if (!group || AT(mount, t->mount, mnt_mountpoint) !=
			      AT(mount, l->child, mnt_mountpoint))
		return false;
	master = AT(mount, l->mount, mnt_master);
	return group == (__u32)AT(mount, l->mount, mnt_group_id) ||
	       (master && (group == (__u32)AT(mount, master, mnt_group_id) ||
			   AT(mount, master, mnt_master)));
}

/* Is one of these below the target, so that what is on it goes as well? */
static __noinline bool shared_depends(const struct link *l,
				      const struct target *t)
{
	__u64 first = l->mount, peer;

	STAYS_ADDRESS(l);
	STAYS_ADDRESS(t);
	for (int level = 0; level <= CHAIN_MASTER; level++) {
		peer = first;
		for (int i = 0; i < CHAIN_PEERS; i++) {
			if (peer != l->mount && has_children(&peer) &&
			    depends(&peer, t))
				return true;
			peer = AT(mount, peer, mnt_share) -
			       bpf_core_field_offset(struct mount, mnt_share);
			if (peer == first)
				break;
		}
		if (peer != first)
			return true;
		first = AT(mount, first, mnt_master);
		if (!first)
			return false;
	}
	return true;
}

static __noinline bool chain_shared(const __u64 *ours, const struct target *t)
{
	bool hit = false, leaf = !has_children(&t->mount);
	struct link l;

	STAYS_ADDRESS(ours);
	STAYS_ADDRESS(t);
	l.mount = *ours;
	for (int i = 0; i < CHAIN_LEVELS && !hit; i++) {
		l.child = l.mount;
		l.mount = parent_of(&l.child);
		if (l.mount == l.child)
			return false;
		hit = stands_in(&l, t) || (!leaf && shared_depends(&l, t));
	}
	return true;
}

/**
 * chain_hit - would a mount of the bpffs with the pins go?
 * @t: what is to go
 * @remains: gets whether another of its mounts in the initial namespace stays
 */
static __noinline bool chain_hit(const struct target *t, bool *remains)
{
	struct ours o = {};
	bool hit;

	STAYS_ADDRESS(t);
	find_ours(&o);
	hit = o.rest;
	*remains = false;
	for (int i = 0; i < CHAIN_OURS; i++) {
		if (!o.mount[i])
			break;
		if (depends(&o.mount[i], t))
			hit = true;
		else
			*remains = true;
	}
	if (!hit && t->mount && o.mount[0])
		hit = chain_shared(&o.mount[0], t);
	return hit;
}

/* Is it the child's mount point, or a folder above that in its file system? */
static __always_inline bool above(__u64 folder, __u64 child)
{
	__u64 d = AT(mount, child, mnt_mountpoint), up;

	for (int i = 0; i < CHAIN_LEVELS; i++) {
		if (d == folder)
			return true;
		up = AT(dentry, d, d_parent);
		if (up == d)
			return false;
		d = up;
	}
	return true;
}

/* Is it the mount, or one that shares what is mounted on it? */
static __always_inline bool stands_for(__u64 m, __u64 mount)
{
	__u32 group = AT(mount, mount, mnt_group_id);

	return m == mount ||
	       (group && group == (__u32)AT(mount, m, mnt_group_id));
}

/**
 * chain_covered - would a mount hide the way to the pins?
 * @t: the mount, and the folder in it, that something is to be mounted on
 *
 * What is looked at is the bpffs and the sysfs that it is mounted on: a mount
 * on the root hides nothing from those who are in it already.
 */
static __noinline bool chain_covered(const struct target *t)
{
	struct ours o = {};

	STAYS_ADDRESS(t);
	find_ours(&o);
	if (o.rest)
		return true;
	for (int i = 0; i < CHAIN_OURS; i++) {
		__u64 bpffs = o.mount[i];

		if (!bpffs)
			return false;
		if (stands_for(bpffs, t->mount))
			return true;
		if (stands_for(parent_of(&bpffs), t->mount) &&
		    above(t->folder[0], bpffs))
			return true;
	}
	return false;
}

#endif /* CHAIN_H */
