/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reporting: a request that a protection denies, or audits, is counted and
 * becomes an event in the ring.
 */
#ifndef REPORT_H
#define REPORT_H

#include "host.h"
#include "maps.h"

/* A request, as far as the hook knows it before anything is decided. */
struct request {
	const volatile struct bpflock_record *record;
	void *counters; /* array map of struct bpflock_counter */
	const char *object; /* kernel string for the event, or NULL */
	const struct dentry *dentry; /* its name goes into the event, or NULL */
	int protection; /* enum bpflock_protection */
	int op; /* the operation */
	int detail; /* number for the event, -1: none */
};

static __always_inline void event_object(struct bpflock_event *e,
					 const struct request *r)
{
	e->object[0] = 0;
	if (r->object) {
		if (r->record->read_strings)
			bpf_probe_read_kernel_str(e->object, sizeof(e->object),
						  r->object);
	} else if (r->dentry) {
		dentry_name(r->dentry, (struct name *)e->object);
	}
}

/** count - add one to the counter of the request's operation */
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

/**
 * tries_out - is the caller the loader of the record, or a child of it?
 *
 * The fire check of the loader (init/kernel/probe.c) makes calls that the record
 * may deny. These are no news. Nobody else is meant: see is_loader().
 */
static __always_inline bool tries_out(const volatile struct bpflock_record *p)
{
	struct task_struct *t = current_task();

	return is_loader_task(p, t) || is_loader_task(p, READ(t, real_parent));
}

/**
 * report - count a request, and put an event about it into the ring
 * @r: the request
 * @verdict: whether the request is denied or only audited
 * @host: whether the caller counts as a host process
 *
 * What the fire check makes of it is not reported. If the ring is full, the event
 * is only counted, in events_lost.
 */
static __noinline void report(const struct request *r,
			      enum bpflock_verdict verdict, bool host)
{
	struct task_struct *t = current_task();
	struct bpflock_event *e;
	__u32 key = 0;
	__u64 *lost;

	if (tries_out(r->record))
		return;
	count(r, verdict);
	e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
	if (!e) {
		lost = bpf_map_lookup_elem(&events_lost, &key);
		if (lost)
			__sync_fetch_and_add(lost, 1);
		return;
	}
	e->time_ns = bpf_ktime_get_boot_ns();
	e->cgroup = READ(READ(task_cgroup(t), kn), id);
	e->pid = READ(t, tgid);
	e->tid = READ(t, pid);
	e->ppid = READ(READ(t, real_parent), tgid);
	e->uid = READ(READ(t, cred), uid.val);
#pragma unroll
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

#endif /* REPORT_H */
