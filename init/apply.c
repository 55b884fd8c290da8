// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The five stages: read the records in force, plan, load, verify, report.
 * record/plan.c decides; this file only carries the plan out.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "apply.h"
#include "kernel/anchors.h"
#include "kernel/ftrace.h"
#include "kernel/load.h"
#include "kernel/pinning.h"
#include "kernel/pins.h"
#include "kernel/probe.h"
#include "kernel/record.h"
#include "record/plan.h"
#include "record/seal.h"
#include "util/log.h"

#define SEALED ": the lock is sealed until the next boot"

/* The outcome for one protection. */
struct outcome {
	int err;
	const struct bpflock_record *record; /* in force if there is no err */
};

static int take_off(const struct protection *p, const struct in_force *now)
{
	int err = pins_take_off(p);

	if (err)
		log_error("remove %s/%s: %s%s", PINS, p->key, strerror(-err),
			  seal_in_force(now) ? SEALED : "");
	return err;
}

/* The first step: until disablebpf is gone, no record can be read. */
static void take_off_disablebpf(const struct policy *pol, unsigned int which)
{
	const struct protection *p = &protections[BPFLOCK_DISABLEBPF];

	if (which & (1u << BPFLOCK_DISABLEBPF) && !policy_asks(pol, p))
		pins_take_off(p);
}

static int take_off_all(const struct plan *plan, struct in_force *now)
{
	int err = 0;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (plan->one[i].step != STEP_TAKE_OFF)
			continue;
		if (take_off(&protections[i], now))
			err = -EPERM;
		else
			now->one[i].has_record = false;
	}
	return err;
}

static int report_impossible(const struct protection *p,
			     const struct bpflock_record *r)
{
	for (unsigned int i = 0; i < p->n_hooks; i++)
		if (record_impossible_hook(r, p, i))
			log_error("%s: this kernel has no LSM hook %s: use a "
				  "kernel with CONFIG_BPF_LSM, and BTF that "
				  "lists the hook",
				  p->key, p->hooks[i].name);
	return -EOPNOTSUPP;
}

/* Reports the changes that cannot be made. */
static void report_failures(const struct plan *plan, struct outcome *out)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct plan_one *one = &plan->one[i];

		if (one->step == STEP_IMPOSSIBLE)
			out[i].err = report_impossible(&protections[i],
						       &one->record);
		if (one->step != STEP_DENIED)
			continue;
		log_error("%s: cannot be changed" SEALED, protections[i].key);
		out[i].err = -EPERM;
	}
}

static int check_probe(const struct protection *p, const struct pinned *in,
		       const struct probe_others *others)
{
	static struct probe probe[HOOKS_MAX];
	int silent = probe_hooks(p, in, others, probe);

	if (silent <= 0)
		return silent;
	for (unsigned int i = 0; i < p->n_hooks; i++)
		if (probe[i].result == PROBE_SILENT)
			log_error("%s: the program at %s is attached and never "
				  "called: is kernel.ftrace_enabled 1, and bpf "
				  "in /sys/kernel/security/lsm?",
				  p->key, p->hooks[i].name);
	return -EOPNOTSUPP;
}

/* Read the new pins back. */
static int read_staged(const struct protection *p, struct pinned *in)
{
	char dir[PIN_NAME_MAX];
	int err = pins_read_in(p, pins_staged(p, dir), in);

	if (err)
		log_error("%s: read %s/%s: %s", p->key, PINS, dir,
			  strerror(-err));
	if (err || pins_complete(p, in))
		return err;
	log_error("%s: a pin is missing below %s/%s after loading", p->key,
		  PINS, dir);
	return -EIO;
}

/*
 * Verify what was loaded: its pins are there, and the kernel calls each hook.
 * Only then it replaces what was in force.
 */
