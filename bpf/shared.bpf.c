// SPDX-License-Identifier: GPL-2.0-only
/*
 * shared: what all protections use. The maps: the ring of events, the kinds of
 * events, how much of the ring each cgroup takes, the number of lost events, and
 * whether the late settings of the records are in force. The code that stands in
 * the object only once: task_is_host() and report().
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
