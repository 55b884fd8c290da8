/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who is a host process: a task in the initial namespaces of scope=, or in a
 * trusted cgroup. Every other task is an "other process". All functions here
 * only read, from the task itself, and keep no state.
 */
#ifndef HOST_H
#define HOST_H

#include "compat.h"

#include "bpflock.h"

/* ---- Namespaces --------------------------------------------------------- */

/**
 * ns_inum - the inode number of a namespace that the task is in
 * @t: the task
 * @ns: the kind of namespace; a constant, so that one or two reads remain
 *
 * For pid and time, nsproxy holds the namespaces for children. The pid
 * namespace of the task itself comes from its struct pid. A task that is
 * exiting has neither: reading through NULL yields 0.
 *
 * Return: the number; 0 if the kernel has no such namespaces, if the task is
 * exiting (include/linux/nsproxy.h), or if its pid namespace is not the initial
 * one.
 */
static __always_inline unsigned int ns_inum(const struct task_struct *t,
					    enum bpflock_ns ns)
{
	const struct nsproxy *np = READ(t, nsproxy);
	const struct pid *pid;

	switch (ns) {
	case BPFLOCK_NS_MNT:
		return READ(READ(np, mnt_ns), ns.inum);
	case BPFLOCK_NS_NET:
		return READ(READ(np, net_ns), ns.inum);
	case BPFLOCK_NS_IPC:
		return READ(READ(np, ipc_ns), ns.inum);
	case BPFLOCK_NS_UTS:
		return READ(READ(np, uts_ns), ns.inum);
	case BPFLOCK_NS_CGROUP:
		return READ(READ(np, cgroup_ns), ns.inum);
	case BPFLOCK_NS_TIME:
		if (!bpf_core_field_exists(np->time_ns))
			return 0;
		ONLY_HERE(np);
		return READ(READ(np, time_ns), ns.inum);
	case BPFLOCK_NS_USER:
		return READ(READ(READ(t, cred), user_ns), ns.inum);
	case BPFLOCK_NS_PID:
		pid = READ(t, thread_pid);
		/* numbers[0] names the initial namespace, which is level 0. */
		return READ(pid, level) ?
			       0 :
			       READ(READ(pid, numbers[0].ns), ns.inum);
	default:
		return 0;
	}
}

/**
 * is_kernel_thread - is it a kernel thread that works in no process's memory?
 * @t: the task
 *
 * A kernel thread that works for a process (io_uring before 5.12, vhost before
 * 6.4) has taken over its memory, and is judged like a process.
 */
static __always_inline bool is_kernel_thread(const struct task_struct *t)
{
	return (READ(t, flags) & (PF_KTHREAD | PF_IO_WORKER)) == PF_KTHREAD &&
	       !READ(t, mm);
}

#define OUTSIDE_ALL (~0U) /* the task is exiting and has no namespaces */

/*
 * differ - 1 if the numbers differ, otherwise 0
 *
 * ONLY_HERE keeps clang from branching: the verifier follows each branch.
 */
static __always_inline __u32 differ(__u32 a, __u32 b)
{
	__u64 diff = a ^ b;

	diff = -diff;
	ONLY_HERE(diff);
	return diff >> 63;
}

/**
 * outside - the kinds of namespaces of which the task is not in the initial one
 * @p: the record, which holds the numbers of the initial namespaces, and the
 *	kinds that matter to it
 * @t: the task
 *
 * Usermode helpers run in the initial namespaces. A kernel thread always counts
 * as inside: kdevtmpfs, which makes the device nodes, has a mount namespace of
 * its own. For the hook where that does not hold see kthread.h.
 *
 * Return: one bit for each enum bpflock_ns.
 */
static __noinline unsigned int outside(const volatile struct bpflock_record *p,
				       struct task_struct *t)
{
	unsigned int kinds = 0;

	if (!READ(t, nsproxy))
		return OUTSIDE_ALL;
	if (is_kernel_thread(t))
		return 0;
#pragma unroll
	for (int ns = 0; ns < BPFLOCK_NSS; ns++)
		if (p->kinds & (1u << ns))
			kinds |= differ(ns_inum(t, ns), p->ns_inum[ns]) << ns;
	return kinds;
}

/* ---- Trusted cgroups ---------------------------------------------------- */

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

	for (unsigned int n = 0; n < BPFLOCK_TRUST_MAX; n++) {
		__u64 diff = 0;

		/* An entry without a name would match everything. */
		if (n >= trusts || !p->trust_hash[n][0])
			break;
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
#pragma unroll
	for (int i = 0; i < BPFLOCK_TRUST_DEPTH; i++) {
		/* Behind the array of a cgroup there is something else. */
		__s64 there = (i - (__s64)c->level) >> 63;

		if (!names_level(p, i, trusts))
			break;
		a.hash[i] = cgroup_ancestor(c, i + 1)->kn->hash & there;
	}
	return ancestry_trusted(p, &a, trusts);
}

/* The cgroup of the task in the cgroup v2 hierarchy. */
static __always_inline const struct cgroup *
task_cgroup(const struct task_struct *t)
{
	return READ(READ(t, cgroups), dfl_cgrp);
}

/* ---- Processes ---------------------------------------------------------- */

/**
 * task_is_host - does the task count as a host process?
 * @p: the record with scope and trusted cgroups
 * @t: the task
 *
 * A task without namespaces (exiting) is not a host process.
 */
static __noinline bool task_is_host(const volatile struct bpflock_record *p,
				    struct task_struct *t)
{
	unsigned int kinds = outside(p, t);

	if (!(kinds & p->scope))
		return true;
	return p->host_trusts && kinds != OUTSIDE_ALL &&
	       cgroup_trusted(p, task_cgroup(t), p->host_trusts);
}

/** is_host - does the current task count as a host process? */
static __always_inline bool is_host(const volatile struct bpflock_record *p)
{
	return task_is_host(p, current_task());
}

/* is_loader_task - is the task a thread of the process that loaded the record? */
static __always_inline bool
is_loader_task(const volatile struct bpflock_record *p,
	       const struct task_struct *t)
{
	if (!p->loader_pid || READ(t, tgid) != (int)p->loader_pid)
		return false;
	return READ(READ(t, group_leader), start_boottime) / BPFLOCK_START_NS ==
	       p->loader_start;
}

/**
 * is_loader - is the current task the process that loaded this record?
 * @p: the record
 *
 * The loader must still read back and try out the programs after attaching
 * them. Only the loader matches: the pid and the start time (in units of 10 ms)
 * identify it, it never calls exec, and PID 1 is never recorded as the loader.
 */
static __always_inline bool is_loader(const volatile struct bpflock_record *p)
{
	return is_loader_task(p, current_task());
}

/**
 * init_fs - the fs_struct (root and working directory) of PID 1
 *
 * Every task leads to the initial pid namespace, and that to PID 1. A root that
 * the caller itself can change, such as its own, would decide nothing.
 * Return: NULL if the task is exiting and has no struct pid any more.
 */
static __always_inline const struct fs_struct *init_fs(void)
{
	const struct pid *pid = READ(current_task(), thread_pid);

	return READ(READ(READ(pid, numbers[0].ns), child_reaper), fs);
}

#endif /* HOST_H */
