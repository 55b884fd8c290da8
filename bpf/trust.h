/* SPDX-License-Identifier: GPL-2.0-only */
/* self: is a folder of cgroup2's files, or the caller's, a trusted cgroup's? */
#ifndef TRUST_H
#define TRUST_H

/* The kernel's hash of a cgroup's name, as the frozen policy has it. */
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
	/* include/linux/hash.h hash_64(), fs/kernfs/dir.c kernfs_name_hash() */
	hash = hash * 0x61C8864680B583EBULL >> 32;
	hash &= 0x7fffffff;
	if (hash < 2)
		hash += 2;
	if (hash >= 0x7fffffff)
		hash = 0x7ffffffe;
	return hash;
}

static __noinline void way_up(const struct dentry *d, struct way *w)
{
	const struct dentry *root = d->d_sb->s_root;

	for (int i = 0; i < WAY_LEN; i++) {
		if (d == root)
			return;
		w->hash[i] = name_hash(d);
		d = d->d_parent;
	}
	w->hash[WAY_LEN] = 1;
}

/* The same question as cgroup_trusted(), for a folder of cgroup2's files. */
static __noinline bool folder_trusted(const struct dentry *d)
{
	struct way w = {};

	way_up(d, &w);
	return way_trusted(&self_policy, &w, self_policy.trusts);
}

/* Whom the lock trusts may divide its cgroup, and is not its host. */
static __always_inline bool caller_trusted(void)
{
	return cgroup_trusted(&self_policy, current_task(), self_policy.trusts);
}

#endif /* TRUST_H */
