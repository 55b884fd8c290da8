/* SPDX-License-Identifier: GPL-2.0-only */
/* What a task leads to: its namespaces, its cgroup, and the root of PID 1. */
#ifndef TASK_H
#define TASK_H

#include "compat.h"

#include "bpflock.h"

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
static __noinline __attribute__((unused)) unsigned int
outside(const volatile struct bpflock_record *p, struct task_struct *t)
{
	unsigned int kinds = 0;

	if (!READ(t, nsproxy))
		return OUTSIDE_ALL;
	if (is_kernel_thread(t))
		return 0;
	/* What the verifier removes is in one piece: each piece costs time. */
	if (p->kinds == 1u << BPFLOCK_NS_MNT)
		return differ(ns_inum(t, BPFLOCK_NS_MNT),
			      p->ns_inum[BPFLOCK_NS_MNT]);
#pragma unroll
	for (int ns = 0; ns < BPFLOCK_NSS; ns++)
		if (p->kinds & (1u << ns))
			kinds |= differ(ns_inum(t, ns), p->ns_inum[ns]) << ns;
	return kinds;
}

/* The cgroup of the task in the cgroup v2 hierarchy. */
static __always_inline const struct cgroup *
task_cgroup(const struct task_struct *t)
{
	return READ(READ(t, cgroups), dfl_cgrp);
}

/**
 * init_of - PID 1
 * @t: any task
 *
 * Every task leads to the initial pid namespace, and that to PID 1.
 * Return: NULL if the task is exiting and has no struct pid any more.
 */
static __always_inline const struct task_struct *
init_of(const struct task_struct *t)
{
	const struct pid *pid = READ(t, thread_pid);

	return READ(READ(pid, numbers[0].ns), child_reaper);
}

/**
 * init_fs - the fs_struct (root and working directory) of PID 1
 * @t: any task
 *
 * A root that the caller itself can change, such as its own, would decide nothing.
 * Return: NULL as init_of()
 */
static __always_inline const struct fs_struct *
init_fs(const struct task_struct *t)
{
	return READ(init_of(t), fs);
}

#endif /* TASK_H */
