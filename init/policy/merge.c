// SPDX-License-Identifier: GPL-2.0-or-later
/* Lay what one source says about the protections over the policy so far. */
#include <string.h>

#include "policy/parse.h"

static void drop_allow(struct setting *s)
{
	s->has_allow = false;
	s->allow = 0;
	s->allow_source[0] = '\0';
}

static void lay_over(struct reader *rd, struct setting *s,
		     const struct draft_setting *d)
{
	if (d->off)
		*s = (struct setting){ .mode = BPFLOCK_ALLOW };
	s->set = true;
	s->broken = false;
	policy_where(rd, d->at, s->source);
	if (d->has_mode) {
		if (d->mode == BPFLOCK_ALLOW || d->mode == BPFLOCK_DENY)
			drop_allow(s);
		s->mode = d->mode;
	}
	if (d->has_allow) {
		s->has_allow = true;
		s->allow = d->allow;
		policy_where(rd, d->allow_at, s->allow_source);
		if (!d->has_mode && s->mode == BPFLOCK_ALLOW)
			s->mode = BPFLOCK_RESTRICT;
	}
	if (d->has_block) {
		s->block = d->block;
		policy_where(rd, d->block_at, s->block_source);
	}
}

/* true: mode and lists do not contradict each other */
static bool consistent(struct reader *rd, const struct protection *p,
		       const char *late, struct setting *s,
		       const struct draft_setting *d)
{
	uint64_t both = s->allow & s->block;
	bool ok = true;

	if (s->has_allow && s->mode == BPFLOCK_ALLOW) {
		policy_fail(
			rd, d->allow_at,
			"%s%s.allow has no effect with mode allow: restrict is enforced",
			late, p->key);
		ok = false;
	}
	if (s->has_allow && s->mode == BPFLOCK_DENY) {
		policy_fail(rd, d->allow_at,
			    "%s%s.allow contradicts mode deny: deny is enforced",
			    late, p->key);
		drop_allow(s);
		ok = false;
		both = 0;
	}
	for (unsigned int op = 0; op < p->n_ops; op++) {
		if (!(both & BPFLOCK_BIT(op)))
			continue;
		policy_fail(
			rd, d->at,
			"%s is in %s%s.allow and in %s%s.block: it is blocked",
			p->ops[op].name, late, p->key, late, p->key);
		s->allow &= ~BPFLOCK_BIT(op);
	}
	return ok;
}

static void merge_setting(struct reader *rd, const struct protection *p,
			  const char *late, struct setting *s,
			  const struct draft_setting *d)
{
	struct setting was = *s, new = *s;
	struct masks m, least;

	if (!d->at.line)
		return;
	lay_over(rd, &new, d);
	if (!consistent(rd, p, late, &new, d) || d->broken)
		policy_hold(p, &new, &was);
	m = policy_masks(p, &new);
	least = policy_masks(p, &was);
	if (!rd->pol->floor || masks_cover(&m, &least)) {
		*s = new;
		return;
	}
	s->broken |= d->broken;
	policy_fail(rd, d->at,
		    "%s%s: weaker than the floor, refused: %s%s from %s stands",
		    late, p->key, mode_names[was.mode],
		    was.has_allow || was.block ? " with its lists" : "",
		    was.source);
}

static bool anything_on(const struct policy *pol)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (policy_asks(pol, &protections[i]))
			return true;
	return false;
}

/* Under a floor bpflock=off is refused once, not once per protection. */
static void refuse_off(struct reader *rd)
{
	if (!rd->d.off_at.line || !rd->pol->floor || !anything_on(rd->pol))
		return;
	policy_fail(rd, rd->d.off_at,
		    POLICY_PREFIX "=off: refused, the floor from %s stands",
		    rd->pol->floor_source);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		struct draft_setting *of[] = { &rd->d.now[i], &rd->d.late[i] };

		for (int j = 0; j < 2; j++) {
			struct draft_setting *d = of[j];

			d->off = false;
			if (!d->broken && !d->has_mode && !d->has_allow &&
			    !d->has_block)
				d->at.line = 0;
		}
	}
}

/** policy_merge - the source is read: what holds from now on? */
void policy_merge(struct reader *rd)
{
	struct policy *pol = rd->pol;

	refuse_off(rd);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];

		merge_setting(rd, p, "", &pol->now[i], &rd->d.now[i]);
		merge_setting(rd, p, "late.", &pol->late[i], &rd->d.late[i]);
	}
	policy_merge_globals(rd);
}
