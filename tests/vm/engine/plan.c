// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "engine/apply.h"
#include "engine/check.h"
#include "engine/events.h"
#include "engine/plan.h"
#include "engine/suite.h"
#include "engine/tap.h"

#define NAME_MAX_LEN	768
#define NOT_APPLIED_MAX 4
#define MANY_OPS	10

static int not_applied;

/* Makes the attempts that take long, under a rule that is in force. */
static void make_slow(const struct rule *r, const char *name)
{
	char ask[ATTEMPTS_MAX];

	suite_ask(ask, 1);
	check_callers(r, name, two_callers, ask);
}

/* One without a mode of its own is as strict as its rule by itself. */
static int apply_rule(const struct rule *r)
{
	struct rule by = { .mode = MODE_RESTRICT,
			   .scope = r->scope,
			   .trust = r->trust };

	return suite->by ? apply_boot(suite->by, &by) :
			   apply(suite->key, r, suite->ops);
}

static void cannot_apply(int status, const char *name)
{
	tap_fail("exit status %d", status);
	tap_verdict(suite->key, "apply", name);
	if (++not_applied == NOT_APPLIED_MAX)
		printf("Bail out! the policies cannot be applied\n");
}

/* Applies the rule and has the attempts made, all that are not slow if !ask. */
static void plan_rule(const struct rule *r, const struct caller *const *callers,
		      const char *ask)
{
	const struct rule none = { .mode = MODE_ALLOW };
	char name[NAME_MAX_LEN], all[ATTEMPTS_MAX];
	int events = !ask &&
		     (callers == basic_callers || r->mode == MODE_AUDIT);
	int status;

	if (not_applied >= NOT_APPLIED_MAX)
		return;
	rule_name(r, suite->ops, name, sizeof(name));
	if (events)
		events_forget();
	status = apply_rule(r);
	if (status) {
		cannot_apply(status, name);
		return;
	}
	suite_ask(all, 0);
	check_callers(r, name, callers, ask ? ask : all);
	if (suite->take_off && apply(suite->key, &none, suite->ops)) {
		tap_fail("cannot be taken off");
		tap_verdict(suite->key, "apply", name);
	}
	if (events)
		check_events(r, name, callers);
}

static void plan_modes(void)
{
	for (int m = MODE_ALLOW; m <= MODE_DENY; m++) {
		struct rule r = { .mode = m };

		plan_rule(&r, basic_callers, NULL);
		if (m >= MODE_RESTRICT)
			make_slow(&r, m == MODE_DENY ? "deny, slow ones" :
						       "restrict, slow ones");
	}
}

static uint64_t every_op(void)
{
	return (1ULL << n_ops) - 1;
}

static uint64_t even_ops(void)
{
	return every_op() & 0x5555555555555555ULL;
}

static void plan_lists(const struct rule *rules, int n)
{
	for (int i = 0; i < n; i++)
		plan_rule(&rules[i], two_callers, NULL);
}

/*
 * kimg's many operations are numbers that each kernel gives them: there every
 * operation stands in an allow list and in a block list.
 */
static void plan_some_lists(void)
{
	uint64_t even = even_ops(), odd = every_op() & ~even;
	const struct rule rules[] = {
		{ .mode = MODE_RESTRICT, .has_allow = 1, .allow = odd },
		{ .mode = MODE_RESTRICT, .block = even },
		{ .mode = MODE_AUDIT,
		  .has_allow = 1,
		  .allow = even,
		  .block = odd },
		{ .mode = MODE_RESTRICT, .has_allow = 1, .allow = even },
		{ .mode = MODE_ALLOW, .block = odd },
	};

	plan_lists(rules, n_ops > MANY_OPS ? 5 : 3);
}

/*
 * For each bit of an operation's number one list of those that have the bit
 * and one of those that do not. So each operation is named and not named in
 * turn, and no two can be mixed up unseen, with a few loads instead of one
 * for each.
 */
static void plan_halves(enum mode mode, int as_block)
{
	for (int b = 0; (1 << b) < n_ops; b++) {
		uint64_t half = 0;

		for (int i = 0; i < n_ops; i++)
			if (i & (1 << b))
				half |= 1ULL << i;
		for (int k = 0; k < 2; k++, half = every_op() & ~half) {
			struct rule r = { .mode = mode };

			r.has_allow = !as_block;
			*(as_block ? &r.block : &r.allow) = half;
			plan_rule(&r, two_callers, NULL);
		}
	}
}

static void plan_all_lists(void)
{
	uint64_t even = even_ops();
	const struct rule rules[] = {
		{ .mode = MODE_RESTRICT, .has_allow = 1 },
		{ .mode = MODE_AUDIT, .has_allow = 1, .allow = even },
		{ .mode = MODE_AUDIT, .block = even },
		{ .mode = MODE_RESTRICT,
		  .has_allow = 1,
		  .allow = even & 0xfff,
		  .block = even & ~0xfffULL },
	};

	plan_halves(MODE_RESTRICT, 0);
	plan_halves(MODE_ALLOW, 1);
	plan_halves(MODE_RESTRICT, 1);
	plan_lists(rules, sizeof(rules) / sizeof(rules[0]));
}

