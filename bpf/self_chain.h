/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * self: the chain of mounts that the pins depend on, from the bpffs that holds
 * them up to the root. The pins are gone when the last mount of that bpffs
 * goes. Such a mount goes together with any mount above it (umount -l), or with
 * the directory that one of these mounts is on, from any mount namespace
 * (fs/namei.c:detach_mounts()). The hooks receive only the mount or the directory
 * that goes, so the functions here climb from the bpffs to the root.
 *
 * Mounts are handled as plain addresses: the verifier offers no typed access to
 * the struct mount around a vfsmount, or to the elements of a list. A walk that
 * cannot be completed counts as a hit.
 */
#ifndef SELF_CHAIN_H
#define SELF_CHAIN_H

#include "self.h"

#define CHAIN_LEVELS 10 /* the most mounts up to the root */
#define CHAIN_OURS   4 /* the most mounts of the bpffs that struct ours holds */

/*
 * How far the walks go. The smaller numbers are for kernels before 6.4, whose
 * verifier walks each loop to its end.
 */
#define CHAIN_MOUNTS	 (1 << 20) /* mounts of the bpffs, in all namespaces */
#define CHAIN_MOUNTS_OLD 32
#define CHAIN_STEPS	 4096 /* steps over peer groups: see search_step() */
#define CHAIN_STEPS_OLD	 32

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

/* The 8 bytes at an address of kernel memory; 0 if they cannot be read. */
static __always_inline __u64 word_at(const volatile struct bpflock_record *p,
				     __u64 address)
{
	__u64 value = 0;

	if (p->read_strings) {
		bpf_probe_read_kernel(&value, sizeof(value), (void *)address);
		return value;
	}
	if (!bpf_ksym_exists(bpf_rdonly_cast))
		return 0;
	return word_of((void *)address);
}

#define AT(type, address, field) \
	word_at(&self_record,    \
		(address) + bpf_core_field_offset(struct type, field))

/*
 * STAYS_ADDRESS makes clang pass the address of an argument. Otherwise clang
 * would pass the number at that address instead, and the verifier of 5.10
 * crashes over functions that receive a number whose value it knows.
 */
#define STAYS_ADDRESS(p) asm volatile("" : "+r"(p))

struct bpf_iter_num {
	__u64 opaque[1];
} __attribute__((aligned(8)));

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start,
			    int end) __ksym __weak;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym __weak;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym __weak;

/*
 * REPEAT - evaluate @more until it is false
 * @most: the limit of evaluations
 * @most_old: the limit on kernels without the iterator (before 6.4)
 */
#define REPEAT(most, most_old, more)                                   \
	do {                                                           \
		struct bpf_iter_num it;                                \
                                                                       \
		if (bpf_ksym_exists(bpf_iter_num_new)) {               \
			bpf_iter_num_new(&it, 0, most);                \
			while (bpf_iter_num_next(&it) && (more))       \
				;                                      \
			bpf_iter_num_destroy(&it);                     \
		} else {                                               \
			for (int i = 0; i < (most_old) && (more); i++) \
				;                                      \
		}                                                      \
	} while (0)

/* A position in the list of all mounts of a superblock. */
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

/* 6.18 removed the list head ("struct mount: relocate MNT_WRITE_HOLD"). */
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
	c->at = LIST_HAS_HEAD ? word_at(&self_record, c->at) :
				AT(mount, c->at, mnt_next_for_sb);
}

/* The oldest mounts of the bpffs in the initial mount namespace. */
struct ours {
	__u64 mount[CHAIN_OURS];
	__u64 rest; /* not 0: the walk ended before the end of the list */
};

/*
 * is_initial - 1 if the mount is in the initial mount namespace, otherwise 0
 *
 * There is no branch, so that the paths through the loop do not multiply.
 */
static __always_inline __u64 is_initial(__u64 m)
{
	__u64 ns = AT(mount, m, mnt_ns), inum;

	inum = (__u32)AT(mnt_namespace, ns, ns.inum);
	inum ^= self_record.ns_inum[BPFLOCK_NS_MNT];
	return (inum - 1) >> 63;
}

