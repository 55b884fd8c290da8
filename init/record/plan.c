// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "kernel/record.h"
#include "record/plan.h"
#include "record/seal.h"

/*
 * self is on as long as any other protection is, or the seal. Where none of
 * them denies anything, self only reports.
 */
static void make_self(struct setting *self, const struct policy *pol,
		      const struct hosts *h, const struct in_force *now)
{
	memset(self, 0, sizeof(*self));
	if (!h->any && !pol->seal)
		return;
	self->set = true;
	self->mode = h->denies ? BPFLOCK_RESTRICT : BPFLOCK_AUDIT;
	self->block = BPFLOCK_BIT(SELF_FTRACE);
	if (pol->seal || seal_in_force(now)) {
		self->mode = BPFLOCK_RESTRICT;
		self->block |= SELF_SEAL;
	}
	snprintf(self->source, sizeof(self->source), "%s",
		 pol->seal ? pol->seal_source : "always");
}

static bool asked(const struct plan *plan, const struct policy *pol, int i)
{
	return i == BPFLOCK_SELF ? plan->self.set :
				   policy_asks(pol, &protections[i]);
}

int plan_steps(struct plan *plan, const struct policy *pol, unsigned int which,
	       const struct in_force *now)
{
	int err;

	memset(plan, 0, sizeof(*plan));
	err = hosts_make(&plan->hosts, pol, which, now);
	if (err)
		return err;
	make_self(&plan->self, pol, &plan->hosts, now);
	which |= 1u << BPFLOCK_SELF;
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (which & (1u << i))
			plan->one[i].step = asked(plan, pol, i) ? STEP_LOAD :
								  STEP_TAKE_OFF;
	/* Not asked for, but it has to know of every change of the others. */
	if (!(which & (1u << BPFLOCK_ESCAPE)) &&
	    now->one[BPFLOCK_ESCAPE].has_record) {
		plan->one[BPFLOCK_ESCAPE].step = STEP_LOAD;
		plan->one[BPFLOCK_ESCAPE].follows = true;
	}
	return 0;
}

bool plan_loads(const struct plan *plan)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (plan->one[i].step == STEP_LOAD)
			return true;
	return false;
}

/* Before 6.2 self follows mounts with a helper that reads memory. */
static uint64_t needs_reads(int i, const struct facts *f)
{
	return i == BPFLOCK_SELF && !f->casts ? BPFLOCK_BIT(SELF_MOUNTS) : 0;
}

static void make_records(struct plan *plan, int i, const struct policy *pol,
			 const struct in_force *now, const struct facts *f)
{
	static const struct setting nothing;
	const struct protection *p = &protections[i];
	struct plan_one *one = &plan->one[i];

	if (one->follows)
		one->record = now->one[i].record;
	else if (i == BPFLOCK_SELF)
		record_make(&one->record, p, pol, &plan->self, &nothing, f);
	else
		record_make(&one->record, p, pol, &pol->now[i], &pol->late[i],
			    f);
	record_add_hosts(&one->record, p, &plan->hosts);
	one->record.read_strings = 1;
	one->without_reads = one->record;
	one->without_reads.read_strings = 0;
	record_drop(&one->without_reads, needs_reads(i, f));
}

/* self, where disablebpf denies reading it, stays as it is. */
static bool in_force_already(const struct plan_one *one, int i,
			     const struct in_force *now)
{
	const struct in_force_one *is = &now->one[i];

	if (is->unreadable)
		return protections[i].internal && is->present;
	return is->complete && (record_same(&is->record, &one->record) ||
				record_same(&is->record, &one->without_reads));
}

/* @sealing: each program must be loaded, to be anchored (kernel/anchors.h) */
static enum step step_of(const struct plan_one *one, int i,
			 const struct in_force *now, bool sealing)
{
	if (one->follows && record_same(&now->one[i].record, &one->record))
		return STEP_LEAVE;
	if (record_impossible(&one->record, &protections[i]))
		return STEP_IMPOSSIBLE;
	if (!sealing && in_force_already(one, i, now))
		return STEP_KEEP;
	return seal_in_force(now) ? STEP_DENIED : STEP_LOAD;
}

void plan_records(struct plan *plan, const struct policy *pol,
		  const struct in_force *now, const struct facts *f)
{
	bool sealing = pol->seal && !seal_in_force(now);

	plan->old_object = !f->task_btf;
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (plan->one[i].step != STEP_LOAD)
			continue;
		make_records(plan, i, pol, now, f);
		plan->one[i].step = step_of(&plan->one[i], i, now, sealing);
	}
}
