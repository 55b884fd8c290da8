/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan: what must happen to each protection, computed from the policy,
 * from what is in force, and from facts about this boot. Nothing here reads
 * or changes the kernel.
 */
#ifndef PLAN_H
#define PLAN_H

#include "record/make.h"

enum step {
	STEP_LEAVE, /* no change is asked for, and none follows */
	STEP_TAKE_OFF, /* the policy does not ask for it any more */
	STEP_KEEP, /* in force as asked already */
	STEP_LOAD,
	STEP_DENIED, /* must change, and the seal denies that */
	STEP_IMPOSSIBLE, /* the kernel lacks a hook that it needs */
};

/* One protection on its way into the kernel. */
struct plan_one {
	enum step step;
	bool follows; /* it is loaded only because others change */
	struct bpflock_record record;
	/* the record where BPF helpers may not read the kernel's memory */
	struct bpflock_record without_reads;
};

struct plan {
	struct hosts hosts;
	struct setting self; /* the setting of self, which follows from all */
	struct plan_one one[BPFLOCK_PROTECTIONS];
	bool old_object; /* the BPF object for kernels before 5.11 is needed */
};

/**
 * plan_steps - decide which protections are loaded and which are taken off
 * @plan: gets hosts, self and the steps LEAVE, TAKE_OFF and LOAD
 * @pol: the policy
 * @which: the protections to look at (bits); self is always looked at
 * @now: what is in force
 *
 * Return: 0, or -E2BIG (hosts_make()).
 */
int plan_steps(struct plan *plan, const struct policy *pol, unsigned int which,
	       const struct in_force *now);

/** plan_loads - does any step load something? */
bool plan_loads(const struct plan *plan);

/**
 * plan_records - make the records of what is to be loaded
 * @plan: from plan_steps(); LOAD may become KEEP, DENIED, IMPOSSIBLE or LEAVE
 * @pol: the policy
 * @now: what is in force
 * @f: facts about this boot
 */
void plan_records(struct plan *plan, const struct policy *pol,
		  const struct in_force *now, const struct facts *f);

#endif /* PLAN_H */
