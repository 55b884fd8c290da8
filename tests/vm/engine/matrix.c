// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * matrix KEY - makes every attempt of one protection, by every caller, under
 *	every mode and with lists, and compares with the rule
 * matrix KEY control - only without the lock
 * matrix KEY modes - the control and the four modes
 * matrix KEY locked - the four modes alone, after which it is taken off
 * matrix KEY brief - the control and "deny"
 * matrix verity TABLE - makes that dm-verity device
 * matrix array DEVICE - makes /dev/md0 of it
 * matrix own-cgroups PROGRAM ... - runs it in a cgroup namespace of its own,
 *	for which busybox has no option
 * matrix KEY given MODE [allow=A,B] [block=C] [scope=D] - somebody else has
 *	applied that
 *
 * Prints TAP: one line per operation and rule.
 *
 * A list is tried by halves: for each bit of an operation's number one list
 * of those that have the bit and one of those that do not. So each operation
 * is named and not named in turn, and no two can be mixed up unseen, with a
 * few loads instead of one for each.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "engine/events.h"
#include "engine/rule.h"
#include "seal/seal.h"

#define ATTEMPTS_MAX	64
#define CALLERS_MAX	16
#define NOT_APPLIED_MAX 4

/* the linker's, around all that SUITE() made */
extern const struct suite *const __start_suites[], *const __stop_suites[];

static const struct suite *suite;
static const char *unshown[ATTEMPTS_MAX]; /* why, for each attempt */
static int n_attempts, n_ops, tests, failures, attempted, not_applied;
static char detail[4096];

static const struct caller singles[] = {
	{ "only mnt", NS_MNT },
	{ "only pid", NS_PID },
	{ "only net", NS_NET },
	{ "only user", NS_USER },
	{ "only ipc", NS_IPC },
	{ "only uts", NS_UTS },
	{ "only cgroup", NS_CGROUP },
	{ "only time", NS_TIME },
	{ "pid and time of children", NS_PID | NS_TIME, .no_fork = 1 },
};

#define UDEVD "system.slice/systemd-udevd.service"
#define IN(path)                                   \
	{                                          \
		"in " path, NS_MNT, .cgroup = path \
	}
static const struct caller cgroups[] = {
	IN(UDEVD),
	IN(UDEVD "/child"),
	IN(UDEVD "/a/b/c/d/e/f/g/h"),
	IN("system.slice"),
	IN("systemd-udevd.service"),
	IN("system.slice/other.service"),
	IN("system.slice/systemd-udevd.servic"),
	IN("system.slice/systemd-udevd.service2"),
	IN("system.slice/x"
	   "/systemd-udevd.service"),
	IN("user.slice/" UDEVD),
	IN("a/b/c/d/" UDEVD),
};

static const struct caller *const self_callers[] = { &host, &mntns, &container,
						     &singles[1], NULL };
static const struct caller *const two_callers[] = { &host, &mntns, NULL };

static void fail(const char *fmt, const char *a, const char *b, const char *c)
{
	size_t len = strlen(detail);

	snprintf(detail + len, sizeof(detail) - len, fmt, a, b, c);
}

/* Ends a test: what fail() was told decides. */
static void verdict(const char *what, const char *rule)
{
	printf("%sok %d %s %s: %s\n%s", *detail ? "not " : "", ++tests,
	       suite->key, what, rule, detail);
	failures += !!*detail;
	*detail = '\0';
}

static int op_number(const char *name)
{
	for (int i = 0; name && i < n_ops; i++)
		if (!strcmp(suite->ops[i].name, name))
			return i;
	return -1;
}

static int is_host(const struct rule *r, const struct caller *c, const char *op)
{
	int number = op_number(op);

	return rule_is_host(r, c, number < 0 ? NULL : &suite->ops[number]);
}

static int unable(const struct attempt *a, const struct caller *c)
{
	return a->unable & (c->ns | (c->chrooted ? NS_CHROOT : 0));
}

/* Does the caller's own mount namespace make it nobody's business? */
static int let_go(const struct attempt *a, const struct caller *c)
{
	return a->at_home && (c->ns & NS_MNT);
}

static int attempt_denied(const struct rule *r, const struct attempt *a,
			  int as_host)
{
	int op = op_number(a->op), also = op_number(a->also);

	as_host &= !a->as_other;

	return (op >= 0 && rule_denies(r, suite->ops, op, as_host)) ||
	       (also >= 0 && rule_denies(r, suite->ops, also, as_host));
}

