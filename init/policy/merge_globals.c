// SPDX-License-Identifier: GPL-2.0-or-later
/* Lay the other settings of a source over the policy; the floor's rules. */
#include <string.h>

#include "policy/parse.h"

void policy_refuse(struct reader *rd, struct place at, const char *what)
{
	policy_fail(rd, at, "%s: refused, the floor from %s stands", what,
		    rd->pol->floor_source);
}

static bool trusts(const struct trust *t, const char *path)
{
	for (unsigned int i = 0; i < t->n; i++)
		if (!strcmp(t->path[i], path))
			return true;
	return false;
}

static void merge_trust(struct reader *rd)
{
	struct policy *pol = rd->pol;
	struct trust *new = &rd->d.trust;

	if (!rd->d.trust_at.line)
		return;
	for (unsigned int i = 0; pol->floor && i < new->n; i++) {
		if (trusts(&pol->trust, new->path[i]))
			continue;
		policy_refuse(rd, rd->d.trust_at, "trust for another cgroup");
		return;
	}
	pol->trust = *new;
	policy_where(rd, rd->d.trust_at, pol->trust.source);
}

static void merge_seal(struct reader *rd)
{
	struct policy *pol = rd->pol;

	if (!rd->d.seal_at.line)
		return;
	if (pol->floor && pol->seal && !rd->d.seal) {
		policy_refuse(rd, rd->d.seal_at, "seal=off");
		return;
	}
	pol->seal = rd->d.seal;
	policy_where(rd, rd->d.seal_at, pol->seal_source);
}

/* What happens on an error, from the mildest: a shell is handed over. */
const unsigned char policy_rank[ON_ERRORS] = {
	[ON_ERROR_SHELL] = 0,	 [ON_ERROR_CONTINUE] = 1, [ON_ERROR_REBOOT] = 2,
	[ON_ERROR_POWEROFF] = 2, [ON_ERROR_PANIC] = 2,
};

static void merge_on_error(struct reader *rd)
{
	struct policy *pol = rd->pol;

	if (!rd->d.on_error_at.line)
		return;
	if (pol->floor &&
	    policy_rank[rd->d.on_error] < policy_rank[pol->on_error]) {
		policy_refuse(rd, rd->d.on_error_at, "milder on_error");
		return;
	}
	pol->on_error = rd->d.on_error;
	policy_where(rd, rd->d.on_error_at, pol->on_error_source);
}

static void merge_exec(struct reader *rd)
{
	struct policy *pol = rd->pol;

	if (!rd->d.exec_at.line || !strcmp(pol->exec, rd->d.exec))
		return;
	if (pol->floor && (pol->exec[0] || rd->form == POLICY_CMDLINE)) {
		policy_refuse(rd, rd->d.exec_at, "exec");
		return;
	}
	memcpy(pol->exec, rd->d.exec, sizeof(pol->exec));
	policy_where(rd, rd->d.exec_at, pol->exec_source);
}

/* The last: a floor binds the sources after the one that sets it. */
static void merge_floor(struct reader *rd)
{
	struct policy *pol = rd->pol;

	if (!rd->d.floor_at.line)
		return;
	if (pol->floor) {
		if (!rd->d.floor)
			policy_refuse(rd, rd->d.floor_at, "floor=off");
		return;
	}
	pol->floor = rd->d.floor;
	policy_where(rd, rd->d.floor_at, pol->floor_source);
}

void policy_merge_globals(struct reader *rd)
{
	struct policy *pol = rd->pol;

	policy_merge_scopes(rd);
	merge_trust(rd);
	policy_merge_folders(rd);
	merge_seal(rd);
	merge_on_error(rd);
	merge_exec(rd);
	if (rd->d.events_at.line) {
		pol->events = rd->d.events;
		policy_where(rd, rd->d.events_at, pol->events_source);
	}
	merge_floor(rd);
}
