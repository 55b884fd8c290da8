/* SPDX-License-Identifier: GPL-2.0-only */
/* self: is a directory of the cgroup2 file system, or the caller, trusted? */
#ifndef SELF_TRUST_H
#define SELF_TRUST_H

#include "trust.h"

#include "self.h"

/* From 6.2 on the verifier knows what a directory leads to. */
#define TYPED bpf_ksym_exists(bpf_rdonly_cast)

/*
 * dir_climb - climb() from a directory of cgroup2
 *
 * Kernels without bpf_rdonly_cast() offer no typed access to the kernfs node
 * behind a directory, so a helper reads it.
 */
static __noinline void dir_climb(const struct dentry *d, struct ancestry *a)
{
	const struct dentry *root = d->d_sb->s_root;

	for (int i = 0; i < CGROUP_LEVELS; i++) {
		struct kernfs_node *kn;

		if (d == root)
			return;
		for (int n = BPFLOCK_TRUST_DEPTH - 1; n; n--)
			a->hash[n] = a->hash[n - 1];
		kn = d->d_inode->i_private;
		bpf_probe_read_kernel(&a->hash[0], sizeof(a->hash[0]),
				      __builtin_preserve_access_index(
					      &kn->hash));
		d = d->d_parent;
	}
	a->hash[0] = 0;
}

/* The kernfs node behind a directory of cgroup2, for service.h. */
static __always_inline const struct kernfs_node *dir_node(const struct dentry *d)
{
	return PLAIN(struct kernfs_node, d->d_inode->i_private);
}

/* How many levels the cgroup behind a directory is below the root. */
static __always_inline int dir_level(const struct kernfs_node *kn)
{
	__u64 c = NODE(&self_record, TYPED, kn, priv);

	return read_word(self_record.read_strings, c + OFFSET(cgroup, level));
}

/*
 * dir_trusted - is the directory of cgroup2 that of a trusted cgroup, or below one?
 * @d: the directory
 *
 * The question is the one that is_host() asks later, about the same cgroup: the
 * kernfs node behind a directory leads to it (kernel/cgroup/cgroup.c:
 * cgroup_kn_lock_live()). Where that cannot be read, every cgroup counts as
 * trusted.
 */
static __always_inline bool dir_trusted(const struct dentry *d)
{
	const struct kernfs_node *kn = dir_node(d);
	struct ancestry a = {};

	if (!TYPED && !self_record.read_strings)
		return true;
	if (self_record.services &&
	    is_service(&self_record, TYPED, kn, dir_level(kn)))
		return true;
	if (!self_record.trusts)
		return false;
	if (!TYPED) {
		dir_climb(d, &a);
		return ancestry_trusted(&self_record, &a, self_record.trusts);
	}
	return cgroup_trusted(&self_record, PLAIN(struct cgroup, kn->priv),
			      self_record.trusts);
}

/* Is the directory about to become the cgroup of a service, or init.scope? */
static __always_inline bool becomes_service(const struct dentry *d)
{
	const struct kernfs_node *kn;

	if (!self_record.services || d->d_sb->s_magic != CGROUP2_MAGIC)
		return false;
	kn = dir_node(d->d_parent);
	return names_service(&self_record, TYPED, (__u64)d->d_name.name, kn,
			     dir_level(kn));
}

/*
 * Is the current task trusted? Such a process may make child cgroups and use
 * them, but self does not treat it as a host process.
 */
static __always_inline bool caller_trusted(void)
{
	return task_trusted(&self_record, current_task(), self_record.services,
			    self_record.trusts);
}

/* Is any cgroup trusted? */
static __always_inline bool guards_cgroups(void)
{
	return self_record.trusts || self_record.services;
}

#endif /* SELF_TRUST_H */
