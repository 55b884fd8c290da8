/* SPDX-License-Identifier: GPL-2.0-only */
/* The way up the hierarchy of cgroup v2, on each kernel. */
#ifndef CGROUP_H
#define CGROUP_H

#include "compat.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), \
			     apply_to = record)

struct kernfs_node___rcu {
	struct kernfs_node *__parent;
};

#pragma clang attribute pop

/**
 * kernfs_parent - the parent directory of a kernfs node, NULL for the root
 *
 * 6.15 renamed the field and put it under RCU ("kernfs: Use RCU to access
 * kernfs_node::parent").
 */
static __noinline __attribute__((unused)) struct kernfs_node *
kernfs_parent(const struct kernfs_node *kn)
{
	const struct kernfs_node___rcu *new = (const void *)kn;

	if (bpf_core_field_exists(new->__parent)) {
		ONLY_HERE(new);
		return READ(new, __parent);
	}
	ONLY_HERE(kn);
	return READ(kn, parent);
}

/**
 * cgroup_ancestor - the cgroup above a cgroup that is at a level, from 6.2 on
 * @c: the cgroup
 * @level: the level, from 1 below the root to that of the cgroup itself
 *
 * The verifier allows no access to an array of pointers at the end of a structure.
 */
static __always_inline const struct cgroup *
cgroup_ancestor(const struct cgroup *c, int level)
{
	const void *element = (const void *)c +
			      bpf_core_field_offset(struct cgroup, ancestors) +
			      level * sizeof(void *);

	return PLAIN(struct cgroup, (const void *)word_of(element));
}

/**
 * ancestor_id - the id of the current task's cgroup, or of one above it
 * @c: the cgroup, in the hierarchy of v2
 * @level: the level of the one whose id it is, at most that of the cgroup
 */
static __always_inline __u64 ancestor_id(const struct cgroup *c, int level)
{
#ifdef OLD_KERNEL
	const struct cgroup___ids *ids = (const void *)c;

	return read_u64(&ids->ancestor_ids[0] + level);
#else
	return bpf_get_current_ancestor_cgroup_id(level);
#endif
}

#endif /* CGROUP_H */
