// SPDX-License-Identifier: GPL-2.0-only
/*
 * shared: what all protections use. The ring of events, the kinds of events, the
 * number of lost ones, whether the late settings of the records are in force, and
 * the question whether a task is a host process, which stands in the object only
 * once.
 */
#include "event.h"
#include "trust.h"

struct events_ring events SEC(".maps");
struct events_kinds_hash events_kinds SEC(".maps");
struct events_shares_array events_shares SEC(".maps");
struct events_lost_array events_lost SEC(".maps");
struct late_state_array late_state SEC(".maps");

__hidden bool task_is_host(const volatile struct bpflock_record *p,
			   struct task_struct *t)
{
	unsigned int kinds = outside(p, t);

	if (!(kinds & p->scope))
		return true;
	return kinds != OUTSIDE_ALL &&
	       task_trusted(p, t, p->host_services, p->host_trusts);
}

char LICENSE[] SEC("license") = "GPL";
