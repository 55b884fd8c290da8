/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What every protection does: ask whether the caller is a host process, look
 * the operation up in the frozen masks, count and report a refusal.
 *
 * All functions are static: a global one could be replaced from outside
 * (BPF_PROG_TYPE_EXT).
 */
#ifndef LOCK_H
#define LOCK_H

#include "kernel.h"
#include "maps.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include "compat.h"

#include "cgroup.h"

/* The refused request, as far as it is known before anything is decided. */
struct request {
	const volatile struct bpflock_policy *policy;
	void *counters;
	const char *object; /* kernel string, or NULL */
	const struct dentry *dentry; /* whose name is the object, or NULL */
	int protection;
	int op;
	int detail; /* number for the event, -1: none */
};

/**
 * ns_inum - the inode of one of the task's own namespaces
 * @t: the task
 * @ns: which one
 *
 * Own namespaces, not those for its children: nsproxy has the latter for pid
 * and time, so pid is taken from the task's struct pid.
 *
 * Return: the number, 0 where the kernel has no such namespaces or the task
 * has none any more (include/linux/nsproxy.h: NULL while it exits).
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
		/* Level 0 is the initial one, and numbers[0] belongs to it. */
		if (READ(pid, level))
			return 0;
		return READ(READ(pid, numbers[0].ns), ns.inum);
	default:
		return 0;
	}
}

/**
 * in_scope - is the task in the initial namespaces of these kinds?
 * @p: knows their numbers
 * @t: the task
 * @scope: the kinds (bits)
 *
 * Usermode helpers are in the initial namespaces. A kernel thread counts as
 * that wherever it is: kdevtmpfs, which makes the device nodes, has a mount
 * namespace of its own. One that works for a process (io_uring before 5.12,
 * vhost before 6.4) has taken over its memory, and is judged like others.
 * A task without namespaces (exiting) is in none.
 */