static void verify_all(const struct load *l, unsigned int n,
		       const struct in_force *now, struct outcome *out)
{
	static struct pinned in[BPFLOCK_PROTECTIONS];
	struct probe_others others = { .now = now };
	struct outcome *o;

	for (unsigned int i = 0; i < n; i++) {
		o = &out[l[i].p - protections];
		if (o->err)
			continue;
		o->err = read_staged(l[i].p, &in[i]);
		if (!o->err)
			others.own[l[i].p - protections] = &in[i];
		else
			pins_close(&in[i]);
	}
	for (unsigned int i = 0; i < n; i++) {
		o = &out[l[i].p - protections];
		if (!o->err)
			o->err = check_probe(l[i].p, &in[i], &others);
	}
	for (unsigned int i = 0; i < n; i++)
		if (others.own[l[i].p - protections])
			pins_close(&in[i]);
}

/* The error of a protection that could not replace what is in force, or 0. */
static int replacement_failed(const struct load *l, unsigned int n,
			      const struct in_force *now,
			      const struct outcome *out)
{
	for (unsigned int i = 0; i < n; i++) {
		int at = l[i].p - protections;

		if (out[at].err && now->one[at].present)
			return out[at].err;
	}
	return 0;
}

/* Return: 0, or -errno if nothing has changed. */
static int swap_all(const struct load *l, unsigned int n,
		    const struct outcome *out)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < n && !err; i++)
		if (!out[l[i].p - protections].err)
			err = pins_swap(l[i].p);
	for (i -= !!err; err && i--;)
		if (!out[l[i].p - protections].err)
			pins_swap(l[i].p);
	return err;
}

/*
 * What was verified replaces what was in force. If a protection cannot be
 * replaced, none is: what self and escape deny follows from all the others.
 */
static void replace_all(const struct load *l, unsigned int n,
			const struct in_force *now, struct outcome *out)
{
	int err = replacement_failed(l, n, now, out);

	if (!err)
		err = swap_all(l, n, out);
	if (err)
		log_error("nothing is replaced: what was in force stays");
	for (unsigned int i = 0; i < n; i++) {
		struct outcome *o = &out[l[i].p - protections];
		int left = pins_unstage(l[i].p);

		if (err && !o->err)
			o->err = err;
		if (left && !o->err)
			o->err = left;
	}
}

/* Anchors what is in force now, and says where that failed. */
static void anchor_all(struct anchors *a, const struct load *l, unsigned int n,
		       const struct outcome *out)
{
	char hooks[ANCHORS_TEXT];
	unsigned int which = 0, failed;

	for (unsigned int i = 0; i < n; i++)
		if (!out[l[i].p - protections].err)
			which |= 1u << (l[i].p - protections);
	failed = anchors_attach(a, which);
	if (a->cgroup < 0)
		log_info("seal: no hook is anchored: mount cgroup2: %s",
			 strerror(-a->cgroup));
	else if (failed)
		log_info("seal: not anchored: %s: no place (from 6.0 on, with "
			 "CONFIG_CGROUP_BPF, there are ten)",
			 anchors_text(failed, hooks));
	anchors_close(a);
}

/* Is this the load that seals the lock? */
static bool seals(const struct plan *plan)
{
	const struct plan_one *self = &plan->one[BPFLOCK_SELF];

	return self->step == STEP_LOAD &&
	       self->record.now.masks.deny_host & BPFLOCK_BIT(SELF_PINS);
}

/*
 * Loads all protections from one object. If that fails, each is loaded alone,
 * so that one failure does not take the others along.
 */
static void load_all(const struct plan *plan, unsigned int events,
		     const struct in_force *now, struct outcome *out)
{
	static struct anchors anchors;
	struct anchors *a = seals(plan) ? &anchors : NULL;
	struct load l[BPFLOCK_PROTECTIONS];
	unsigned int n = 0;
	int err;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (plan->one[i].step == STEP_LOAD)
			l[n++] = (struct load){ &protections[i],
						&plan->one[i].record,
						&plan->one[i].without_reads,
						plan->old_object, true };
	if (!n)
		return;
	if (a)
		anchors_open(a);
	err = load_protections(l, n, events, a);
	for (unsigned int i = 0; i < n; i++) {
		struct outcome *o = &out[l[i].p - protections];

		o->err = err && n > 1 ? load_protections(&l[i], 1, events, a) :
					err;
		if (!l[i].reads)
			o->record = l[i].without_reads;
	}
	verify_all(l, n, now, out);
	replace_all(l, n, now, out);
	if (a)
		anchor_all(a, l, n, out);
}

