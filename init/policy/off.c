// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock=off: all protections off, now and late. */
#include <string.h>

#include "policy/global.h"
#include "policy/report.h"

/* Whatever the source said before the switch is as if it had not said it. */
static void take(struct reader *rd, const struct entry *e)
{
	struct draft_setting off = { .at = e->at, .off = true };
	bool on = true;

	if (e->has_val && policy_parse_bool(e->val, e->val_len, &on)) {
		policy_fail(rd, e->val_at, "\"%s\" is neither on nor off",
			    policy_quote(e->val, e->val_len).text);
		return;
	}
	if (on || e->broken)
		return;
	rd->d.off_at = e->at;
	memset(rd->d.scope_of, 0, sizeof(rd->d.scope_of));
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (!protections[i].internal)
			rd->d.now[i] = rd->d.late[i] = off;
}

static bool anything_on(const struct policy *pol)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (policy_asks(pol, &protections[i]))
			return true;
	return false;
}

/* What the source said after the switch remains. */
static void drop_off(struct draft_setting *d)
{
	d->off = false;
	if (!d->broken && !d->has_mode && !d->has_allow && !d->has_block)
		d->at.line = 0;
}

void policy_merge_off(struct reader *rd)
{
	if (!rd->d.off_at.line)
		return;
	if (!policy_floor_denies(rd, rd->d.off_at, anything_on(rd->pol),
				 POLICY_PREFIX "=off"))
		return;
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		drop_off(&rd->d.now[i]);
		drop_off(&rd->d.late[i]);
	}
}

const struct global policy_key_bpflock = { POLICY_PREFIX, take, NULL };
