// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/check.h"
#include "engine/events.h"
#include "engine/suite.h"
#include "engine/tap.h"

#define CALLERS_MAX 48

int attempts_made;

static int is_host(const struct rule *r, const struct caller *c, const char *op)
{
	int number = suite_op(op);

	return rule_is_host(r, c, number < 0 ? NULL : &suite->ops[number]);
}

static int unable(const struct attempt *a, const struct caller *c)
{
	return a->unable & (c->ns | (c->chrooted ? NS_CHROOT : 0));
}

/* Is the attempt left alone because the caller has its own mounts? */
static int let_go(const struct attempt *a, const struct caller *c)
{
	return a->at_home && (c->ns & NS_MNT);
}

/* Does the caller count as host in the namespaces that the attempt enters? */
static int makes_as_host(const struct rule *r, const struct caller *c,
			 const struct attempt *a)
{
	struct caller there = *c;

	there.ns |= a->leaves;
	return is_host(r, &there, a->op);
}

static int op_denied(const struct rule *r, const char *op, int as_host)
{
	int number = suite_op(op);

	return number >= 0 && rule_denies(r, suite->ops, number, as_host);
}

static int attempt_denied(const struct rule *r, const struct attempt *a,
			  int as_host)
{
	as_host &= !a->as_other;
	return op_denied(r, a->op, as_host) || op_denied(r, a->also, as_host);
}

static int is_denial(const struct attempt *a, int result)
{
	if (!a->errnos[0])
		return result == -EPERM;
	for (int i = 0; i < ERRNOS; i++)
		if (a->errnos[i] && result == -a->errnos[i])
			return 1;
	return 0;
}

static void check_one(const struct rule *r, const struct caller *c,
		      const struct attempt *a, int result)
{
	int denied = r && r->mode != MODE_AUDIT && !let_go(a, c) &&
		     attempt_denied(r, a, makes_as_host(r, c, a));

	if (unable(a, c))
		return;
	attempts_made++;
	if (result == RESULT_SETUP)
		tap_fail("%s as %s: the caller could not be made", a->name,
			 c->name);
	else if (result == RESULT_DIED)
		tap_fail("%s as %s: died", a->name, c->name);
	else if (denied && !result)
		tap_fail("%s as %s: worked, must be denied", a->name, c->name);
	else if (r && r->among)
		return;
	else if (denied && !is_denial(a, result))
		tap_fail("%s as %s: failed with another error: %s", a->name,
			 c->name, strerror(-result));
	else if (!denied && result)
		tap_fail("%s as %s: must work: %s", a->name, c->name,
			 strerror(-result));
}

static int same_op(const struct attempt *a, const char *op)
{
	return a->op == op || (a->op && op && !strcmp(a->op, op));
}

/* One test: an operation, or the innocent attempts (op NULL). */
static void check_op(const struct rule *r, const char *op, const char *name,
		     const struct caller *const *callers, const char *ask,
		     int results[][ATTEMPTS_MAX])
{
	int any = 0;

	for (int i = 0; i < n_attempts; i++) {
		if (!ask[i] || !same_op(&suite->attempts[i], op))
			continue;
		for (int c = 0; callers[c]; c++)
			check_one(r, callers[c], &suite->attempts[i],
				  results[c][i]);
		any = 1;
	}
	if (any)
		tap_verdict(suite->key, op ? op : "innocent", name);
}

void check_callers(const struct rule *r, const char *name,
		   const struct caller *const *callers, const char *ask)
{
	static int results[CALLERS_MAX][ATTEMPTS_MAX];

	for (int c = 0; callers[c]; c++) {
		if (c == CALLERS_MAX)
			exit(71);
		call_as(callers[c], suite->attempts, ask, n_attempts,
			results[c]);
	}
	for (int i = 0; i < n_ops; i++)
		check_op(r, suite->ops[i].name, name, callers, ask, results);
	check_op(r, NULL, name, callers, ask, results);
}

/* Does any attempt on that operation end in an event of its own? */
static int event_expected(const struct rule *r, const char *op,
			  const struct caller *const *callers)
{
	for (int i = 0; i < n_attempts; i++) {
		const struct attempt *a = &suite->attempts[i];

		if (!suite_shown(i) || !a->op || strcmp(a->op, op))
			continue;
		for (int c = 0; callers[c]; c++) {
			int host_op = makes_as_host(r, callers[c], a);

			if (!unable(a, callers[c]) && !let_go(a, callers[c]) &&
			    !op_denied(r, a->also, host_op) &&
			    op_denied(r, op, host_op && !a->as_other))
				return 1;
		}
	}
	return 0;
}

/* The operation that also stops it may be asked first, and be reported. */
static int ambiguous(const struct rule *r, const struct attempt *a,
		     const struct caller *const *callers)
{
	int denied = 0;

	for (int c = 0; callers[c]; c++)
		denied |=
			op_denied(r, a->also, makes_as_host(r, callers[c], a));
	return denied;
}

void check_events(const struct rule *r, const char *name,
		  const struct caller *const *callers)
{
	const char *verdict = r->mode == MODE_AUDIT ? "would-deny" : "denied";

	for (int i = 0; i < n_attempts; i++) {
		const struct attempt *a = &suite->attempts[i];
		int expected;

		if (!suite_shown(i) || !a->op || ambiguous(r, a, callers))
			continue;
		expected = event_expected(r, a->op, callers);
		if (events_has(suite->key, a->op, verdict) != expected)
			tap_fail("%s: %s", a->op,
				 expected ? "no event" : "unexpected event");
	}
	tap_verdict(suite->key, "events", name);
}
