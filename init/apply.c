// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The five stages: read the records in force, plan, load, verify, report.
 * record/plan.c decides; this file only carries the plan out.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apply.h"
#include "enforce.h"
#include "kernel/ftrace.h"
#include "kernel/pinning.h"
#include "kernel/pins.h"
#include "kernel/record.h"
#include "record/plan.h"
#include "record/seal.h"
#include "util/log.h"

#define SEALED ": the lock is sealed until the next boot"

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
	struct pinned in;
	int err;

	if (!(which & (1u << BPFLOCK_DISABLEBPF)) || policy_asks(pol, p))
		return;
	err = pins_read(p, &in);
	pins_close(&in);
	if (err != -EPROTO)
		pins_take_off(p);
}

/* What cannot be taken off keeps self, which is the last one, beside it. */
static int take_off_all(const struct plan *plan, struct in_force *now)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (plan->one[i].step != STEP_TAKE_OFF)
			continue;
		if (take_off(&protections[i], now))
			return -EPERM;
		now->one[i].has_record = false;
	}
	return 0;
}

static void fail_loads(const struct plan *plan, struct outcome *out, int err)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (plan->one[i].step == STEP_LOAD)
			out[i].err = err;
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
 * In the initramfs, processes other than PID 1 can move /sys only to a new root
 * that was mounted when the lock was sealed (kernel/newroots.h).
 */
static void warn_of_root(const struct in_force *now)
{
	const struct bpflock_record *r = &now->one[BPFLOCK_SELF].record;

	if (seal_in_force(now) && r->initramfs_dev && !r->newroots)
		log_info("seal: no new root is mounted: only PID 1 can move "
			 "/sys to one now. To leave the initramfs with "
			 "switch_root, mount the new root before bpflock-init "
			 "runs");
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
	bool held, sealed = seal_in_force(now);

	if (!err)
		plan_records(plan, pol, now, &facts);
	report_failures(plan, out);
	held = ftrace_held(now);
	if (err)
		fail_loads(plan, out, err);
	else
		enforce(plan, pol->events, now, out);
	in_force_read(now);
	if (!sealed)
		warn_of_root(now);
	return held || ftrace_held(now);
}

/* rootfs does not know all devices below others (kernel/rootdev.h). */
static bool guards_part(const struct plan *plan, const struct outcome *out)
{
	const struct outcome *o = &out[BPFLOCK_ROOTFS];

	return plan->one[BPFLOCK_ROOTFS].step >= STEP_KEEP && !o->err &&
	       o->record->unguarded & BPFLOCK_BIT(ROOTFS_RAW_WRITE);
}

/*
 * What self and escape deny follows from all other protections, so nothing can
 * be changed beside what this version does not understand.
 */
static bool is_foreign(const struct in_force *now)
{
	const char *word = in_force_foreign(now);

	if (word)
		log_error("%s/%s was loaded by another version of bpflock: "
			  "nothing is changed: use that version's bpflock, or "
			  "boot again",
			  PINS, word);
	return word;
}

static void settle_all(bool before)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		pins_settle(&protections[i], before);
}

static enum status change(const struct policy *pol, unsigned int which,
			  char *summary, size_t len)
{
	struct outcome out[BPFLOCK_PROTECTIONS] = { 0 };
	static struct in_force now;
	static struct plan plan;
	bool held = false;
	int worst;

	settle_all(true);
	take_off_disablebpf(pol, which);
	in_force_read(&now);
	if (is_foreign(&now))
		return STATUS_SYSTEM;
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
	if (worst)
		fail_loads(&plan, out, worst);
	else if (plan_loads(&plan))
		held = carry_out(&plan, pol, &now, out);
	settle_all(false);
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

enum status apply(const struct policy *pol, unsigned int which, char *summary,
		  size_t len)
{
	int held = pins_hold();
	enum status status;

	if (held == -EBUSY)
		log_error("%s: a process has kept it locked for long, perhaps in "
			  "a container (lslocks(8) shows it): going on",
			  BPFFS);
	status = change(pol, which, summary, len);
	if (held >= 0)
		close(held);
	return status;
}
