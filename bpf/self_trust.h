/* SPDX-License-Identifier: GPL-2.0-only */
/* self: is a directory of the cgroup2 file system, or the caller, trusted? */
#ifndef SELF_TRUST_H
#define SELF_TRUST_H

#include "self.h"

/*
 * The kernel's hash of a cgroup's name, as the record has it
 * (fs/kernfs/dir.c:kernfs_name_hash(), include/linux/hash.h:hash_64()).
 */
static __noinline unsigned int name_hash(const struct dentry *d)
{
	struct name name;
	__u64 hash = 0;

	dentry_name(d, &name);
	for (int i = 0; i < BPFLOCK_TRUST_NAME; i++) {
		__u64 c = (unsigned char)name.text[i], more = mask_of(c);

		hash = (((hash + (c << 4) + (c >> 4)) * 11) & more) |
		       (hash & ~more);
	}
	hash = hash * 0x61C8864680B583EBULL >> 32;
	hash &= 0x7fffffff;
	if (hash < 2)
		hash += 2;
	if (hash >= 0x7fffffff)
		hash = 0x7ffffffe;
	return hash;
}

/* Collect the hashes from a directory up to the root, like cgroup_ancestry(). */
static __noinline void dir_ancestry(const struct dentry *d, struct ancestry *a)
{
	const struct dentry *root = d->d_sb->s_root;

	for (int i = 0; i < ANCESTRY_LEN; i++) {
		if (d == root)
			return;
		a->hash[i] = name_hash(d);
		d = d->d_parent;
	}
	a->hash[ANCESTRY_LEN] = 1;
}

/* Is the directory that of a trusted cgroup, or below one? */
static __noinline bool dir_trusted(const struct dentry *d)
{
	struct ancestry a = {};

	dir_ancestry(d, &a);
	return ancestry_trusted(&self_record, &a, self_record.trusts);
}

/*
 * Is the current task in a trusted cgroup? Such a process may make child
 * cgroups and use them, but self does not treat it as a host process.
 */
static __always_inline bool caller_trusted(void)
{
	return cgroup_trusted(&self_record, current_task(), self_record.trusts);
}

#endif /* SELF_TRUST_H */
