// SPDX-License-Identifier: GPL-2.0-or-later
/* exec: the program that PID 1 becomes after the lock is in force. */
#include <string.h>

#include "policy/global.h"
#include "policy/report.h"

static void take(struct reader *rd, const struct entry *e)
{
	const char *fault = NULL;

	if (!policy_need_value(rd, e) || e->broken)
		return;
	if (!e->val_len || e->val[0] != '/')
		fault = "exec needs an absolute path";
	else if (e->val_len >= sizeof(rd->d.exec))
		fault = "path is too long";
	else if (memchr(e->val, '"', e->val_len))
		fault = "quote inside the path";
	if (fault) {
		policy_fail(rd, e->val_at, "%s: \"%s\" is not used", fault,
			    policy_quote(e->val, e->val_len).text);
		return;
	}
	memcpy(rd->d.exec, e->val, e->val_len);
	rd->d.exec[e->val_len] = '\0';
	rd->d.exec_at = e->at;
}

/* Under a floor a file may still set exec, if no source has set it yet. */
static void merge(struct reader *rd)
{
	struct policy *pol = rd->pol;
	struct place at = rd->d.exec_at;

	if (!at.line || !strcmp(pol->exec, rd->d.exec))
		return;
	if (policy_floor_denies(rd, at,
				pol->exec[0] || rd->form == POLICY_CMDLINE,
				"exec"))
		return;
	memcpy(pol->exec, rd->d.exec, sizeof(pol->exec));
	policy_where(rd, at, pol->exec_source);
}

const struct global policy_key_exec = { "exec", take, merge };
