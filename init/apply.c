// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "apply.h"
#include "fire.h"
#include "frozen.h"
#include "ftrace.h"
#include "initial.h"
#include "load.h"
#include "log.h"
#include "seal.h"
#include "self.h"

enum status status_of(int err)
{
	switch (err) {
	case 0:
		return STATUS_DONE;
	case -EPERM:
	case -EACCES:
		return STATUS_MAY_NOT;
	case -EOPNOTSUPP:
		return STATUS_KERNEL;
	default:
		return STATUS_SYSTEM;
	}
}

#define SEALED ": the lock is sealed until the next boot"

/* One protection and what became of it. */
struct work {
	struct loading l;
	bool remade; /* nobody asked, but others change what it guards */
	bool kept; /* in force as asked already */
	int err;
};

/* A hook that no kernel may lack, lacking. */
static int check_hooks(const struct loading *l)
{
	struct masks m = frozen_masks(&l->policy);
	const struct hook *h = l->p->hooks;
	int err = 0;

	for (int i = 0; i < HOOKS_MAX && h[i].name; i++) {
		if (!frozen_lacks_hook(&l->policy, l->p, i) ||
		    !(h[i].ops & masks_any(&m)) || h[i].optional)
			continue;
		log_error("%s: this kernel has no LSM hook %s: it needs "
			  "CONFIG_BPF_LSM, and BTF that lists it",
			  l->p->key, h[i].name);
		err = -EOPNOTSUPP;
	}
	return err;
}

static int check_fire(const struct protection *p, const struct pinned *in)
{
	enum fire fire[HOOKS_MAX];
	int silent = fire_check(p, in, fire);

	if (silent <= 0)
		return silent;
	for (int i = 0; i < HOOKS_MAX && p->hooks[i].name; i++)
		if (fire[i] == FIRE_SILENT)
			log_error("%s: the program at %s is attached and never "
				  "called: is kernel.ftrace_enabled 1, and bpf "
				  "in /sys/kernel/security/lsm?",
				  p->key, p->hooks[i].name);
	return -EOPNOTSUPP;
}

/* Read back what is pinned, and have every hook called. */
static int verify(const struct protection *p)
{
	struct pinned in;
	int err = pins_read(p, &in);

	if (!err && !pins_complete(p, &in)) {
		log_error("%s: something is missing below %s/%s after loading",
			  p->key, PINS, p->key);
		err = -EIO;
	}
	if (!err)
		err = check_fire(p, &in);
	pins_close(&in);
	if (err)
		pins_remove(p->key);
	return err;
}

/* What nobody asked for, and may not be read (disablebpf), stays as it is. */
static bool in_force(const struct loading *l)
{
	struct bpflock_policy asked = l->policy;
	struct pinned in;
	int err = pins_read(l->p, &in);
	bool same;

	frozen_drop(&asked, in.policy.missing & l->needs_reads);
	same = err ? l->p->internal && in.present :
		     pins_complete(l->p, &in) &&
			       frozen_same(&in.policy, &asked);
	pins_close(&in);
	return same;
}

/* One object for all; if that fails, each alone, to save the others. */
static void load_all(struct work *work, unsigned int n, unsigned int events)
{
	struct loading l[BPFLOCK_PROTECTIONS];
	struct work *of[BPFLOCK_PROTECTIONS];
	unsigned int todo = 0;
	int err;

	for (unsigned int i = 0; i < n; i++) {
		if (work[i].kept || work[i].err)
			continue;
		of[todo] = &work[i];
		l[todo++] = work[i].l;
	}
	if (!todo)
		return;
	err = load_protections(l, todo, events);
	for (unsigned int i = 0; i < todo; i++) {
		of[i]->err = err;
		if (err && todo > 1) {
			l[i] = of[i]->l; /* nothing of what it had become */
			of[i]->err = load_protections(&l[i], 1, events);
		}
		of[i]->l.policy = l[i].policy; /* what it has become */
		if (!of[i]->err)
			of[i]->err = verify(of[i]->l.p);
	}
}

static void summarise(const struct work *w, char *summary, size_t len)
{
	const struct bpflock_policy *fp = &w->l.policy;
	bool degraded = frozen_degraded(fp, w->l.p);
	size_t at = strlen(summary);

	if ((w->l.p->internal || w->remade) && !w->err && !degraded)
		return;
	at += snprintf(summary + at, len - at, "%s%s=%s%s%s", at ? " " : "",
		       w->l.p->key,
		       w->err ? "FAILED" : mode_names[fp->now.mode],
		       frozen_lists(&fp->now), degraded ? "(degraded)" : "");
	if (frozen_late(fp) && !w->err && at < len)
		snprintf(summary + at, len - at, "(late: %s%s)",
			 mode_names[fp->late.mode], frozen_lists(&fp->late));
}

