// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * masks_of() and the policy's words for scope and trust, compared with the
 * oracle of the virtual machines' tests (tests/vm/engine/rule.c), which wrote
 * the rule down a second time and has its own tables of operations.
 *
 * Of a protection with up to SMALL_OPS operations every pair of lists without
 * a common operation is compared, of the others every pair of lists that name
 * up to two operations, or all but up to two.
 */
#include <string.h>

#include "engine/rule.h"
#include "masks.h"
#include "oracle.h"
#include "policy/policy.h"
#include "tap.h"

#define SMALL_OPS 10
#define LISTS_MAX 4096
#define TOLD_MAX  5 /* differences that are shown of a protection */

static unsigned int differences;

static struct masks oracle_masks(const struct rule *r, const struct op *ops,
				 unsigned int n_ops)
{
	struct masks m = { 0 };

	for (unsigned int i = 0; i < n_ops; i++) {
		m.deny_host |= (uint64_t)rule_denies(r, ops, i, 1) << i;
		m.deny_other |= (uint64_t)rule_denies(r, ops, i, 0) << i;
	}
	if (r->mode == MODE_AUDIT) {
		m.audit_host = m.deny_host;
		m.audit_other = m.deny_other;
		m.deny_host = m.deny_other = 0;
	}
	return m;
}

static void differ(const struct protection *p, const struct op *ops,
		   const struct rule *r, const struct masks *got,
		   const struct masks *expected)
{
	char name[1024];

	if (differences++ >= TOLD_MAX)
		return;
	rule_name(r, ops, name, sizeof(name));
	printf("# %s = %s: deny %#jx %#jx audit %#jx %#jx\n", p->key, name,
	       (uintmax_t)got->deny_host, (uintmax_t)got->deny_other,
	       (uintmax_t)got->audit_host, (uintmax_t)got->audit_other);
	printf("#   expected deny %#jx %#jx audit %#jx %#jx\n",
	       (uintmax_t)expected->deny_host, (uintmax_t)expected->deny_other,
	       (uintmax_t)expected->audit_host,
	       (uintmax_t)expected->audit_other);
}

static void compare(const struct protection *p, const struct op *ops,
		    const struct rule *r)
{
	struct masks expected = oracle_masks(r, ops, p->n_ops);
	struct masks got = masks_of(p, oracle_modes[r->mode], r->has_allow,
				    r->allow, r->block);

	if (memcmp(&got, &expected, sizeof(got)))
		differ(p, ops, r, &got, &expected);
}

/* In all modes; an empty allow list is not the same as none. */
static unsigned int compare_lists(const struct protection *p,
				  const struct op *ops, uint64_t allow,
				  uint64_t block)
{
	struct rule r = { .allow = allow, .block = block };
	unsigned int rules = 0;

	for (int m = MODE_ALLOW; m <= MODE_DENY; m++) {
		r.mode = m;
		for (r.has_allow = !!allow; r.has_allow <= 1; r.has_allow++) {
			compare(p, ops, &r);
			rules++;
		}
	}
	return rules;
}

static unsigned int compare_all(const struct protection *p,
				const struct op *ops, uint64_t all)
{
	unsigned int rules = 0;

	for (uint64_t block = 0; block <= all; block++)
		for (uint64_t allow = all & ~block;;
		     allow = (allow - 1) & all & ~block) {
			rules += compare_lists(p, ops, allow, block);
			if (!allow)
				break;
		}
	return rules;
}

/* Up to two operations, and all but those: how many lists. */
static unsigned int short_lists(uint64_t *lists, unsigned int n_ops,
				uint64_t all)
{
	unsigned int n = 0;

	lists[n++] = 0;
	for (unsigned int i = 0; i < n_ops; i++)
		for (unsigned int k = 0; k <= i && n < LISTS_MAX / 2; k++)
			lists[n++] = BPFLOCK_BIT(i) | BPFLOCK_BIT(k);
	for (unsigned int i = 0; i < n; i++)
		lists[n + i] = all & ~lists[i];
	return 2 * n;
}

static unsigned int compare_short(const struct protection *p,
				  const struct op *ops, uint64_t all)
{
	static uint64_t lists[LISTS_MAX];
	unsigned int rules = 0, n = short_lists(lists, p->n_ops, all);

	for (unsigned int a = 0; a < n; a++)
		for (unsigned int b = 0; b < n; b++)
			if (!(lists[a] & lists[b]))
				rules += compare_lists(p, ops, lists[a],
						       lists[b]);
	return rules;
}

static void protection(const struct protection *p)
{
	uint64_t all = (p->n_ops < 64 ? BPFLOCK_BIT(p->n_ops) : 0) - 1;
	struct op ops[BPFLOCK_OPS_MAX + 1];
	unsigned int rules;
	char what[96];

	snprintf(what, sizeof(what), "%s: the operations of the oracle",
		 p->key);
	if (!tap(oracle_in_order(p, ops), what))
		return;
	differences = 0;
	rules = p->n_ops <= SMALL_OPS ? compare_all(p, ops, all) :
					compare_short(p, ops, all);
	printf("# %u rules, %u are different\n", rules, differences);
	snprintf(what, sizeof(what), "%s: modes and lists", p->key);
	tap(!differences, what);
}

