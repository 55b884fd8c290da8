// SPDX-License-Identifier: GPL-2.0-or-later
/* seal and floor: switches that a mistake turns on. */
#include "policy/global.h"
#include "policy/report.h"

static bool take_bool(struct reader *rd, const struct entry *e)
{
	bool on = true;

	if (!e->has_val || !policy_parse_bool(e->val, e->val_len, &on))
		return on || e->broken;
	policy_fail(rd, e->val_at, "\"%s\" is neither on nor off",
		    policy_quote(e->val, e->val_len).text);
	return true;
}

static void take_seal(struct reader *rd, const struct entry *e)
{
	rd->d.seal = take_bool(rd, e);
	rd->d.seal_at = e->at;
}

static void merge_seal(struct reader *rd)
{
	struct policy *pol = rd->pol;
	struct place at = rd->d.seal_at;

	if (!at.line ||
	    policy_floor_denies(rd, at, pol->seal && !rd->d.seal, "seal=off"))
		return;
	pol->seal = rd->d.seal;
	policy_where(rd, at, pol->seal_source);
}

static void take_floor(struct reader *rd, const struct entry *e)
{
	rd->d.floor = take_bool(rd, e);
	rd->d.floor_at = e->at;
}

static void merge_floor(struct reader *rd)
{
	struct policy *pol = rd->pol;
	struct place at = rd->d.floor_at;

	if (!at.line ||
	    policy_floor_denies(rd, at, !rd->d.floor, "floor=off") ||
	    pol->floor)
		return;
	pol->floor = rd->d.floor;
	policy_where(rd, at, pol->floor_source);
}

const struct global policy_key_seal = { "seal", take_seal, merge_seal };
const struct global policy_key_floor = { "floor", take_floor, merge_floor };
