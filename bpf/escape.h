/* SPDX-License-Identifier: GPL-2.0-only */
/* escape: its record and counters, for escape.bpf.c and the escape_*.h. */
#ifndef ESCAPE_H
#define ESCAPE_H

#include "decide.h"

PROTECTION(escape, ESCAPE);

/*
 * These functions are inlined. The verifier of 5.10
 * crashes over functions of their own that receive a number, as tasks are on
 * 5.10, or a value that is known to be 0 (__mark_chain_precision() looks for
 * the frame of the callee in the state of the caller).
 */
static __always_inline bool is_host_task(struct task_struct *t)
{
	return task_is_host(&escape_record, t);
}

static __always_inline int check_file(int op, const struct dentry *d)
{
	return escape_check(op, -1, NULL, d);
}

static __always_inline int check_number(int op, int detail)
{
	return escape_check(op, detail, NULL, NULL);
}

/* Decide a request for a caller other than the current task. */
static __always_inline int check_for(bool host, int op, int detail,
				     const struct dentry *d)
{
	struct request r;

	escape_request(&r, op, detail, NULL, d);
	return check_as(&escape_record, &r, host);
}

#endif /* ESCAPE_H */