/* A policy text with one line, or the defaults. */
static bool read_line(struct policy *pol, const char *key, const char *value)
{
	char text[512];

	policy_init(pol);
	if (!value)
		return true;
	snprintf(text, sizeof(text), "%s = %s\n", key, value);
	return !policy_add(pol, POLICY_TEXT, "F", text, strlen(text));
}

static const struct {
	const char *name;
	unsigned int caller; /* who left that namespace */
	enum bpflock_ns ns;
} namespaces[] = {
	{ "mnt", NS_MNT, BPFLOCK_NS_MNT },
	{ "pid", NS_PID, BPFLOCK_NS_PID },
	{ "net", NS_NET, BPFLOCK_NS_NET },
	{ "user", NS_USER, BPFLOCK_NS_USER },
	{ "ipc", NS_IPC, BPFLOCK_NS_IPC },
	{ "uts", NS_UTS, BPFLOCK_NS_UTS },
	{ "cgroup", NS_CGROUP, BPFLOCK_NS_CGROUP },
	{ "time", NS_TIME, BPFLOCK_NS_TIME },
};

#define NAMESPACES (sizeof(namespaces) / sizeof(namespaces[0]))

static bool same_scope(const struct policy *pol, const struct protection *p,
		       const char *scope)
{
	const struct rule r = { .scope = scope };
	unsigned int bits = policy_scope(pol, p);

	for (size_t i = 0; i < NAMESPACES; i++) {
		const struct caller c = { .ns = namespaces[i].caller };

		if (rule_is_host(&r, &c, NULL) ==
		    !!(bits & BPFLOCK_BIT(namespaces[i].ns))) {
			printf("# scope %s: %s\n", scope ? scope : "(default)",
			       namespaces[i].name);
			return false;
		}
	}
	return true;
}

/* Every scope there is, of all protections and of one. */
static void scopes(void)
{
	const struct protection *p = protections, *other = protections + 1;
	bool ok = NAMESPACES == BPFLOCK_NSS;
	static struct policy pol;

	for (unsigned int bits = 0; bits < 1u << NAMESPACES; bits++) {
		char list[64] = "", key[64];
		const char *scope = bits ? list : NULL;

		for (size_t i = 0; i < NAMESPACES; i++)
			if (bits & (1u << i))
				snprintf(list + strlen(list),
					 sizeof(list) - strlen(list), "%s%s",
					 *list ? "," : "", namespaces[i].name);
		ok &= read_line(&pol, "scope", scope);
		ok &= same_scope(&pol, p, scope);
		ok &= same_scope(&pol, other, scope);
		snprintf(key, sizeof(key), "%s.scope", p->key);
		ok &= read_line(&pol, key, scope);
		ok &= same_scope(&pol, p, scope);
		ok &= same_scope(&pol, other, NULL);
	}
	tap(ok, "scopes");
}

/* As bpf/trust.h looks: the cgroup itself, and each that it is below. */
static bool trusts(const struct trust *t, const char *cgroup)
{
	for (unsigned int i = 0; i < t->n; i++) {
		size_t len = strlen(t->path[i]);

		if (!strncmp(t->path[i], cgroup, len) &&
		    (!cgroup[len] || cgroup[len] == '/'))
			return true;
	}
	return t->services &&
	       (!strcmp(cgroup, OTHER) || !strcmp(cgroup, UDEVD) ||
		!strcmp(cgroup, UDEVD "/udev") ||
		!strcmp(cgroup, UDEVD "/workers"));
}

static void trust(void)
{
	static const char *const lists[] = {
		NULL,		"",
		"system.slice", "system.slice/other.service," UDEVD,
		"a,b/c,a/b/c",	UDEVD ",system.slice"
	};
	static const char *const cgroups[] = { UDEVD,
					       UDEVD "/udev",
					       UDEVD "/workers",
					       UDEVD "/child",
					       UDEVD "/a/b/c/d/e/f/g/h",
					       UDEVD "2",
					       "system.slice",
					       "system.slice2",
					       "system.slic",
					       "system.slice/other.service",
					       "system.slice/x",
					       "user.slice/" UDEVD,
					       "systemd-udevd.service",
					       "a",
					       "a/b",
					       "b",
					       "b/c",
					       "b/c/d",
					       "x/b/c",
					       "c" };
	static struct policy pol;
	bool ok = true;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const struct rule r = { .trust = lists[i] };

		ok &= read_line(&pol, "trust", lists[i]);
		for (size_t k = 0; k < sizeof(cgroups) / sizeof(*cgroups);
		     k++) {
			const struct caller c = { .ns = NS_MNT,
						  .cgroup = cgroups[k] };

			if (rule_is_host(&r, &c, NULL) ==
			    trusts(&pol.trust, cgroups[k]))
				continue;
			printf("# trust %s: %s\n",
			       lists[i] ? lists[i] : "(default)", cgroups[k]);
			ok = false;
		}
	}
	tap(ok, "trusted cgroups");
}

int main(void)
{
	for (size_t i = 0; i < sizeof(oracle) / sizeof(oracle[0]); i++)
		if (!protection_find(oracle[i].key, strlen(oracle[i].key)))
			tap(false, oracle[i].key);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		protection(&protections[i]);
	scopes();
	trust();
	return tap_end();
}