/* The first one is tried of every protection. */
static const char *const scopes[] = { "pid,cgroup", "mnt",    "pid",
				      "net",	    "user",   "ipc",
				      "uts",	    "cgroup", "time",
				      "mnt,pid,net" };

static void plan_scopes(int all)
{
	int n = all ? sizeof(scopes) / sizeof(scopes[0]) : 1;
	char ask[ATTEMPTS_MAX];

	suite_ask_anyone(ask);
	for (int i = 0; i < n; i++)
		plan_rule(&(struct rule){ .mode = MODE_RESTRICT,
					  .scope = scopes[i] },
			  scope_callers, ask);
}

/* The first one is tried of every protection. */
static const char *const trusts[] = { NULL, "none", "", "system.slice",
				      "none,system.slice/other.service" };

static void plan_trust(int all)
{
	int n = all ? sizeof(trusts) / sizeof(trusts[0]) : 1;
	char ask[ATTEMPTS_MAX];

	suite_ask_anyone(ask);
	for (int i = 0; i < n; i++)
		plan_rule(&(struct rule){ .mode = MODE_RESTRICT,
					  .trust = trusts[i] },
			  cgroup_callers, ask);
}

void plan_control(void)
{
	char ask[ATTEMPTS_MAX];

	suite_ask(ask, 0);
	check_callers(NULL, "control", basic_callers, ask);
	make_slow(NULL, "control, slow ones");
	suite_ask_anyone(ask);
	check_callers(NULL, "control, one namespace each", scope_callers, ask);
	check_callers(NULL, "control, cgroups", cgroup_callers, ask);
}

/* The scope of the lock may only grow, by what the others are set to. */
static void plan_by_hand(struct rule r)
{
	const struct rule by = { .mode = MODE_RESTRICT,
				 .scope = "pid",
				 .trust = "services," LISTED_CGROUP };
	char ask[ATTEMPTS_MAX];

	r.scope = "mnt,pid";

	if (apply(suite->by, &by, suite->ops))
		tap_fail("it cannot be applied");
	suite_ask(ask, 0);
	check_callers(&r, "restrict, and the other by hand with scope=pid",
		      self_callers, ask);
}

/* self: ftrace_enabled is closed to all, the rest to other processes. */
static void plan_self(int few)
{
	static const char *const self_scopes[] = { NULL, "pid", "mnt,pid,net" };
	const struct rule r = { .mode = MODE_RESTRICT,
				.block = 1 << suite_op("ftrace") };

	for (int i = 0; i < (few ? 1 : 3); i++) {
		struct rule scoped = r;

		scoped.scope = self_scopes[i];
		plan_rule(&scoped, basic_callers, NULL);
		if (!few && !i)
			plan_by_hand(r);
	}
}

static void hold(int all)
{
	if (apply_hold(suite->key, all))
		tap_fail("it cannot be applied");
	tap_verdict(suite->key, "hold", "another protection");
}

void plan_locked(void)
{
	const struct rule none = { .mode = MODE_ALLOW };

	if (suite->by) {
		plan_self(1);
		apply(suite->by, &none, suite->ops);
		return;
	}
	hold(0);
	plan_modes();
	if (apply(suite->key, &none, suite->ops))
		tap_fail("exit status not 0");
	tap_verdict(suite->key, "taken off", "at the end");
}

static void plan_all(int full)
{
	plan_control();
	if (suite->by) {
		plan_self(0);
		return;
	}
	hold(1);
	plan_modes();
	if (full)
		plan_all_lists();
	else
		plan_some_lists();
	plan_scopes(full || suite->every_scope);
	plan_trust(full);
	plan_rule(&(struct rule){ .mode = MODE_ALLOW }, basic_callers, NULL);
}

void plan_key(void)
{
	plan_all(0);
}

void plan_full(void)
{
	plan_all(1);
}

void plan_control_modes(void)
{
	plan_control();
	plan_modes();
}

void plan_brief(void)
{
	plan_control();
	plan_rule(&(struct rule){ .mode = MODE_DENY }, basic_callers, NULL);
}

void plan_among(void)
{
	const struct rule r = { .mode = MODE_RESTRICT, .among = 1 };
	char ask[ATTEMPTS_MAX];

	suite_ask(ask, 0);
	for (int i = 0; i < n_attempts; i++)
		ask[i] &= suite->attempts[i].op != NULL;
	check_callers(&r, "restrict, among all", other_callers, ask);
}

int plan_given(char **words)
{
	char name[NAME_MAX_LEN] = "given ", ask[ATTEMPTS_MAX];
	struct rule r = { 0 };

	if (rule_parse(&r, suite->ops, words))
		return -1;
	rule_name(&r, suite->ops, name + 6, sizeof(name) - 6);
	suite_ask(ask, 0);
	check_callers(&r, name, basic_callers, ask);
	return 0;
}
