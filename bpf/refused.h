/* SPDX-License-Identifier: GPL-2.0-only */
/* escape: a refusal that the kernel asks about again, as a capability. */
#ifndef REFUSED_H
#define REFUSED_H

/* include/uapi/linux/capability.h */
#define CAP_SYS_ADMIN 21
#define CAP_PERFMON   38

/*
 * What ptrace_access_check refuses, newer kernels (6.16) grant for reading
 * nevertheless to who has CAP_PERFMON or, asked next, CAP_SYS_ADMIN
 * (kernel/fork.c:may_access_mm()): /proc/PID/environ and maps. So a refusal is
 * remembered until the first of these questions of the same thread in the same
 * system call, and then until the second. (Not for some time: a thread can be
 * kept from running between the two.)
 */
enum { REFUSED = 1, REFUSED_PERFMON };

struct memory {
	__u64 number; /* of the system call */
	__u64 what;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u64); /* of a thread */
	__type(value, struct memory);
} escape_refused SEC(".maps");

static __noinline int remember(int what)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct memory m = { syscall_number(), what };

	bpf_map_update_elem(&escape_refused, &thread, &m, 0);
	return refusal();
}

static __noinline bool was(unsigned int what)
{
	__u64 thread = bpf_get_current_pid_tgid();
	struct memory *m = bpf_map_lookup_elem(&escape_refused, &thread);

	return m && m->what == what && m->number == syscall_number();
}

static __always_inline int check_perfmon(int cap)
{
	__u64 thread = bpf_get_current_pid_tgid();

	if (cap == CAP_PERFMON && was(REFUSED))
		return remember(REFUSED_PERFMON);
	if (cap == CAP_SYS_ADMIN && was(REFUSED_PERFMON)) {
		bpf_map_delete_elem(&escape_refused, &thread);
		return refusal();
	}
	return 0;
}

#endif /* REFUSED_H */
