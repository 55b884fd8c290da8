// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A policy begins with the defaults; then one source after the other is laid
 * over it. A whole source is read before any part of it counts, so that the
 * order of different keys within it does not matter; behind a floor, each entry
 * counts by itself.
 */
#include <errno.h>
#include <string.h>

#include "policy/global.h"
#include "policy/keys.h"
#include "policy/lex.h"
#include "policy/merge.h"
#include "policy/report.h"

void policy_init(struct policy *pol)
{
	memset(pol, 0, sizeof(*pol));
	pol->scope.ns = BPFLOCK_BIT(BPFLOCK_NS_MNT);
	policy_trust_default(&pol->trust);
	policy_dirs_default(&pol->protect);
	pol->on_error = ON_ERROR_CONTINUE;
	pol->events = EVENTS_DEFAULT;
}

/* Cuts a text that is too long; what follows is not read. */
static void start(struct reader *rd)
{
	static const char bom[] = "\xef\xbb\xbf";
	size_t max = rd->form == POLICY_CMDLINE ? POLICY_CMDLINE_MAX :
						  POLICY_FILE_MAX;

	if (rd->len > max) {
		policy_fail(
			rd, (struct place){ 1, 1 },
			"text is longer than %zu bytes: the rest is not read",
			max);
		rd->len = max;
		rd->cut = true;
	} else if (rd->form == POLICY_CMDLINE) {
		policy_check_cut(rd);
	}
	if (rd->form == POLICY_TEXT && rd->len >= 3 && !memcmp(rd->text, bom, 3))
		rd->pos = 3;
}

static bool next(struct reader *rd, struct entry *e)
{
	return rd->form == POLICY_CMDLINE ? policy_lex_cmdline(rd, e) :
					    policy_lex_text(rd, e);
}

/*
 * From a floor on, each entry counts by itself, so that no later entry of the
 * same source can take back what an earlier one has tightened.
 */
static void merge_entry(struct reader *rd)
{
	policy_merge(rd);
	memset(&rd->d, 0, sizeof(rd->d));
}

int policy_add(struct policy *pol, enum policy_form form, const char *source,
	       const char *text, size_t len)
{
	struct reader rd = {
		.pol = pol,
		.form = form,
		.source = source,
		.text = text,
		.len = len,
	};
	unsigned int errors = pol->errors;
	struct entry e;

	memcpy(rd.now, pol->now, sizeof(rd.now));
	memcpy(rd.late, pol->late, sizeof(rd.late));
	start(&rd);
	while (next(&rd, &e)) {
		policy_take(&rd, &e);
		if (pol->floor || rd.d.floor)
			merge_entry(&rd);
	}
	policy_merge(&rd);
	return pol->errors == errors ? 0 : -EINVAL;
}
