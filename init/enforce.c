// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "enforce.h"
#include "kernel/anchors.h"
#include "kernel/load.h"
#include "kernel/pinning.h"
#include "kernel/pins.h"
#include "kernel/probe.h"
#include "kernel/record.h"
#include "util/log.h"

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

	return self->step == STEP_LOAD && record_sealed(&self->record);
}

static void load_and_verify(struct load *l, unsigned int n, unsigned int events,
			    bool merge, const struct in_force *now,
			    struct anchors *a, struct outcome *out)
{
	int err = load_protections(l, n, events, merge, a);

	for (unsigned int i = 0; i < n; i++) {
		struct outcome *o = &out[l[i].p - protections];

		o->err = err && n > 1 ?
				 load_protections(&l[i], 1, events, false, a) :
				 err;
		if (!l[i].reads)
			o->record = l[i].without_reads;
	}
	verify_all(l, n, now, out);
}

static bool all_passed(const struct load *l, unsigned int n,
		       const struct outcome *out)
{
	for (unsigned int i = 0; i < n; i++)
		if (out[l[i].p - protections].err)
			return false;
	return true;
}

/*
 * Under the seal no protection is taken off alone, so their programs are merged.
 * Where one protection fails the others would keep its programs: then all are
 * loaded again, each with programs of its own.
 */
static void load_sealed(struct load *l, unsigned int n, unsigned int events,
			const struct in_force *now, struct anchors *a,
			struct outcome *out)
{
	anchors_open(a);
	load_and_verify(l, n, events, true, now, a, out);
	if (all_passed(l, n, out))
		return;
	log_info("seal: loading again, with programs of its own for each "
		 "protection");
	for (unsigned int i = 0; i < n; i++)
		pins_unstage(l[i].p);
	anchors_close(a);
	anchors_open(a);
	load_and_verify(l, n, events, false, now, a, out);
}

void enforce(const struct plan *plan, unsigned int events,
	     const struct in_force *now, struct outcome *out)
{
	static struct anchors anchors;
	struct load l[BPFLOCK_PROTECTIONS];
	bool sealed = seals(plan);
	unsigned int n = 0;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (plan->one[i].step == STEP_LOAD)
			l[n++] = (struct load){ &protections[i],
						&plan->one[i].record,
						&plan->one[i].without_reads,
						plan->old_object, true };
	if (!n)
		return;
	if (sealed)
		load_sealed(l, n, events, now, &anchors, out);
	else
		load_and_verify(l, n, events, false, now, NULL, out);
	replace_all(l, n, now, out);
	if (sealed)
		anchor_all(&anchors, l, n, out);
}