static int refused_as_expected(const struct attempt *a, int result)
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
		     attempt_denied(r, a, is_host(r, c, a->op));

	if (unable(a, c))
		return;
	attempted++;
	if (result == RESULT_SETUP)
		fail("#   %s as %s: the caller could not be made\n", a->name,
		     c->name, "");
	else if (result == RESULT_DIED)
		fail("#   %s as %s: died\n", a->name, c->name, "");
	else if (denied && !result)
		fail("#   %s as %s: worked, must be refused\n", a->name,
		     c->name, "");
	else if (denied && !refused_as_expected(a, result))
		fail("#   %s as %s: refused with another error: %s\n", a->name,
		     c->name, strerror(-result));
	else if (!denied && result)
		fail("#   %s as %s: must work: %s\n", a->name, c->name,
		     strerror(-result));
}

static int same_op(const struct attempt *a, const char *op)
{
	return a->op == op || (a->op && op && !strcmp(a->op, op));
}

/* One test: an operation, or the innocent neighbours (op NULL). */
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
		verdict(op ? op : "innocent", name);
}

static void try_callers(const struct rule *r, const char *name,
			const struct caller *const *callers, const char *ask)
{
	static int results[CALLERS_MAX][ATTEMPTS_MAX];

	for (int c = 0; callers[c]; c++)
		call_as(callers[c], suite->attempts, ask, n_attempts,
			results[c]);
	for (int i = 0; i < n_ops; i++)
		check_op(r, suite->ops[i].name, name, callers, ask, results);
	check_op(r, NULL, name, callers, ask, results);
}

static void ask_all(char *ask, int slow)
{
	for (int i = 0; i < n_attempts; i++)
		ask[i] = !unshown[i] && suite->attempts[i].slow == slow;
}

/* The attempts that take long, under a rule that is in force. */
static void try_slow(const struct rule *r, const char *name)
{
	char ask[ATTEMPTS_MAX];

	ask_all(ask, 1);
	try_callers(r, name, two_callers, ask);
}

static const char *verdict_of(const struct rule *r)
{
	return r->mode == MODE_AUDIT ? "would-deny" : "denied";
}

static int op_denied(const struct rule *r, const char *op, int as_host)
{
	int number = op_number(op);

	return number >= 0 && rule_denies(r, suite->ops, number, as_host);
}

