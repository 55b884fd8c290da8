/* SPDX-License-Identifier: GPL-2.0-only */
/* escape: may the current task trace another one? */
#ifndef ESCAPE_TRACE_H
#define ESCAPE_TRACE_H

#include "escape.h"
#include "escape_root.h"
#include "trust.h"

/*
 * has_no_cgroup - is the task in no cgroup yet, so that it may become a host
 * process?
 * @t: the task
 * @tracer: another task, which sees it
 *
 * Until cgroup_post_fork() a new task, which others see already, is in the root
 * cgroup (kernel/fork.c:copy_process()): a child of a service is no service. In
 * the mount namespace of the tracer the new task has nothing that the tracer has not.
 */
static __always_inline bool has_no_cgroup(const struct task_struct *t,
					  const struct task_struct *tracer)
{
	__u64 list = (__u64)t + OFFSET(task_struct, cg_list);

	return (__u64)READ(t, cg_list.next) == list &&
	       differ(ns_inum(t, BPFLOCK_NS_MNT),
		      ns_inum(tracer, BPFLOCK_NS_MNT));
}

/*
 * Does the task belong to a host process? A thread may have namespaces of its
 * own, but shares the memory of the threads that stay in the initial ones, so
 * the leader of the thread group decides as well.
 */
static __always_inline bool is_host_process(struct task_struct *t)
{
	return is_host_task(t) || is_host_task(READ(t, group_leader));
}

/* Have all protections the same host processes? */
static __always_inline bool same_hosts(const volatile struct bpflock_record *p)
{
	return p->kinds == p->scope && p->trusts == p->host_trusts &&
	       p->services == p->host_services;
}

/*
 * outranks - does some protection count the target as host, but not the tracer?
 * @target: the kinds of namespaces that the target is outside of
 * @tracer: those of the tracer
 *
 * By tracing the target, the tracer could do what that protection allows the
 * target to do.
 */
static __always_inline bool outranks(unsigned int target, unsigned int tracer)
{
	unsigned int found = 0;

#pragma unroll
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		unsigned int scope = escape_record.other_scope[i];

		if (scope)
			found |= !(target & scope) & !!(tracer & scope);
	}
	return found;
}

/* Does some protection trust the task? */
static __always_inline bool is_trusted(struct task_struct *t)
{
	return task_trusted(&escape_record, t, escape_record.services,
			    escape_record.trusts);
}

/* The same for the process of the target: see is_host_process(). */
static __noinline bool process_outranks(struct task_struct *target,
					struct task_struct *tracer)
{
	const volatile struct bpflock_record *p = &escape_record;
	bool same_trust = p->trusts == p->host_trusts &&
			  p->services == p->host_services;
	struct task_struct *leader;
	unsigned int kinds;

	if (same_hosts(p))
		return false;
	kinds = outside(p, tracer);
	if (!(kinds & p->kinds) ||
	    task_trusted(p, tracer, p->host_services, p->host_trusts))
		return false;
	leader = READ(target, group_leader);
	if (outranks(outside(p, target), kinds) ||
	    outranks(outside(p, leader), kinds))
		return true;
	return !same_trust && (is_trusted(target) || is_trusted(leader)) &&
	       !is_trusted(tracer);
}

/*
 * check_trace - may the current task look into another task?
 * @child: the other task
 * @quiet: no event
 */
static __always_inline int check_trace(struct task_struct *child, bool quiet)
{
	struct task_struct *tracer = current_task();
	/* Asked first, since the task may get its cgroup at any moment. */
	bool new = has_no_cgroup(child, tracer);
	bool host = !process_outranks(child, tracer);

	if (host && !new && !is_host_process(child) &&
	    !leads_to_root(child, tracer))
		return 0;
	host = host && is_host_task(tracer);
	if (quiet)
		return denied(&escape_record, host) &
				       BPFLOCK_BIT(ESCAPE_PTRACE) ?
			       eperm() :
			       0;
	return check_for(host, ESCAPE_PTRACE, child->tgid, NULL);
}

#endif /* ESCAPE_TRACE_H */
