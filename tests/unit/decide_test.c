// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the BPF programs decide: bpf/decide.h, compiled natively, compared with the
 * oracle of the virtual machines' tests, for each operation in all pairs of a rule
 * for now and one for late, and for each caller. It takes the place of the kernel
 * in three functions: is_host(), report(), bpf_map_lookup_elem().
 */
#include <errno.h>
#include <linux/types.h>
#include <string.h>

#include "engine/rule.h"
#include "masks.h"
#include "oracle.h"
#include "tap.h"

/* What bpf/decide.h includes needs a kernel's types. */
#define MAPS_H
#define HOST_H
#define NAME_H
#define __hidden
#define __noinline __attribute__((noinline))
#undef __always_inline
#define __always_inline	 inline __attribute__((always_inline))
#define ONLY_HERE(value) asm volatile("" : "+r"(value))

static int late_state;
static __u64 late_bits;
static bool host_calls;
static int reported = -1;

static void *bpf_map_lookup_elem(void *map, const void *key)
{
	return map == &late_state && !*(const __u32 *)key ? &late_bits : NULL;
}

static bool is_host(const volatile struct bpflock_record *p)
{
	(void)p;
	return host_calls;
}

#include "bpf/decide.h"

void report(const volatile struct bpflock_record *p, const struct request *r,
	    enum bpflock_verdict verdict, bool host)
{
	(void)p;
	(void)r;
	(void)host;
	reported = verdict;
}

static unsigned int decisions, differences;

/* ---- Rules: each mode, with lists that name the operation or another one --- */

#define RULES 24

static unsigned int make_rules(struct rule *rules, int op, int other)
{
	const __u64 mine = BPFLOCK_BIT(op), others = BPFLOCK_BIT(other);
	const struct rule lists[] = {
		{ 0 },
		{ .has_allow = 1 },
		{ .has_allow = 1, .allow = mine },
		{ .has_allow = 1, .allow = others },
		{ .block = mine },
		{ .block = others },
	};
	unsigned int n = 0;

	for (int mode = MODE_ALLOW; mode <= MODE_DENY; mode++)
		for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
			rules[n] = lists[i];
			rules[n++].mode = mode;
		}
	return n;
}

static void fill(volatile struct bpflock_part *part, const struct protection *p,
		 const struct rule *r)
{
	part->masks = masks_of(p, oracle_modes[r->mode], r->has_allow, r->allow,
			       r->block);
}

/* ---- The comparison ------------------------------------------------------- */

/* enum bpflock_verdict, or -1: nothing is reported */
static int expect(const struct rule *now, const struct rule *then,
		  const struct op *ops, int op)
{
	bool by_now = rule_denies(now, ops, op, host_calls);
	bool by_late = late_bits && rule_denies(then, ops, op, host_calls);

	if ((by_now && now->mode != MODE_AUDIT) ||
	    (by_late && then->mode != MODE_AUDIT))
		return BPFLOCK_DENIED;
	return by_now || by_late ? BPFLOCK_WOULD_DENY : -1;
}

static void compare(const struct bpflock_record *record, const struct rule *now,
		    const struct rule *then, const struct op *ops, int op)
{
	const struct request r = { .op = op };

	for (int caller = 0; caller < 4; caller++) {
		int expected, got;

		host_calls = caller & 1;
		late_bits = caller & 2 ? ~0ULL : 0;
		expected = expect(now, then, ops, op);
		reported = -1;
		got = check(record, &r);
		decisions++;
		differences += reported != expected ||
			       got != (expected == BPFLOCK_DENIED ? -EPERM : 0);
	}
}

static void compare_operation(const struct protection *p, const struct op *ops,
			      int op)
{
	struct bpflock_record record = { 0 };
	struct rule rules[RULES];
	unsigned int n = make_rules(rules, op, op ? 0 : p->n_ops - 1);

	for (unsigned int now = 0; now < n; now++)
		for (unsigned int then = 0; then < n; then++) {
			fill(&record.now, p, &rules[now]);
			fill(&record.late, p, &rules[then]);
			compare(&record, &rules[now], &rules[then], ops, op);
		}
}

int main(void)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];
		struct op ops[BPFLOCK_OPS_MAX + 1];
		char what[96];

		snprintf(what, sizeof(what), "%s: each operation and caller",
			 p->key);
		decisions = differences = 0;
		if (oracle_in_order(p, ops))
			for (unsigned int op = 0; op < p->n_ops; op++)
				compare_operation(p, ops, op);
		printf("# %u decisions, %u are different\n", decisions,
		       differences);
		tap(decisions && !differences, what);
	}
	return tap_end();
}