/* Does any attempt on that operation end in an event of its own? */
static int op_expected(const struct rule *r, const char *op,
		       const struct caller *const *callers)
{
	for (int i = 0; i < n_attempts; i++) {
		const struct attempt *a = &suite->attempts[i];

		if (unshown[i] || !a->op || strcmp(a->op, op))
			continue;
		for (int c = 0; callers[c]; c++) {
			int host_op = is_host(r, callers[c], op);

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
		denied |= op_denied(r, a->also, is_host(r, callers[c], a->op));
	return denied;
}

/* An event for what is refused (or would be) to one of the callers. */
static void check_events(const struct rule *r, const char *name,
			 const struct caller *const *callers)
{
	for (int i = 0; i < n_attempts; i++) {
		const struct attempt *a = &suite->attempts[i];
		int expected;

		if (unshown[i] || !a->op || ambiguous(r, a, callers))
			continue;
		expected = op_expected(r, a->op, callers);
		if (events_has(suite->key, a->op, verdict_of(r)) != expected)
			fail("#   %s: %s\n", a->op,
			     expected ? "no event" : "unexpected event", "");
	}
	verdict("events", name);
}

/* One without a mode of its own is as strict as its rule by itself. */
static int apply_rule(const struct rule *r)
{
	struct rule by = { .mode = MODE_RESTRICT,
			   .scope = r->scope,
			   .trust = r->trust };

	return suite->by ? rule_boot(suite->by, &by) :
			   rule_apply(suite->key, r, suite->ops);
}

static void try_rule(const struct rule *r, const struct caller *const *callers,
		     const char *ask)
{
	char name[768], all[ATTEMPTS_MAX];
	int events = !ask &&
		     (callers == basic_callers || r->mode == MODE_AUDIT);
	const struct rule none = { .mode = MODE_ALLOW };
	int ret;

	if (not_applied >= NOT_APPLIED_MAX)
		return;
	rule_name(r, suite->ops, name, sizeof(name));
	if (events)
		events_forget();
	ret = apply_rule(r);
	if (ret) {
		snprintf(detail, sizeof(detail), "#   exit status %d\n", ret);
		verdict("apply", name);
		if (++not_applied == NOT_APPLIED_MAX)
			printf("Bail out! the policies cannot be applied\n");
		return;
	}
	if (!ask) {
		ask_all(all, 0);
		ask = all;
	}
	try_callers(r, name, callers, ask);
	if (suite->take_off && rule_apply(suite->key, &none, suite->ops)) {
		fail("#   cannot be taken off\n", "", "", "");
		verdict("apply", name);
	}
	if (events)
		check_events(r, name, callers);
}

static void try_modes(void)
{
	for (int m = MODE_ALLOW; m <= MODE_DENY; m++) {
		struct rule r = { .mode = m };

		try_rule(&r, basic_callers, NULL);
		if (m >= MODE_RESTRICT)
			try_slow(&r, m == MODE_DENY ? "deny, slow ones" :
						      "restrict, slow ones");
	}
}

static void try_halves(enum mode mode, int as_block)
{
	uint64_t every = (1ULL << n_ops) - 1;

	for (int b = 0; (1 << b) < n_ops; b++) {
		uint64_t half = 0;

		for (int i = 0; i < n_ops; i++)
			if (i & (1 << b))
				half |= 1ULL << i;
		for (int k = 0; k < 2; k++, half = every & ~half) {
			struct rule r = { .mode = mode };

			r.has_allow = !as_block;
			*(as_block ? &r.block : &r.allow) = half;
			try_rule(&r, two_callers, NULL);
		}
	}
}

static void try_odd_lists(void)
{
	uint64_t even = 0x5555555555555555ULL & ((1ULL << n_ops) - 1);
	const struct rule rules[] = {
		{ .mode = MODE_RESTRICT, .has_allow = 1 },
		{ .mode = MODE_AUDIT, .has_allow = 1, .allow = even },
		{ .mode = MODE_AUDIT, .block = even },
		{ .mode = MODE_RESTRICT,
		  .has_allow = 1,
		  .allow = even & 0xfff,
		  .block = even & ~0xfffULL },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		try_rule(&rules[i], two_callers, NULL);
}

/* What needs no privilege is open to user namespaces too. */
static void ask_scope(char *ask)
{
	memset(ask, 0, ATTEMPTS_MAX);
	for (int i = 0; i < n_attempts; i++)
		ask[i] = !unshown[i] && suite->attempts[i].anyone;
}

static void all_of(const struct caller *from, int n,
		   const struct caller **callers)
{
	for (int i = 0; i < n; i++)
		callers[i] = &from[i];
	callers[n] = &host;
	callers[n + 1] = &container;
	callers[n + 2] = NULL;
}

static const char *const scopes[] = { "mnt",	   "pid",  "net",
				      "user",	   "ipc",  "uts",
				      "cgroup",	   "time", "mnt,pid,net",
				      "pid,cgroup" };
static const struct caller *scope_callers[CALLERS_MAX];
static const struct caller *cgroup_callers[CALLERS_MAX];

static void try_scopes(void)
{
	char ask[ATTEMPTS_MAX];

	ask_scope(ask);
	for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++)
		try_rule(&(struct rule){ .mode = MODE_RESTRICT,
					 .scope = scopes[i] },
			 scope_callers, ask);
}

static void try_trust(void)
{
	static const char *const trusts[] = {
		NULL, "", "system.slice/other.service," UDEVD, "system.slice"
	};
	char ask[ATTEMPTS_MAX];

	ask_scope(ask);
	for (size_t i = 0; i < sizeof(trusts) / sizeof(trusts[0]); i++)
		try_rule(&(struct rule){ .mode = MODE_RESTRICT,
					 .trust = trusts[i] },
			 cgroup_callers, ask);
}

static void try_control(const char *name)
{
	char ask[ATTEMPTS_MAX];

	ask_all(ask, 0);
	try_callers(NULL, name, basic_callers, ask);
	try_slow(NULL, "control, slow ones");
	ask_scope(ask);
	try_callers(NULL, "control, one namespace each", scope_callers, ask);
	try_callers(NULL, "control, cgroups", cgroup_callers, ask);
}

/* Skips are compared with tests/vm/known-skips outside. */
static void prepare(void)
{
	uint64_t tried = 0;

	for (n_ops = 0; suite->ops[n_ops].name; n_ops++)
		;
	for (; suite->attempts[n_attempts].attempt; n_attempts++) {
		const struct attempt *a = &suite->attempts[n_attempts];
		const char *why = a->prepare ? a->prepare() : NULL;

		unshown[n_attempts] = why ? strdup(why) : NULL;
		if (why)
			printf("ok %d %s %s/%s # SKIP %s\n", ++tests,
			       suite->key, a->op ? a->op : "innocent", a->name,
			       why);
		if (a->op)
			tried |= 1ULL << op_number(a->op);
	}
	for (int i = 0; i < n_ops; i++)
		if (!(tried & (1ULL << i)))
			printf("ok %d %s %s # SKIP cannot be shown\n", ++tests,
			       suite->key, suite->ops[i].name);
	all_of(singles, sizeof(singles) / sizeof(singles[0]), scope_callers);
	all_of(cgroups, sizeof(cgroups) / sizeof(cgroups[0]), cgroup_callers);
}

/* The scope of the lock may only grow, by what the others are set to. */
static void try_by_hand(struct rule r)
{
	const struct rule by = { .mode = MODE_RESTRICT, .scope = "pid" };
	char ask[ATTEMPTS_MAX];

	r.scope = "mnt,pid";

	if (rule_apply(suite->by, &by, suite->ops))
		fail("#   it cannot be applied\n", "", "", "");
	ask_all(ask, 0);
	try_callers(&r, "restrict, and the other by hand with scope=pid",
		    self_callers, ask);
}

/* self: the ways of ftrace_enabled are closed to all, the rest to others. */
static void try_self(int few)
{
	static const char *const self_scopes[] = { NULL, "pid", "mnt,pid,net" };
	const struct rule r = { .mode = MODE_RESTRICT,
				.block = 1 << op_number("ftrace") };

	for (int i = 0; i < (few ? 1 : 3); i++) {
		struct rule scoped = r;

		scoped.scope = self_scopes[i];
		try_rule(&scoped, basic_callers, NULL);
		if (!few && !i)
			try_by_hand(r);
	}
}

static void hold(int all)
{
	if (rule_hold(suite->key, all))
		fail("#   it cannot be applied\n", "", "", "");
	verdict("hold", "another protection");
}

static void try_locked(void)
{
	const struct rule none = { .mode = MODE_ALLOW };

	if (suite->by) {
		try_self(1);
		rule_apply(suite->by, &none, suite->ops);
		return;
	}
	hold(0);
	try_modes();
	if (rule_apply(suite->key, &none, suite->ops))
		fail("#   exit status not 0\n", "", "", "");
	verdict("taken off", "at the end");
}

static void try_all(void)
{
	try_control("control");
	if (suite->by) {
		try_self(0);
		return;
	}
	hold(1);
	try_modes();
	try_halves(MODE_RESTRICT, 0);
	try_halves(MODE_ALLOW, 1);
	try_halves(MODE_RESTRICT, 1);
	try_odd_lists();
	try_scopes();
	try_trust();
	try_rule(&(struct rule){ .mode = MODE_ALLOW }, basic_callers, NULL);
}

static void try_modes_alone(void)
{
	try_control("control");
	try_locked();
}

static void try_brief(void)
{
	try_control("control");
	try_rule(&(struct rule){ .mode = MODE_DENY }, basic_callers, NULL);
}

static int try_given(char **argv)
{
	char name[768] = "given ", ask[ATTEMPTS_MAX];
	struct rule r = { 0 };

	if (rule_parse(&r, suite->ops, argv))
		return 64;
	rule_name(&r, suite->ops, name + 6, sizeof(name) - 6);
	ask_all(ask, 0);
	try_callers(&r, name, basic_callers, ask);
	return 0;
}

const struct suite *suite_find(const char *key)
{
	for (const struct suite *const *s = __start_suites; s < __stop_suites;
	     s++)
		if (!strcmp((*s)->key, key))
			return *s;
	return NULL;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: matrix KEY [control | modes | locked | brief | given MODE ...]\n");
	return 64;
}

static int own_cgroups(char **argv)
{
	if (unshare(CLONE_NEWCGROUP)) {
		perror("unshare");
		return 1;
	}
	execvp(argv[0], argv);
	perror(argv[0]);
	return 127;
}

int main(int argc, char **argv)
{
	struct timespec t;

	/* up to 5.10 BPF is charged to it: what the lock takes as well */
	setrlimit(RLIMIT_MEMLOCK,
		  &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });
	if (argc == 3 && !strcmp(argv[1], "array"))
		return array_make(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "verity"))
		return verity_make(argv[2]);
	if (argc >= 3 && !strcmp(argv[1], "own-cgroups"))
		return own_cgroups(argv + 2);
	if (argc >= 3 && !strcmp(argv[1], "seal"))
		return seal_main(argv[2], argc == 4);
	suite = argc > 1 ? suite_find(argv[1]) : NULL;
	if (!suite)
		return usage();
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (callers_init()) {
		printf("Bail out! cannot prepare the callers\n");
		return 71;
	}
	prepare();
	if (argc == 2)
		try_all();
	else if (!strcmp(argv[2], "control"))
		try_control("control");
	else if (!strcmp(argv[2], "modes"))
		try_modes_alone();
	else if (!strcmp(argv[2], "locked"))
		try_locked();
	else if (!strcmp(argv[2], "brief"))
		try_brief();
	else if (strcmp(argv[2], "given") || try_given(argv + 3))
		return usage();
	clock_gettime(CLOCK_BOOTTIME, &t);
	printf("# %s: %d attempts, %ld s after boot\n1..%d\n", suite->key,
	       attempted, (long)t.tv_sec, tests);
	return !!failures;
}
