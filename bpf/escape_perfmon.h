/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * escape: a denial that the kernel does not accept at once.
 *
 * From 6.16 on, after ptrace_access_check has denied a read of another process
 * (/proc/PID/environ, /proc/PID/maps), the kernel still grants the read to a
 * task with CAP_PERFMON or, checked next, CAP_SYS_ADMIN
 * (kernel/fork.c:may_access_mm()). So escape remembers the denial for the
 * thread and its system call, and denies exactly these two capability checks.
 * The memory has no timeout, because the scheduler may suspend the thread
 * between the checks.
 */
#ifndef ESCAPE_PERFMON_H
#define ESCAPE_PERFMON_H

#include "escape.h"
#include "syscall.h"

/* The check that escape denied last. */
enum denial { DENIED_PTRACE = 1, DENIED_PERFMON };

struct memory {
	__u64 number; /* of the system call */
	__u64 denial; /* enum denial */
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64); /* the thread */
	__type(value, struct memory);
} escape_denied SEC(".maps");

/* Remember the denial for the current thread. Return: -EPERM. */
static __noinline int remember(int denial)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct memory m = { syscall_number(), denial };

	bpf_map_update_elem(&escape_denied, &thread, &m, 0);
	return eperm();
}

/* Was that the last denial for the thread, in the same system call? */
static __noinline bool remembers(unsigned int denial)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct memory *m = bpf_map_lookup_elem(&escape_denied, &thread);

	return m && m->denial == denial && m->number == syscall_number();
}

/**
 * check_perfmon - deny a capability check that follows a denied ptrace
 * @cap: the capability
 *
 * Return: 0 or -EPERM.
 */
static __always_inline int check_perfmon(int cap)
{
	__u64 thread = bpf_get_current_pid_tgid();

	if (cap == CAP_PERFMON && remembers(DENIED_PTRACE))
		return remember(DENIED_PERFMON);
	if (cap == CAP_SYS_ADMIN && remembers(DENIED_PERFMON)) {
		bpf_map_delete_elem(&escape_denied, &thread);
		return eperm();
	}
	return 0;
}

#endif /* ESCAPE_PERFMON_H */