/*
 * take_mount - look at one mount of the list and go on to the next
 *
 * Return: false at the end of the list.
 */
static __noinline bool take_mount(struct cursor *c, struct ours *o)
{
	__u64 m, found;

	STAYS_ADDRESS(c);
	STAYS_ADDRESS(o);
	if (c->at == c->end || !c->at)
		return false;
	m = mount_at(c);
	found = -is_initial(m);
	/* The kernel appends to a list with a head: keep the first mounts. */
	if (LIST_HAS_HEAD)
		found &= (o->mount[CHAIN_OURS - 1] >> 63) - 1;
	for (int n = CHAIN_OURS - 1; n > 0; n--)
		o->mount[n] = (o->mount[n] & ~found) |
			      (o->mount[n - 1] & found);
	o->mount[0] = (o->mount[0] & ~found) | (m & found);
	next_mount(c);
	return true;
}

/* Find the mounts of the bpffs in the initial mount namespace. */
static __noinline void find_ours(struct ours *o)
{
	__u32 key = 0;
	__u64 *sb = bpf_map_lookup_elem(&self_bpffs, &key);
	struct cursor c;

	if (!sb || !*sb)
		return;
	first_mount(&c, sb);
	REPEAT(CHAIN_MOUNTS, CHAIN_MOUNTS_OLD, take_mount(&c, o));
	/* The verifier does not know this number, so it explores one path. */
	o->rest = c.at ^ c.end;
	/*
	 * Up to 6.17 the list begins with the oldest mounts, and those of the
	 * initial namespace are older than the mounts of containers. Guarding
	 * some of them is enough to guard the pins.
	 */
	if (LIST_HAS_HEAD && o->mount[0])
		o->rest = 0;
	/*
	 * The walk takes no lock, so it can end early if the kernel frees a
	 * mount meanwhile. Under the seal at least one mount of the bpffs
	 * exists: if the walk found none, it counts as incomplete.
	 */
	if (self_record.now.masks.deny_host & BPFLOCK_BIT(SELF_MOUNTS))
		o->rest |= (o->mount[0] >> 63) - 1;
}

/*
 * parent_of - the mount that a mount is on
 *
 * It is a function of its own to keep the loops around it simple. clang moves
 * the exit of a more complex loop to its top, where the verifier of 5.10 takes
 * the loop for an endless one.
 */
static __noinline __u64 parent_of(const __u64 *mount)
{
	STAYS_ADDRESS(mount);
	return AT(mount, *mount, mnt_parent);
}

/* What is about to go: a mount with all mounts below it, or directories. */
struct target {
	__u64 mount; /* struct mount, or 0 */
	__u64 dir[2]; /* struct dentry, or 0 */
};

/* Is the mount the target, below the target, or on a directory of the target? */
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
		if (on == t->dir[0] || on == t->dir[1])
			return true;
		m = parent;
	}
	return true;
}

/* Is anything mounted on the mount? */
static __noinline bool has_children(const __u64 *mount)
{
	__u64 children =
		*mount + bpf_core_field_offset(struct mount, mnt_mounts);

	STAYS_ADDRESS(mount);
	return word_at(&self_record, children) != children;
}

/*
 * The state of a search over the mounts that propagate to a mount of the chain:
 * the peers of that mount, then its master, the peers of the master, and so on.
 */
struct search {
	__u64 child; /* a mount of the chain */
	__u64 mount; /* the mount that the child is on */
	__u64 first; /* that mount, or one of its masters */
	__u64 peer; /* a peer of first */
	__u64 at; /* a mount above the peer; 0: the peer is done */
	__u64 result; /* SEARCH_ON until the result is known */
};

enum { SEARCH_ON, SEARCH_END, SEARCH_HIT };

/*
 * stands_in - does unmounting the target also unmount the child?
 *
 * An unmount propagates from the mount that the target is on to its peers and
 * slaves (fs/pnode.c:propagate_umount()). The function compares the mount
 * points, and the peer group of that mount with those of the child's.
 */
