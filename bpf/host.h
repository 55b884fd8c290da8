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
 * @ns: the kind of namespace
 *
 * For pid and time, nsproxy holds the namespaces for children. The pid
 * namespace of the task itself comes from its struct pid.
 *
 * Return: the number; 0 if the kernel has no such namespaces, or if the task
 * is exiting and has none any more (include/linux/nsproxy.h).
 */
static __noinline unsigned int ns_inum(const struct task_struct *t,
				       enum bpflock_ns ns)
{
	const struct nsproxy *np = READ(t, nsproxy);
	const struct pid *pid;

	if (!np)
		return 0;
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
		if (!pid)
			return 0;
		/* Level 0 is the initial namespace, which numbers[0] names. */
		if (READ(pid, level))
			return 0;
		return READ(READ(pid, numbers[0].ns), ns.inum);
	default:
		return 0;
	}
}

/**
 * in_scope - is the task in the initial namespaces of these kinds?
 * @p: the record, which holds the numbers of the initial namespaces
 * @t: the task
 * @scope: the kinds, one bit for each enum bpflock_ns
 *
 * Usermode helpers run in the initial namespaces. A kernel thread always counts
 * as in scope: kdevtmpfs, which makes the device nodes, has a mount namespace
 * of its own. But a kernel thread that works for a process (io_uring before
 * 5.12, vhost before 6.4) has taken over its memory, and is judged like a
 * process. A task without namespaces (exiting) is not in scope.
 */
static __always_inline bool in_scope(const volatile struct bpflock_record *p,
				     struct task_struct *t, unsigned int scope)
{
	t = PLAIN(struct task_struct, t);
	if (!READ(t, nsproxy))
		return false;
	if ((READ(t, flags) & (PF_KTHREAD | PF_IO_WORKER)) == PF_KTHREAD &&
	    !READ(t, mm))
		return true;
	for (int ns = 0; ns < BPFLOCK_NSS; ns++)
		if (scope & (1u << ns) && ns_inum(t, ns) != p->ns_inum[ns])
			return false;
	return true;
}

/* ---- Trusted cgroups ---------------------------------------------------- */

/*
 * A record names trusted cgroups by kernfs' own hashes of the directory names
 * (fs/kernfs/dir.c:kernfs_name_hash()), because only a helper could read the
 * names themselves. A directory whose name collides gives nothing away: a process
 * can enter it only through self_file_open and self_task_alloc, which compare
 * the same hashes.
 */

#define CGROUP_LEVELS 16 /* the most levels below a trusted cgroup */
#define ANCESTRY_LEN  (CGROUP_LEVELS + BPFLOCK_TRUST_DEPTH)

/*
 * The hashes of the directory names from a cgroup up to the root. A 0 marks the
 * root, since no name hashes to 0.
 */
struct ancestry {
	__u32 hash[ANCESTRY_LEN + 1];
};

/*
 * differs - 0 if these ancestor hashes equal a trusted cgroup
 * @p: the record with the list
 * @n: the index of the trusted cgroup
 * @hash: a part of an ancestry, which must end at the root like the list entry
 */
static __always_inline __u64 differs(const volatile struct bpflock_record *p,
				     unsigned int n, const __u32 *hash)
{
	__u64 diff = hash[BPFLOCK_TRUST_DEPTH];

	for (int i = 0; i < BPFLOCK_TRUST_DEPTH; i++)
		diff |= hash[i] ^ p->trust_hash[n][i];
	return diff;
}

/**
 * ancestry_trusted - is a cgroup trusted, or below a trusted one?
 * @p: the record with the list
 * @a: the ancestry of the cgroup
 * @trusts: how many entries of the list count
 *
 * There is no branch on a comparison, because the verifier would follow each
 * branch to the end.
 */
static __always_inline bool
ancestry_trusted(const volatile struct bpflock_record *p,
		 const struct ancestry *a, unsigned int trusts)
{
	__u64 found = 0;

	for (int level = 0; level < CGROUP_LEVELS; level++)
		for (unsigned int n = 0; n < BPFLOCK_TRUST_MAX; n++) {
			if (n >= trusts)
				break;
			found |= (differs(p, n, &a->hash[level]) - 1) >> 63;
		}
	return found;
}

/* The directory of the task's cgroup in the cgroup v2 hierarchy. */
static __always_inline const struct kernfs_node *
task_cgroup(const struct task_struct *t)
{
	return READ(READ(READ(t, cgroups), dfl_cgrp), kn);
}

/*
 * cgroup_ancestry - collect the hashes from a cgroup up to the root
 * @kn: the directory of the cgroup
 * @a: receives the hashes; the caller has zeroed it. Of a cgroup deeper than
 *	ANCESTRY_LEN it receives the lowest levels, without the end.
 */
static __noinline void cgroup_ancestry(const struct kernfs_node *kn,
				       struct ancestry *a)
{
	for (int i = 0; i < ANCESTRY_LEN; i++) {
		const struct kernfs_node *parent = kn ? kernfs_parent(kn) : 0;

		if (!parent)
			return;
		a->hash[i] = READ(kn, hash);
		kn = parent;
	}
	a->hash[ANCESTRY_LEN] = 1;
}

/**
 * cgroup_trusted - is the task in a trusted cgroup, or below one?
 * @p: the record with the list
 * @t: the task
 * @trusts: how many entries of the list count
 */
static __always_inline bool
cgroup_trusted(const volatile struct bpflock_record *p,
	       const struct task_struct *t, unsigned int trusts)
{
	struct ancestry a = {};

	cgroup_ancestry(task_cgroup(t), &a);
	return ancestry_trusted(p, &a, trusts);
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
	if (in_scope(p, t, p->scope))
		return true;
	return p->host_trusts && READ(t, nsproxy) &&
	       cgroup_trusted(p, t, p->host_trusts);
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
