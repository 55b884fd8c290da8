/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trusted cgroups, found by kernfs' own hash of their names (fs/kernfs/dir.c:
 * kernfs_name_hash()): the strings cannot be read without a helper. A name
 * made to collide does not help a process: it can get into such a folder only
 * through self_file_open and self_task_alloc, which compare in the same way.
 */
#ifndef CGROUP_H
#define CGROUP_H

#define CGROUP_LEVELS 16 /* how deep below a trusted cgroup is looked */
#define WAY_LEN	      (CGROUP_LEVELS + BPFLOCK_TRUST_DEPTH)

/* The names from a folder up to the root; none hashes to 0, the end. */
struct way {
	__u32 hash[WAY_LEN + 1];
};

/* 0: trust entry n is that part of the way, and ends at the root like it. */
static __always_inline __u64 differs(const volatile struct bpflock_policy *p,
				     unsigned int n, const __u32 *hash)
{
	__u64 diff = hash[BPFLOCK_TRUST_DEPTH];

	for (int i = 0; i < BPFLOCK_TRUST_DEPTH; i++)
		diff |= hash[i] ^ p->trust_hash[n][i];
	return diff;
}

/**
 * way_trusted - does a way lead through a trusted cgroup?
 * @p: the policy with the list
 * @w: the way
 * @trusts: how many of the list count
 *
 * Without a branch in it: the verifier would follow each to the end.
 */
static __always_inline bool way_trusted(const volatile struct bpflock_policy *p,
					const struct way *w,
					unsigned int trusts)
{
	__u64 found = 0;

	for (int level = 0; level < CGROUP_LEVELS; level++)
		for (unsigned int n = 0; n < BPFLOCK_TRUST_MAX; n++) {
			if (n >= trusts)
				break;
			found |= (differs(p, n, &w->hash[level]) - 1) >> 63;
		}
	return found;
}

/* Its folder in the cgroup v2 hierarchy. */
static __always_inline const struct kernfs_node *
task_cgroup(const struct task_struct *t)
{
	return READ(READ(READ(t, cgroups), dfl_cgrp), kn);
}

/* The way up from there. */
static __noinline void way_of_cgroup(const struct kernfs_node *kn,
				     struct way *w)
{
	for (int i = 0; i < WAY_LEN; i++) {
		const struct kernfs_node *parent = kn ? kernfs_parent(kn) : 0;

		if (!parent)
			return;
		w->hash[i] = READ(kn, hash);
		kn = parent;
	}
	w->hash[WAY_LEN] = 1;
}

/* cgroup_trusted - is the task's cgroup in the first @trusts, or below one? */
static __always_inline bool
cgroup_trusted(const volatile struct bpflock_policy *p,
	       const struct task_struct *t, unsigned int trusts)
{
	struct way w = {};

	way_of_cgroup(task_cgroup(t), &w);
	return way_trusted(p, &w, trusts);
}

#endif /* CGROUP_H */
