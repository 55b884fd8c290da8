/* SPDX-License-Identifier: GPL-2.0-only */
/* trust=: the trusted cgroups, by their paths, and services (service.h). */
#ifndef TRUST_H
#define TRUST_H

#include "service.h"

/*
 * A record names trusted cgroups by kernfs' own hashes of the directory names
 * (fs/kernfs/dir.c:kernfs_name_hash()), because only a helper could read the
 * names themselves. A directory whose name collides gives nothing away: self
 * asks the same question about the cgroup that a process wants to enter.
 */

/*
 * The hashes of the directory names of a cgroup, from the one below the root
 * down to the deepest that a record can name. 0 stands for a level that the
 * cgroup does not have, since no name hashes to 0.
 */
struct ancestry {
	__u32 hash[BPFLOCK_TRUST_DEPTH];
};

/**
 * ancestry_trusted - is a cgroup trusted, or below a trusted one?
 * @p: the record with the list
 * @a: the ancestry of the cgroup
 * @trusts: how many entries of the list count
 *
 * There is no branch on a comparison, because the verifier would follow each
 * branch to the end. It knows what the record holds, and removes the rest.
 */
static __always_inline bool
ancestry_trusted(const volatile struct bpflock_record *p,
		 const struct ancestry *a, unsigned int trusts)
{
	__u64 found = 0;

#pragma nounroll
	for (unsigned int n = 0; n < BPFLOCK_TRUST_MAX; n++) {
		__u64 diff = 0;

		/* An entry without a name would match everything. */
		if (n >= trusts || !p->trust_hash[n][0])
			break;
#pragma nounroll
		for (int i = 0; i < BPFLOCK_TRUST_DEPTH; i++)
			if (p->trust_hash[n][i])
				diff |= a->hash[i] ^ p->trust_hash[n][i];
		found |= (diff - 1) >> 63;
	}
	return found;
}

/*
 * names_level - does a trusted cgroup of the record have a directory there?
 * @level: 0 for the directory below the root
 */
static __always_inline bool names_level(const volatile struct bpflock_record *p,
					int level, unsigned int trusts)
{
	__u32 any = 0;

#pragma nounroll
	for (unsigned int n = 0; n < BPFLOCK_TRUST_MAX; n++)
		if (n < trusts)
			any |= p->trust_hash[n][level];
	return any;
}

#define CGROUP_LEVELS 22 /* the most levels that climb() follows */

/*
 * climb - collect an ancestry from the directory of a cgroup upwards
 *
 * Each level pushes those below it further back, so that the upper ones remain.
 */
static __noinline void climb(const struct kernfs_node *kn, struct ancestry *a)
{
	for (int i = 0; i < CGROUP_LEVELS; i++) {
		const struct kernfs_node *parent = kernfs_parent(kn);

		if (!parent)
			return;
		for (int n = BPFLOCK_TRUST_DEPTH - 1; n; n--)
			a->hash[n] = a->hash[n - 1];
		a->hash[0] = READ(kn, hash);
		kn = parent;
	}
	a->hash[0] = 0; /* deeper than that: not trusted */
}

/**
 * cgroup_trusted - is the cgroup trusted, or below a trusted one?
 * @p: the record with the list
 * @c: the cgroup
 * @trusts: how many entries of the list count
 */
static __always_inline bool
cgroup_trusted(const volatile struct bpflock_record *p, const struct cgroup *c,
	       unsigned int trusts)
{
	struct ancestry a = {};

	if (!bpf_ksym_exists(bpf_rdonly_cast)) {
		climb(READ(c, kn), &a);
		return ancestry_trusted(p, &a, trusts);
	}
#pragma nounroll
	for (int i = 0; i < BPFLOCK_TRUST_DEPTH; i++) {
		/* Behind the array of a cgroup there is something else. */
		__s64 there = (i - (__s64)c->level) >> 63;

		if (!names_level(p, i, trusts))
			break;
		a.hash[i] = cgroup_ancestor(c, i + 1)->kn->hash & there;
	}
	return ancestry_trusted(p, &a, trusts);
}

/**
 * task_trusted - is the task a service that is trusted, or in a trusted cgroup?
 * @p: the record
 * @t: the task
 * @services: whether services are trusted
 * @trusts: how many entries of the list of cgroups count
 */
static __always_inline bool
task_trusted(const volatile struct bpflock_record *p, struct task_struct *t,
	     unsigned int services, unsigned int trusts)
{
	if (services && in_service(p, t))
		return true;
	return trusts && cgroup_trusted(p, task_cgroup(t), trusts);
}

#endif /* TRUST_H */
