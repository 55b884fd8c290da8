/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The task that causes a module to be loaded automatically is the task that
 * asks for it, except for algorithms. A task that needs "a(b)" asks for the module
 * "crypto-a(b)". Then a kernel thread asks for "crypto-a" and "crypto-b" on its
 * behalf (crypto/algboss.c:cryptomgr_probe()). The kernel thread counts as the
 * task that last asked for an algorithm.
 */
#ifndef AUTOLOAD_H
#define AUTOLOAD_H

#include "decide.h"

/*
 * ASKED(word) - define a map of one element: 1 if the last task that asked for
 * an algorithm was an other process, 0 if it was a host process
 */
#define ASKED(word)                               \
	struct {                                  \
		__uint(type, BPF_MAP_TYPE_ARRAY); \
		__uint(max_entries, 1);           \
		__type(key, __u32);               \
		__type(value, __u64);             \
	} word##_asked SEC(".maps")

/* Where names cannot be read, every module counts as an algorithm. */
static __always_inline bool
is_algorithm(const volatile struct bpflock_record *p, const struct request *r)
{
	struct name n = {};

	if (!p->read_strings)
		return true;
	bpf_probe_read_kernel_str(n.text, sizeof("crypto-"), r->object);
	return name_is(&n, "crypto-");
}

/**
 * check_autoload - decide whether a module may be loaded automatically
 * @p: the record of the protection
 * @r: the request; r->object is the name of the module
 * @asked: the map that ASKED() defined
 *
 * Return: 0 or -EPERM.
 */
static __always_inline int
check_autoload(const volatile struct bpflock_record *p, const struct request *r,
	       void *asked)
{
	__u32 key = 0;
	__u64 *other;
	bool host;

	if (!concerned(p, r->op))
		return 0;
	host = is_host(p);
	other = bpf_map_lookup_elem(asked, &key);
	if (other && is_algorithm(p, r)) {
		if (READ(current_task(), flags) & PF_KTHREAD)
			host = !*other;
		else
			*other = !host;
	}
	return check_as(p, r, host);
}

#endif /* AUTOLOAD_H */
