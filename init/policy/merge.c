// SPDX-License-Identifier: GPL-2.0-or-later
/* Lay what one source says about the protections over the policy so far. */
#include "policy/global.h"
#include "policy/merge.h"
#include "policy/report.h"

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

/* Returns false if the mode makes the allow list useless. */
static bool list_fits_mode(struct reader *rd, const char *key,
			   struct setting *s, const struct draft_setting *d)
{
	if (s->has_allow && s->mode == BPFLOCK_ALLOW) {
		policy_fail(
			rd, d->allow_at,
			"%s.allow has no effect with mode allow: restrict is enforced",
			key);
		return false;
	}
	if (s->has_allow && s->mode == BPFLOCK_DENY) {
		policy_fail(rd, d->allow_at,
			    "%s.allow contradicts mode deny: deny is enforced",
			    key);
		drop_allow(s);
		return false;
	}
	return true;
}

/* An operation that is in both lists is blocked. */
static void check_lists(struct reader *rd, const struct protection *p,
			const char *key, struct setting *s,
			const struct draft_setting *d)
{
	uint64_t both = s->allow & s->block;

	for (unsigned int op = 0; op < p->n_ops; op++)
		if (both & BPFLOCK_BIT(op))
			policy_fail(
				rd, d->at,
				"%s is in %s.allow and in %s.block: it is blocked",
				p->ops[op].name, key, key);
	s->allow &= ~both;
}

/* Behind a floor, @s already has what stands before it in the same source. */
static void merge_setting(struct reader *rd, const struct protection *p,
			  const char *late, struct setting *s,
			  const struct setting *earlier,
			  const struct draft_setting *d)
{
	struct setting was = *s, new = *s;
	struct masks m, least;
	char key[POLICY_KEY_MAX];
	bool fits;

	if (!d->at.line)
		return;
	snprintf(key, sizeof(key), "%s%s", late, p->key);
	lay_over(rd, &new, d);
	fits = list_fits_mode(rd, key, &new, d);
	check_lists(rd, p, key, &new, d);
	if (!fits || d->broken) {
		policy_join(p, &new, &was);
		policy_join(p, &new, earlier);
	}
	m = policy_masks(p, &new);
	least = policy_masks(p, &was);
	if (policy_floor_denies(rd, d->at, !masks_cover(&m, &least),
				"%s weaker than %s%s from %s", key,
				mode_names[was.mode],
				was.has_allow || was.block ? " with its lists" :
							     "",
				was.source))
		s->broken |= d->broken;
	else
		*s = new;
}

void policy_merge(struct reader *rd)
{
	struct policy *pol = rd->pol;

	policy_merge_off(rd);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];

		merge_setting(rd, p, "", &pol->now[i], &rd->now[i],
			      &rd->d.now[i]);
		merge_setting(rd, p, "late.", &pol->late[i], &rd->late[i],
			      &rd->d.late[i]);
	}
	policy_merge_globals(rd);
}
