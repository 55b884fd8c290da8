/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * services of trust=: is a process, or a cgroup, that of a service of the host?
 *
 * PID 1 starts such a service from a unit file of the host, in a cgroup of its
 * own: system.slice/NAME.service, or one level further down in a slice, as for
 * instances of a template. Settings such as ProtectSystem= give it a mount
 * namespace, but leave it in the initial pid, user and cgroup namespaces, and
 * at the root of the host. A container is in a scope, in a slice of its own, or
 * below the cgroup of a service, or it has another root (podman
 * --cgroups=disabled).
 *
 * The same holds of what is directly in init.scope below the root, where PID 1
 * itself is: from systemd 254 on, its generators run there in a mount namespace
 * of their own.
 */
#ifndef SERVICE_H
#define SERVICE_H

#include "cgroup.h"
#include "name.h"
#include "task.h"

#define SERVICE_NAME 128 /* bytes of a name, for which there is room */

#define BYTES(value) ((value)*0x0101010101010101ULL)

/*
 * end_by_words - name_end() without a helper
 *
 * The lowest byte that borrows is the NUL: then "end" is 256 to the power of the
 * number of bytes in front of it.
 */
static __always_inline __u64 end_by_words(__u64 name)
{
	__u64 before = 0;

#pragma nounroll
	for (int i = 0; i < SERVICE_NAME; i += 8) {
		__u64 word = word_of((const void *)(name + i));
		__u64 zero = (word - BYTES(1)) & ~word & BYTES(0x80);
		__u64 end = (zero & -zero) >> 7;

		if (end)
			return before / end +
			       (word & (end - 1)) * (~0ULL / end + 1);
		before = word;
	}
	return 0;
}

/*
 * name_end - the last 8 bytes of a name in kernel memory
 * @p: the record, which says whether helpers may read
 * @name: its address
 *
 * The stack has room for half of a long name. Return: the bytes; 0 if the name is
 * shorter, or longer than 125 bytes.
 */
static __noinline __u64 name_end(const volatile struct bpflock_record *p,
				 __u64 name)
{
	char copy[SERVICE_NAME / 2];
	long n, more = 1;

	if (!p->read_strings)
		return bpf_ksym_exists(bpf_rdonly_cast) ? end_by_words(name) :
							  0;
	n = bpf_probe_read_kernel_str(copy, sizeof(copy), (const void *)name);
	if (n == sizeof(copy))
		more = bpf_probe_read_kernel_str(copy, sizeof(copy),
						 (const void *)(name + n - 1));
	n += more - 1;
	if (n <= 8 || more == sizeof(copy))
		return 0;
	return read_word(true, name + n - 9);
}

/*
 * NODE - a field of a kernfs node, as a number
 * @typed: whether the verifier knows the node; a constant
 *
 * Up to 6.1 the node behind a directory is a plain number, and a helper reads it.
 */
#define NODE(p, typed, kn, field)               \
	((typed) ? (__u64)READ(kn, field) :     \
		   read_word((p)->read_strings, \
			     (__u64)(kn) + OFFSET(kernfs_node, field)))

static __always_inline const struct kernfs_node *
node_parent(const volatile struct bpflock_record *p, bool typed,
	    const struct kernfs_node *kn)
{
	if (typed)
		return kernfs_parent(kn);
	return (const struct kernfs_node *)NODE(p, false, kn, parent);
}

/*
 * holds_services - is it system.slice, or a slice in that?
 * @kn: the kernfs node of the cgroup
 * @level: how many levels the cgroup is below the root
 *
 * The hash of the name decides about system.slice, as in trust.h.
 */
static __always_inline bool
holds_services(const volatile struct bpflock_record *p, bool typed,
	       const struct kernfs_node *kn, int level)
{
	if (level == 2) {
		if (name_end(p, NODE(p, typed, kn, name)) >> 16 !=
		    TEXT(".slice"))
			return false;
		kn = node_parent(p, typed, kn);
	} else if (level != 1) {
		return false;
	}
	return (__u32)NODE(p, typed, kn, hash) == p->services;
}