__attribute__((format(printf, 3, 4))) static void append(char *text, size_t len,
							 const char *fmt, ...)
{
	size_t at = strlen(text);
	va_list args;

	va_start(args, fmt);
	vsnprintf(text + at, len - at, fmt, args);
	va_end(args);
}

static void summarise(int i, const struct plan_one *one,
		      const struct outcome *o, char *summary, size_t len)
{
	const struct protection *p = &protections[i];
	const struct bpflock_record *r = o->record;
	bool degraded = record_degraded(r, p);

	if (one->step == STEP_LEAVE || one->step == STEP_TAKE_OFF)
		return;
	if ((p->internal || one->follows) && !o->err && !degraded)
		return;
	append(summary, len, "%s%s=%s%s%s", *summary ? " " : "", p->key,
	       o->err ? "FAILED" : mode_names[r->now.mode],
	       record_lists(&r->now), degraded ? "(degraded)" : "");
	if (record_late(r) && !o->err)
		append(summary, len, "(late: %s%s)", mode_names[r->late.mode],
		       record_lists(&r->late));
}

/* "seal=on", or why the seal does not bind root on the host. */
static void summarise_seal(const struct in_force *now, char *summary,
			   size_t len)
{
	char gaps[SEAL_GAPS_LEN];

	if (!seal_in_force(now))
		return;
	if (seal_gaps(now, gaps))
		append(summary, len,
		       " seal=advisory(not denied to the host: %s)", gaps);
	else
		append(summary, len, " seal=on");
}

/*
 * Complete the plan and carry it out. true: a process holds
 * kernel.ftrace_enabled open. That is looked for before loading, since escape
 * may deny looking afterwards, and after it, since no process can open the
 * file from then on. @now: what is in force, before and then after.
 */
static bool carry_out(struct plan *plan, const struct policy *pol,
		      struct in_force *now, struct outcome *out)
{
	bool rootfs = plan->one[BPFLOCK_ROOTFS].step == STEP_LOAD;
	static struct facts facts;
	int err = facts_read(&facts, now, rootfs);
	bool held;

	if (!err)
		plan_records(plan, pol, now, &facts);
	report_failures(plan, out);
	for (int i = 0; err && i < BPFLOCK_PROTECTIONS; i++)
		if (plan->one[i].step == STEP_LOAD)
			out[i].err = err;
	held = ftrace_held(now);
	if (!err)
		load_all(plan, pol->events, now, out);
	in_force_read(now);
	return held || ftrace_held(now);
}

/* rootfs does not know all devices below others (kernel/rootdev.h). */
static bool guards_part(const struct plan *plan, const struct outcome *out)
{
	const struct outcome *o = &out[BPFLOCK_ROOTFS];

	return plan->one[BPFLOCK_ROOTFS].step >= STEP_KEEP && !o->err &&
	       o->record->unguarded & BPFLOCK_BIT(ROOTFS_RAW_WRITE);
}

enum status apply(const struct policy *pol, unsigned int which, char *summary,
		  size_t len)
{
	struct outcome out[BPFLOCK_PROTECTIONS] = { 0 };
	static struct in_force now;
	static struct plan plan;
	bool held = false;
	int worst;

	take_off_disablebpf(pol, which);
	in_force_read(&now);
	if (plan_steps(&plan, pol, which, &now)) {
		log_error("trust: all protections together trust more than %d "
			  "cgroups, or %d bytes of their names, which the lock "
			  "cannot guard: name fewer",
			  BPFLOCK_TRUST_MAX, BPFLOCK_TRUST_TEXT);
		return STATUS_POLICY;
	}
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		out[i].record = &plan.one[i].record;
	worst = take_off_all(&plan, &now);
	if (plan_loads(&plan))
		held = carry_out(&plan, pol, &now, out);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (out[i].err)
			worst = out[i].err;
		summarise(i, &plan.one[i], &out[i], summary, len);
	}
	summarise_seal(&now, summary, len);
	if (worst)
		return status_of(worst);
	if (held)
		append(summary, len, " ftrace_enabled=HELD");
	return held || guards_part(&plan, out) ? STATUS_NOT_ENFORCED :
						 STATUS_DONE;
}