static int take_off(const struct protection *p)
{
	int err = pins_take_off(p);

	if (err)
		log_error("remove %s/%s: %s%s", PINS, p->key, strerror(-err),
			  seal_in_force() ? SEALED : "");
	return err;
}

/* First of all: before it has gone the others cannot be read. */
static void take_off_disablebpf(const struct policy *pol, unsigned int which)
{
	const struct protection *p = &protections[BPFLOCK_DISABLEBPF];

	if (which & (1u << BPFLOCK_DISABLEBPF) && !policy_asks(pol, p))
		take_off(p);
}

/* Fill in what is asked for, take off what is not. */
static int choose(const struct policy *pol, unsigned int which,
		  struct work *work, unsigned int *n)
{
	int err = 0;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (!(which & (1u << i)) || !protection_built(&protections[i]))
			continue;
		if (policy_asks(pol, &protections[i]))
			work[(*n)++].l.p = &protections[i];
		else if (take_off(&protections[i]))
			err = -EPERM;
	}
	return err;
}

/* escape stays as it is, but for what it has to know about the others. */
static void remake_escape(const struct guard *g, struct work *work,
			  unsigned int *n)
{
	const struct protection *p = &protections[BPFLOCK_ESCAPE];
	struct work *w = &work[*n];
	struct pinned in;

	if (!pins_read(p, &in) && in.has_policy) {
		w->l.p = p;
		w->l.policy = in.policy;
		w->remade = true;
		frozen_guard(&w->l.policy, p, g);
		*n += !frozen_same(&w->l.policy, &in.policy);
	}
	pins_close(&in);
}

static int prepare(const struct policy *pol, const struct guard *g,
		   struct work *work, unsigned int n)
{
	bool sealed = seal_in_force();
	unsigned int inum[BPFLOCK_NSS];
	struct support s;
	int err = support_check(&s);

	if (!err)
		err = initial_read(inum);
	for (unsigned int i = 0; i < n && !err; i++) {
		const struct protection *p = work[i].l.p;

		if (!work[i].remade)
			frozen_make(&work[i].l.policy, p, pol, &s, inum);
		frozen_guard(&work[i].l.policy, p, g);
		if (p == &protections[BPFLOCK_SELF] && !s.casts)
			work[i].l.needs_reads = BPFLOCK_BIT(SELF_MOUNTS);
		work[i].err = check_hooks(&work[i].l);
		work[i].kept = in_force(&work[i].l);
		if (!sealed || work[i].kept)
			continue;
		log_error("%s: cannot be changed" SEALED, p->key);
		work[i].err = -EPERM;
	}
	support_free(&s);
	return err;
}

/* "seal=on", or why that does not hold root on the host. */
static void summarise_seal(char *summary, size_t len)
{
	size_t at = strlen(summary);
	char gaps[32];

	if (!seal_in_force())
		return;
	if (seal_gaps(gaps, sizeof(gaps)))
		snprintf(summary + at, len - at,
			 " seal=advisory(not denied to the host: %s)", gaps);
	else
		snprintf(summary + at, len - at, " seal=on");
}

enum status apply(const struct policy *asked, unsigned int which, char *summary,
		  size_t len)
{
	struct work work[BPFLOCK_PROTECTIONS] = { 0 };
	static struct policy with_self;
	const struct policy *pol = &with_self;
	struct guard guard;
	unsigned int n = 0;
	bool held = false;
	int worst;

	take_off_disablebpf(asked, which);
	if (guard_make(&guard, asked, which))
		return STATUS_POLICY;
	self_policy(asked, &guard, &with_self);
	which |= 1u << BPFLOCK_SELF;
	worst = choose(pol, which, work, &n);
	if (!(which & (1u << BPFLOCK_ESCAPE)))
		remake_escape(&guard, work, &n);
	if (n) {
		int err = prepare(pol, &guard, work, n);

		for (unsigned int i = 0; err && i < n; i++)
			work[i].err = err;
		/* Before: escape may close /proc. After: nobody opens it now. */
		held = ftrace_held();
		load_all(work, n, pol->events);
		held = held || ftrace_held();
	}
	for (unsigned int i = 0; i < n; i++) {
		summarise(&work[i], summary, len);
		if (work[i].err)
			worst = work[i].err;
	}
	summarise_seal(summary, len);
	if (held && !worst) {
		size_t at = strlen(summary);

		snprintf(summary + at, len - at, " ftrace_enabled=HELD");
		return STATUS_NOT_ENFORCED;
	}
	return status_of(worst);
}
