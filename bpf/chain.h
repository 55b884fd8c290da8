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

#define CHAIN_LEVELS 10 /* mounts up to the root */
#define CHAIN_OURS   4 /* mounts of the bpffs in the initial namespace */

/* The same before 6.4, where the verifier walks loops to their end. */
#define CHAIN_MOUNTS	 (1 << 20) /* of the bpffs, in all mount namespaces */
#define CHAIN_MOUNTS_OLD 32
#define CHAIN_STEPS	 4096 /* over mounts that share what is on them */
#define CHAIN_STEPS_OLD	 32

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

static __always_inline __u64 word_at(const volatile struct bpflock_policy *p,
				     __u64 address)
{
	struct timespec64 *word;
	__u64 value = 0;

	if (p->read_strings) {
		bpf_probe_read_kernel(&value, sizeof(value), (void *)address);
		return value;
	}
	if (!bpf_ksym_exists(bpf_rdonly_cast))
		return 0;
	/* A structure that begins with a number: pointers cannot be computed with. */
	word = bpf_rdonly_cast((void *)address,
			       bpf_core_type_id_kernel(struct timespec64));
	return word->tv_sec;
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

struct bpf_iter_num {
	__u64 opaque[1];
} __attribute__((aligned(8)));

extern int bpf_iter_num_new(struct bpf_iter_num *it, int start,
			    int end) __ksym __weak;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym __weak;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym __weak;

/* Again and again as long as there is @more, but not more often than that. */
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

/* False at the end of the list. */
static __noinline bool take_mount(struct cursor *c, struct ours *o)
{
	__u64 m, found;

	STAYS_ADDRESS(c);
	STAYS_ADDRESS(o);
	if (c->at == c->end || !c->at)
		return false;
	m = mount_at(c);
	found = -is_initial(m);
	/* New mounts are put at the end of a list with a head. */
	if (LIST_HAS_HEAD)
		found &= (o->mount[CHAIN_OURS - 1] >> 63) - 1;
	for (int n = CHAIN_OURS - 1; n > 0; n--)
		o->mount[n] = (o->mount[n] & ~found) |
			      (o->mount[n - 1] & found);
	o->mount[0] = (o->mount[0] & ~found) | (m & found);
	next_mount(c);
	return true;
}

static __noinline void find_ours(struct ours *o)
{
	__u32 key = 0;
	__u64 *sb = bpf_map_lookup_elem(&self_bpffs, &key);
	struct cursor c;

	if (!sb || !*sb)
		return;
	first_mount(&c, sb);
	REPEAT(CHAIN_MOUNTS, CHAIN_MOUNTS_OLD, take_mount(&c, o));
	/* A number that the verifier does not know: it would look at both. */
	o->rest = c.at ^ c.end;
	/*
	 * Up to 6.17 the oldest come first, and those of the initial namespace
	 * are older than what containers make: to guard some is to guard the
	 * pins.
	 */
	if (LIST_HAS_HEAD && o->mount[0])
		o->rest = 0;
	/*
	 * Nothing is locked: a mount that is freed meanwhile can end the walk
	 * early. Under the seal one of ours is always there to be found.
	 */
	if (self_policy.now.deny_host & BPFLOCK_BIT(SELF_MOUNTS))
		o->rest |= (o->mount[0] >> 63) - 1;
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

/* Is anything mounted on the mount? */
static __noinline bool has_children(const __u64 *mount)
{
	__u64 children =
		*mount + bpf_core_field_offset(struct mount, mnt_mounts);

	STAYS_ADDRESS(mount);
	return word_at(&self_policy, children) != children;
}

/* Where a search over the mounts that share with those of the chain is. */
struct search {
	__u64 child; /* of the chain */
	__u64 mount; /* what that is on */
	__u64 first; /* of those that share what is on it, or their master */
	__u64 peer; /* which of these */
	__u64 at; /* on its way up, 0: that has been looked at */
	__u64 result; /* SEARCH_ON until it is known */
};

enum { SEARCH_ON, SEARCH_END, SEARCH_HIT };

/*
 * What is unmounted goes from all mounts that share what is mounted on them,
 * or follow (fs/pnode.c: propagate_umount()). Is the target itself mounted
 * where the child is, on one of these?
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

/* Begin with a mount: one that has anything mounted on it is climbed from. */
static __noinline void look_at(struct search *s)
{
	STAYS_ADDRESS(s);
	s->at = s->peer != s->mount && has_children(&s->peer) ? s->peer : 0;
}

/* The next mount up the chain. */
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

/* The next one that shares, or the master of all of them. */
static __noinline bool search_on(struct search *s)
{
	STAYS_ADDRESS(s);
	s->peer = AT(mount, s->peer, mnt_share) -
		  bpf_core_field_offset(struct mount, mnt_share);
	if (s->peer == s->first)
		s->first = s->peer = AT(mount, s->first, mnt_master);
	return s->first;
}

/* False as soon as the result is known. */
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
 * Is the target, or a mount below it, one from which unmounting reaches a
 * mount of the chain? A leaf takes nothing along.
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
