/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who is a host process: a task in the initial namespaces of scope=, a service
 * of the host, or a task in a trusted cgroup. Every other task is an "other
 * process". All functions here only read, from the task itself, and keep no
 * state.
 */
#ifndef HOST_H
#define HOST_H

#include "task.h"

/**
 * task_is_host - does the task count as a host process?
 * @p: the record with scope and trusted cgroups
 * @t: the task
 *
 * A task without namespaces (exiting) is not a host process.
 */
__hidden bool task_is_host(const volatile struct bpflock_record *p,
			   struct task_struct *t);

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

#endif /* HOST_H */