static __noinline bool stands_in(const struct search *s, const struct target *t)
{
	__u64 parent = parent_of(&t->mount), group, master;

	STAYS_ADDRESS(s);
	STAYS_ADDRESS(t);
	group = (__u32)AT(mount, parent, mnt_group_id);
	if (!group || AT(mount, t->mount, mnt_mountpoint) !=
			      AT(mount, s->child, mnt_mountpoint))
		return false;
	master = AT(mount, s->mount, mnt_master);
	return group == (__u32)AT(mount, s->mount, mnt_group_id) ||
	       (master && (group == (__u32)AT(mount, master, mnt_group_id) ||
			   AT(mount, master, mnt_master)));
}

/* Begin with a peer: climb from it if anything is mounted on it. */
static __noinline void look_at(struct search *s)
{
	STAYS_ADDRESS(s);
	s->at = s->peer != s->mount && has_children(&s->peer) ? s->peer : 0;
}

/* Go on to the next mount up the chain. */
static __noinline void search_up(struct search *s, const struct target *t)
{
	STAYS_ADDRESS(s);
	STAYS_ADDRESS(t);
	s->child = s->mount;
	s->mount = parent_of(&s->child);
	s->first = s->peer = s->mount;
	s->at = 0;
	if (s->mount == s->child)
		s->result = SEARCH_END;
	else if (stands_in(s, t))
		s->result = SEARCH_HIT;
}

/* Go on to the next peer, or to the master. Return: false if there is none. */
static __noinline bool search_on(struct search *s)
{
	STAYS_ADDRESS(s);
	s->peer = AT(mount, s->peer, mnt_share) -
		  bpf_core_field_offset(struct mount, mnt_share);
	if (s->peer == s->first)
		s->first = s->peer = AT(mount, s->first, mnt_master);
	return s->first;
}

/*
 * search_step - one step of the search
 * @leaf: not 0 if nothing is mounted on the target
 *
 * Return: false as soon as the result is known.
 */
static __noinline bool search_step(struct search *s, const struct target *t,
				   const __u64 *leaf)
{
	__u64 parent;

	STAYS_ADDRESS(s);
	STAYS_ADDRESS(t);
	STAYS_ADDRESS(leaf);
	if (s->at && s->at == t->mount) {
		s->result = SEARCH_HIT;
	} else if (s->at) {
		parent = parent_of(&s->at);
		s->at = parent == s->at ? 0 : parent;
	} else if (*leaf || !search_on(s)) {
		search_up(s, t);
	} else {
		look_at(s);
	}
	return s->result == SEARCH_ON;
}

/*
 * chain_shared - does unmounting the target propagate to a mount of the chain?
 *
 * The target itself or a mount below it may propagate. If nothing is mounted on
 * the target, only the target itself goes.
 */
static __noinline bool chain_shared(const __u64 *ours, const struct target *t)
{
	__u64 leaf = !has_children(&t->mount);
	struct search s = {};

	STAYS_ADDRESS(ours);
	STAYS_ADDRESS(t);
	s.mount = *ours;
	search_up(&s, t);
	REPEAT(CHAIN_STEPS, CHAIN_STEPS_OLD, search_step(&s, t, &leaf));
	return s.result != SEARCH_END;
}

/**
 * chain_hit - would a mount of the bpffs with the pins go?
 * @t: the target that is about to go
 * @remains: receives whether another mount of the bpffs in the initial mount
 *	namespace stays
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

/* Is the directory the mount point of the child, or above that mount point? */
static __always_inline bool above(__u64 dir, __u64 child)
{
	__u64 d = AT(mount, child, mnt_mountpoint), up;

	for (int i = 0; i < CHAIN_LEVELS; i++) {
		if (d == dir)
			return true;
		up = AT(dentry, d, d_parent);
		if (up == d)
			return false;
		d = up;
	}
	return true;
}

/* Are @m and @mount the same mount, or peers? */
static __always_inline bool stands_for(__u64 m, __u64 mount)
{
	__u32 group = AT(mount, mount, mnt_group_id);

	return m == mount ||
	       (group && group == (__u32)AT(mount, m, mnt_group_id));
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
		    above(t->dir[0], bpffs))
			return true;
	}
	return false;
}

#endif /* SELF_CHAIN_H */
