// SPDX-License-Identifier: GPL-2.0-or-later
#include "policy/merge.h"

/* If either mode is deny, deny whatever either setting denies to any process. */
static void join_deny(const struct protection *p, struct setting *s,
		      const struct masks *sum)
{
	struct masks plain = masks_of(p, BPFLOCK_DENY, false, 0, 0);

	s->mode = BPFLOCK_DENY;
	s->has_allow = false;
	s->allow = 0;
	s->block = (sum->deny_host | sum->deny_other) & ~plain.deny_host;
}

/*
 * What both settings leave open to host processes stays open. The block list
 * adds what the mode and the allow list miss of the sum.
 */
static void join_restrict(const struct protection *p, struct setting *s,
			  const struct setting *was, const struct masks *sum)
{
	uint64_t named = s->allow | was->allow;
	struct masks m;

	s->mode = BPFLOCK_RESTRICT;
	s->has_allow |= was->has_allow;
	s->allow = named & sum->deny_other & ~sum->deny_host;
	m = masks_of(p, s->mode, s->has_allow, s->allow, 0);
	s->block = sum->deny_host & ~m.deny_host;
}

void policy_join(const struct protection *p, struct setting *s,
		 const struct setting *was)
{
	struct setting before = *was;
	struct masks a, b;

	s->set = s->broken = true;
	if (s->mode < BPFLOCK_RESTRICT)
		s->mode = BPFLOCK_RESTRICT;
	if (before.mode == BPFLOCK_AUDIT)
		before.mode = BPFLOCK_RESTRICT;
	a = policy_masks(p, s);
	b = policy_masks(p, &before);
	if (masks_cover(&a, &b))
		return;
	if (masks_cover(&b, &a)) {
		before.broken = true;
		*s = before;
		return;
	}
	a.deny_host |= b.deny_host;
	a.deny_other |= b.deny_other;
	if (s->mode == BPFLOCK_DENY || before.mode == BPFLOCK_DENY)
		join_deny(p, s, &a);
	else
		join_restrict(p, s, &before, &a);
}