static __always_inline bool in_scope(const volatile struct bpflock_policy *p,
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

/**
 * task_is_host - does the task count as host process?
 * @p: whose scope and trusted cgroups are asked
 * @t: the task
 *
 * Every namespace in scope= must be the initial one, or the task must be in
 * a trusted cgroup. A task without namespaces (exiting) is not host.
 */
static __noinline bool task_is_host(const volatile struct bpflock_policy *p,
				    struct task_struct *t)
{
	if (in_scope(p, t, p->scope))
		return true;
	return p->host_trusts && READ(t, nsproxy) &&
	       cgroup_trusted(p, t, p->host_trusts);
}

static __always_inline bool is_host(const volatile struct bpflock_policy *p)
{
	return task_is_host(p, current_task());
}

/**
 * is_loader - is the current task the process that loaded this policy?
 * @p: the policy
 *
 * It must still read back and try out what it has just attached. No other
 * process ever is: a pid is not used again within the hundredth of a second
 * that the start is known to, the loader runs nothing in its own place, and
 * user space never names PID 1.
 */
static __always_inline bool is_loader(const volatile struct bpflock_policy *p)
{
	struct task_struct *t = current_task();

	if (!p->loader_pid || READ(t, tgid) != (int)p->loader_pid)
		return false;
	return READ(READ(t, group_leader), start_boottime) / BPFLOCK_START_NS ==
	       p->loader_start;
}

static __always_inline void event_object(struct bpflock_event *e,
					 const struct request *r)
{
	e->object[0] = 0;
	if (r->object) {
		if (r->policy->read_strings)
			bpf_probe_read_kernel_str(e->object, sizeof(e->object),
						  r->object);
	} else if (r->dentry) {
		dentry_name(r->dentry, (struct name *)e->object);
	}
}

static __noinline void report(const struct request *r,
			      enum bpflock_verdict verdict, bool host)
{
	struct task_struct *t = current_task();
	struct bpflock_event *e;
	__u32 key = 0;
	__u64 *lost;

	e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
	if (!e) {
		lost = bpf_map_lookup_elem(&events_lost, &key);
		if (lost)
			__sync_fetch_and_add(lost, 1);
		return;
	}
	e->time_ns = bpf_ktime_get_boot_ns();
	e->cgroup = READ(task_cgroup(t), id);
	e->pid = READ(t, tgid);
	e->tid = READ(t, pid);
	e->ppid = READ(READ(t, real_parent), tgid);
	e->uid = READ(READ(t, cred), uid.val);
	for (int ns = 0; ns < BPFLOCK_NSS; ns++)
		e->ns_inum[ns] = ns_inum(t, ns);
	e->protection = r->protection;
	e->op = r->op;
	e->verdict = verdict;
	e->host = host;
	e->detail = r->detail;
	bpf_get_current_comm(e->comm, sizeof(e->comm));
	event_object(e, r);
	bpf_ringbuf_submit(e, 0);
}

static __always_inline void count(const struct request *r,
				  enum bpflock_verdict verdict)
{
	struct bpflock_counter *c;
	__u32 key = r->op;

	c = bpf_map_lookup_elem(r->counters, &key);
	if (!c)
		return;
	if (verdict == BPFLOCK_DENIED)
		__sync_fetch_and_add(&c->denied, 1);
	else
		__sync_fetch_and_add(&c->audited, 1);
}

/*
 * -EPERM as the verifier of 6.12 and later wants to see it: it refuses the
 * negated unknown that clang makes of "cond ? -EPERM : 0".
 */
static __always_inline int refusal(void)
{
	long err = -EPERM;

	asm volatile("" : "+r"(err));
	return err;
}

/* All bits once "bpflock late" was called, none before. */
static __noinline __attribute__((unused)) __u64 late(void)
{
	__u32 key = 0;
	__u64 *state = bpf_map_lookup_elem(&late_state, &key);

	return state ? *state : 0;
}

/*
 * The operations that are denied to a caller, and those that are reported.
 * Where a policy has no late part the verifier removes the question.
 */
static __always_inline __u64 denied(const volatile struct bpflock_policy *p,
				    bool host)
{
	__u64 ops = host ? p->now.deny_host : p->now.deny_other;

	if (p->late.deny_host | p->late.deny_other)
		ops |= (host ? p->late.deny_host : p->late.deny_other) & late();
	return ops;
}

static __always_inline __u64 audited(const volatile struct bpflock_policy *p,
				     bool host)
{
	__u64 ops = host ? p->now.audit_host : p->now.audit_other;

	if (p->late.audit_host | p->late.audit_other)
		ops |= (host ? p->late.audit_host : p->late.audit_other) &
		       late();
	return ops;
}

static __always_inline __u64 part_ops(const volatile struct bpflock_part *p)
{
	return p->deny_host | p->deny_other | p->audit_host | p->audit_other;
}

static __always_inline bool part_same(const volatile struct bpflock_part *p)
{
	return p->deny_host == p->deny_other && p->audit_host == p->audit_other;
}

/* Whatever is denied or reported to anyone, now or late. */
static __always_inline __u64 all_ops(const volatile struct bpflock_policy *p)
{
	return part_ops(&p->now) | part_ops(&p->late);
}

/* Is the answer the same for host and others? */
static __always_inline bool same_for_all(const volatile struct bpflock_policy *p)
{
	return part_same(&p->now) && part_same(&p->late);
}

/**
 * check_as - the verdict on a request of a caller already judged
 * @r: the request
 * @host: whether the caller counts as host
 *
 * Return: 0 (it may) or -EPERM.
 */
static __always_inline int check_as(const struct request *r, bool host)
{
	const volatile struct bpflock_policy *p = r->policy;
	__u64 bit = BPFLOCK_BIT(r->op);

	if (denied(p, host) & bit) {
		count(r, BPFLOCK_DENIED);
		report(r, BPFLOCK_DENIED, host);
		return refusal();
	}
	if (audited(p, host) & bit) {
		count(r, BPFLOCK_WOULD_DENY);
		report(r, BPFLOCK_WOULD_DENY, host);
	}
	return 0;
}

/**
 * concerned - is the operation denied or reported for anyone at all?
 *
 * For hooks that are called often: everything else comes after it.
 */
static __always_inline bool concerned(const volatile struct bpflock_policy *p,
				      int op)
{
	return all_ops(p) & BPFLOCK_BIT(op);
}

/** check - the verdict on a request of the current task: 0 or -EPERM */
static __noinline __attribute__((unused)) int check(const struct request *r)
{
	const volatile struct bpflock_policy *p = r->policy;

	if (!concerned(p, r->op))
		return 0;
	if (same_for_all(p))
		return check_as(r, false);
	return check_as(r, is_host(p));
}

/*
 * PROTECTION(word, WORD): its frozen policy, its counters and its question.
 * The policy is a section of its own so that it becomes a map of its own,
 * pinned beside the programs.
 *
 * <word>_request(request, op, detail, object, dentry) - put a request together
 * op: the operation; detail: a number for the event, or -1; object: kernel
 * string for the event, or NULL; dentry: whose name it is, or NULL.
 * (No initialiser: clang would make a template in .rodata of a constant one,
 * with addresses that libbpf does not fill in.)
 *
 * <word>_check(op, detail, object, dentry) - may the current task do it?
 * Returns 0 or -EPERM.
 */
#define PROTECTION(word, WORD)                                                  \
	SEC(".rodata." #word)                                                   \
	const volatile struct bpflock_policy word##_policy = {};                \
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
		r->policy = &word##_policy;                                     \
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
		return check(&r);                                               \
	}                                                                       \
	char LICENSE[] SEC("license") = "GPL"

#endif /* LOCK_H */
