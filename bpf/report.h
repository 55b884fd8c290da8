/* SPDX-License-Identifier: GPL-2.0-only */
/* A request: what a hook knows of a call before anything is decided. */
#ifndef REPORT_H
#define REPORT_H

#include "host.h"
#include "name.h"

/*
 * A request, as far as the hook knows it before anything is decided. Its record is
 * a parameter of its own wherever it goes: what is behind a pointer in memory the
 * loader does not follow when it leaves out what never runs
 * (init/kernel/reach.h).
 */
struct request {
	void *counters; /* array map of struct bpflock_counter */
	const char *object; /* kernel string for the event, or NULL */
	const struct dentry *dentry; /* its name goes into the event, or NULL */
	int protection; /* enum bpflock_protection */
	int op; /* the operation */
	int detail; /* number for the event, -1: none */
};

/**
 * report - count a request, and put an event about it into the ring
 * @p: the record of its protection
 * @r: the request
 * @verdict: whether the request is denied or only audited
 * @host: whether the caller counts as a host process
 *
 * What the fire check makes of it is not reported. Calls of one kind take one
 * event, and no cgroup takes the whole ring. A call that gets no event is counted
 * for its kind, or in events_lost.
 */
__hidden void report(const volatile struct bpflock_record *p,
		     const struct request *r, enum bpflock_verdict verdict,
		     bool host);

#endif /* REPORT_H */
