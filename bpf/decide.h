/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The decision that every protection makes: look the operation up in the masks
 * of the record, for a host process or for an other process, now and late.
 *
 * All functions in bpf/ are static, because a BPF_PROG_TYPE_EXT program could
 * replace a global one.
 */
#ifndef DECIDE_H
#define DECIDE_H

#include "maps.h"
#include "report.h"

/**
 * eperm - -EPERM, in a form that the verifier accepts
 *
 * clang compiles "cond ? -EPERM : 0" into the negation of an unknown value. The
 * verifier of 6.12 and later does not accept that as the result of a hook.
 */
static __always_inline int eperm(void)
{
	long err = -EPERM;

	asm volatile("" : "+r"(err));
	return err;
}

/* ---- Masks: one bit for each operation ---------------------------------- */

/** late - all bits once "bpflock late" has been called, 0 before */
static __noinline __attribute__((unused)) __u64 late(void)
{
	__u32 key = 0;
	__u64 *state = bpf_map_lookup_elem(&late_state, &key);

	return state ? *state : 0;
}

/**
 * denied - the operations that are denied to a caller
 * @p: the record
 * @host: whether the caller counts as a host process
 *
 * If a record has no late part, the verifier removes the call of late().
 */
static __always_inline __u64 denied(const volatile struct bpflock_record *p,
				    bool host)
{
	__u64 ops = host ? p->now.masks.deny_host : p->now.masks.deny_other;

	if (p->late.masks.deny_host | p->late.masks.deny_other)
		ops |= (host ? p->late.masks.deny_host :
			       p->late.masks.deny_other) &
		       late();
	return ops;
}

/** audited - the operations that are reported for a caller, as denied() */
static __always_inline __u64 audited(const volatile struct bpflock_record *p,
				     bool host)
{
	__u64 ops = host ? p->now.masks.audit_host : p->now.masks.audit_other;

	if (p->late.masks.audit_host | p->late.masks.audit_other)
		ops |= (host ? p->late.masks.audit_host :
			       p->late.masks.audit_other) &
		       late();
	return ops;
}

static __always_inline __u64 part_ops(const volatile struct bpflock_part *p)
{
	return p->masks.deny_host | p->masks.deny_other | p->masks.audit_host |
	       p->masks.audit_other;
}

static __always_inline bool part_same(const volatile struct bpflock_part *p)
{
	return p->masks.deny_host == p->masks.deny_other &&
	       p->masks.audit_host == p->masks.audit_other;
}

/** all_ops - the operations denied or audited for anyone, now or late */
static __always_inline __u64 all_ops(const volatile struct bpflock_record *p)
{
	return part_ops(&p->now) | part_ops(&p->late);
}

/** same_for_all - does the record treat host and other processes alike? */
static __always_inline bool same_for_all(const volatile struct bpflock_record *p)
{
	return part_same(&p->now) && part_same(&p->late);
}

/* ---- The decision ------------------------------------------------------- */

/**
 * check_as - decide a request when the kind of caller is known
 * @p: the record of its protection
 * @r: the request
 * @host: whether the caller counts as a host process
 *
 * There is one call of report(): the verifier of 7.x looks at all of it for each
 * call. ONLY_HERE keeps clang from making a second one.
 *
 * Return: 0 (allowed) or -EPERM.
 */
static __always_inline int check_as(const volatile struct bpflock_record *p,
				    const struct request *r, bool host)
{
	__u64 bit = BPFLOCK_BIT(r->op);
	long verdict = BPFLOCK_DENIED;

	if (!(denied(p, host) & bit)) {
		if (!(audited(p, host) & bit))
			return 0;
		verdict = BPFLOCK_WOULD_DENY;
	}
	ONLY_HERE(verdict);
	report(p, r, verdict, host);
	return verdict == BPFLOCK_DENIED ? eperm() : 0;
}

/**
 * concerned - is the operation denied or audited for anyone?
 * @p: the record
 * @op: the operation
 *
 * Hooks that the kernel calls often check this first, because it is cheap.
 */
static __always_inline bool concerned(const volatile struct bpflock_record *p,
				      int op)
{
	return all_ops(p) & BPFLOCK_BIT(op);
}

/** check - decide a request of the current task: 0 or -EPERM */
static __noinline __attribute__((unused)) int
check(const volatile struct bpflock_record *p, const struct request *r)
{
	long host = 0;

	if (!concerned(p, r->op))
		return 0;
	if (!same_for_all(p))
		host = is_host(p);
	ONLY_HERE(host);
	return check_as(p, r, host);
}

/*
 * PROTECTION(word, WORD) - define the record, the counters and the functions of
 * a protection. The record is a section of its own, so that libbpf makes a map
 * of it, which the loader pins beside the programs.
 *
 * <word>_request(request, op, detail, object, dentry) - fill in a request
 * op: the operation; detail: a number for the event, or -1; object: a kernel
 * string for the event, or NULL; dentry: its name goes into the event, or NULL.
 * (The function assigns the fields one by one: clang would turn an initializer
 * into a constant in .rodata, with addresses that libbpf does not relocate.)
 *
 * <word>_check(op, detail, object, dentry) - may the current task do it?
 * Returns 0 or -EPERM.
 */
#define PROTECTION(word, WORD)                                                  \
	SEC(".rodata." #word)                                                   \
	const volatile struct bpflock_record word##_record = {};                \
	struct {                                                                \
		__uint(type, BPF_MAP_TYPE_ARRAY);                               \
		__uint(max_entries, BPFLOCK_OPS_MAX);                           \
		__type(key, __u32);                                             \
		__type(value, struct bpflock_counter);                          \
	} word##_counters SEC(".maps");                                         \
	static __always_inline void word##_request(struct request *r, int op,   \
						   int detail,                  \
						   const char *object,          \
						   const struct dentry *dentry) \
	{                                                                       \
		r->counters = &word##_counters;                                 \
		r->object = object;                                             \
		r->dentry = dentry;                                             \
		r->protection = BPFLOCK_##WORD;                                 \
		r->op = op;                                                     \
		r->detail = detail;                                             \
	}                                                                       \
	static __always_inline __attribute__((                                  \
		unused)) int word##_check(int op, int detail,                   \
					  const char *object,                   \
					  const struct dentry *dentry)          \
	{                                                                       \
		struct request r;                                               \
                                                                                \
		word##_request(&r, op, detail, object, dentry);                 \
		return check(&word##_record, &r);                               \
	}                                                                       \
	char LICENSE[] SEC("license") = "GPL"

#endif /* DECIDE_H */
