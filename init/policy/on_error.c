// SPDX-License-Identifier: GPL-2.0-or-later
/* on_error: what happens if the lock cannot be put in force. */
#include "policy/global.h"
#include "policy/report.h"

const char *const on_error_names[ON_ERRORS] = {
	[ON_ERROR_CONTINUE] = "continue", [ON_ERROR_SHELL] = "shell",
	[ON_ERROR_REBOOT] = "reboot",	  [ON_ERROR_POWEROFF] = "poweroff",
	[ON_ERROR_PANIC] = "panic",
};

/* From the mildest: a shell gives away the machine before it is locked. */
static const unsigned char severity[ON_ERRORS] = {
	[ON_ERROR_SHELL] = 0,	 [ON_ERROR_CONTINUE] = 1, [ON_ERROR_REBOOT] = 2,
	[ON_ERROR_POWEROFF] = 2, [ON_ERROR_PANIC] = 2,
};

static void take(struct reader *rd, const struct entry *e)
{
	enum on_error earlier = rd->d.on_error_at.line ? rd->d.on_error :
							 rd->pol->on_error;
	int action;

	if (!policy_need_value(rd, e))
		return;
	action =
		policy_word_find(on_error_names, ON_ERRORS, e->val, e->val_len);
	if (action < 0) {
		policy_fail(rd, e->val_at, "unknown action \"%s\"%s",
			    policy_quote(e->val, e->val_len).text,
			    policy_word_hint(on_error_names, ON_ERRORS, e->val,
					     e->val_len)
				    .text);
		return;
	}
	if (e->broken && severity[action] < severity[earlier])
		return;
	rd->d.on_error = action;
	rd->d.on_error_at = e->at;
}

static void merge(struct reader *rd)
{
	struct policy *pol = rd->pol;
	enum on_error new = rd->d.on_error;
	struct place at = rd->d.on_error_at;

	if (!at.line ||
	    policy_floor_denies(rd, at, severity[new] < severity[pol->on_error],
				"on_error=%s", on_error_names[new]))
		return;
	pol->on_error = new;
	policy_where(rd, at, pol->on_error_source);
}

const struct global policy_key_on_error = { "on_error", take, merge };
