/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who has a module loaded? The task that asks, but for algorithms: whoever
 * looks for "a(b)" asks for "crypto-a(b)", and then a kernel thread does for
 * "crypto-a" and "crypto-b" (crypto/algboss.c:cryptomgr_probe()). It counts as
 * the task that asked last.
 */
#ifndef AUTOLOAD_H
#define AUTOLOAD_H

#include "lock.h"

/* ASKED(word) - was the last one not host? */
#define ASKED(word)                               \
	struct {                                  \
		__uint(type, BPF_MAP_TYPE_ARRAY); \
		__uint(max_entries, 1);           \
		__type(key, __u32);               \
		__type(value, __u64);             \
	} word##_asked SEC(".maps")

/* Where names cannot be read, all of them count as algorithms. */
static __always_inline bool is_algorithm(const struct request *r)
{
	struct name n = {};

	if (!r->policy->read_strings)
		return true;
	bpf_probe_read_kernel_str(n.text, sizeof("crypto-"), r->object);
	return name_is(&n, "crypto-");
}

/** check_autoload - the verdict on a module's name, which is r->object */
static __always_inline int check_autoload(const struct request *r, void *asked)
{
	__u32 key = 0;
	__u64 *other;
	bool host;

	if (!concerned(r->policy, r->op))
		return 0;
	host = is_host(r->policy);
	other = bpf_map_lookup_elem(asked, &key);
	if (other && is_algorithm(r)) {
		if (READ(current_task(), flags) & PF_KTHREAD)
			host = !*other;
		else
			*other = !host;
	}
	return check_as(r, host);
}

#endif /* AUTOLOAD_H */