/*
 * is_workers - is it the cgroup of udevd's workers?
 * @parent: the cgroup above it, which has a child
 *
 * From systemd 254 on udevd and its workers are one level below their service
 * (systemd.exec(5), DelegateSubgroup=), from 262 on the workers beside it.
 */
static __always_inline bool is_workers(const volatile struct bpflock_record *p,
				       bool typed, const struct kernfs_node *kn,
				       const struct kernfs_node *parent)
{
	__u32 hash = NODE(p, typed, kn, hash);

	return !(is_zero(is_zero(hash ^ BPFLOCK_HASH_UDEV) |
			 is_zero(hash ^ BPFLOCK_HASH_WORKERS)) |
		 ((__u32)NODE(p, typed, parent, hash) ^ BPFLOCK_HASH_UDEVD));
}

/*
 * is_init_scope - is it the name init.scope?
 * @p: the record, which says whether helpers may read
 * @name: the address of the name in kernel memory
 *
 * Two words, one of which begins at the fourth byte, are the whole name with its
 * NUL. A hash, or the end of the name, would not do: an engine may name a cgroup
 * below the root after a container, whose owner can find a name with that hash
 * and that end.
 */
static __always_inline bool
is_init_scope(const volatile struct bpflock_record *p, __u64 name)
{
	return !((read_word(p->read_strings, name) ^ TEXT("init.sco")) |
		 (read_word(p->read_strings, name + 3) ^ TEXT("t.scope")));
}

/*
 * names_service - is a cgroup of that name one of a service, or init.scope?
 * @name: the address of the name in kernel memory
 * @parent: the kernfs node of the cgroup above it
 * @level: how many levels that one is below the root
 */
static __always_inline bool
names_service(const volatile struct bpflock_record *p, bool typed, __u64 name,
	      const struct kernfs_node *parent, int level)
{
	if (!level)
		return is_init_scope(p, name);
	return name_end(p, name) == TEXT(".service") &&
	       holds_services(p, typed, parent, level);
}

/**
 * is_service - is the cgroup that of a service of the host, or init.scope?
 * @p: the record
 * @typed: whether the verifier knows the node; a constant
 * @kn: the cgroup's kernfs node
 * @level: how many levels the cgroup is below the root
 */
static __always_inline bool is_service(const volatile struct bpflock_record *p,
				       bool typed, const struct kernfs_node *kn,
				       int level)
{
	const struct kernfs_node *parent = node_parent(p, typed, kn);

	if (level == 3 && is_workers(p, typed, kn, parent))
		return holds_services(p, typed, node_parent(p, typed, parent),
				      1);
	return names_service(p, typed, NODE(p, typed, kn, name), parent,
			     level - 1);
}

/* Has the task the root directory of PID 1? */
static __always_inline bool has_root(const struct task_struct *t)
{
	__u64 root = (__u64)READ(READ(t, fs), root.dentry);

	return root && root == (__u64)READ(init_fs(t), root.dentry);
}

/**
 * in_service - is the task one of a service of the host?
 * @p: the record
 * @t: the task
 *
 * Rests on systemd.exec(5) and on the layouts of the container engines, which
 * tests/ rebuilds.
 */
static __always_inline bool in_service(const volatile struct bpflock_record *p,
				       struct task_struct *t)
{
	const struct cgroup *c = task_cgroup(t);

	if (differ(ns_inum(t, BPFLOCK_NS_PID), p->ns_inum[BPFLOCK_NS_PID]) |
	    differ(ns_inum(t, BPFLOCK_NS_USER), p->ns_inum[BPFLOCK_NS_USER]) |
	    differ(ns_inum(t, BPFLOCK_NS_CGROUP), p->ns_inum[BPFLOCK_NS_CGROUP]))
		return false;
	return has_root(t) && is_service(p, true, READ(c, kn), READ(c, level));
}

#endif /* SERVICE_H */
