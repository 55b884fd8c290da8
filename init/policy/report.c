// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>

#include "policy/report.h"

static void add_error(struct policy *pol, const char *where, const char *fmt,
		      va_list ap)
{
	char *diag;
	int n;

	pol->errors++;
	if (pol->diags == POLICY_DIAGS)
		return;
	diag = pol->diag[pol->diags++];
	n = snprintf(diag, POLICY_DIAG_LEN, "%s", where);
	vsnprintf(diag + n, POLICY_DIAG_LEN - n, fmt, ap);
}

void policy_error(struct policy *pol, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_error(pol, "", fmt, ap);
	va_end(ap);
}

void policy_where(const struct reader *rd, struct place at,
		  char out[BPFLOCK_SOURCE_LEN])
{
	snprintf(out, BPFLOCK_SOURCE_LEN, "%.72s:%u", rd->source,
		 rd->form == POLICY_CMDLINE ? at.col : at.line);
	/* policy_print() writes it into a comment of a policy text. */
	for (unsigned char *c = (unsigned char *)out; *c; c++)
		if (*c < 0x20 || *c > 0x7e)
			*c = '?';
}

void policy_fail(struct reader *rd, struct place at, const char *fmt, ...)
{
	char where[BPFLOCK_SOURCE_LEN], full[BPFLOCK_SOURCE_LEN + 16];
	va_list ap;

	policy_where(rd, at, where);
	if (rd->form == POLICY_CMDLINE)
		snprintf(full, sizeof(full), "%s: ", where);
	else
		snprintf(full, sizeof(full), "%s:%u: ", where, at.col);
	va_start(ap, fmt);
	add_error(rd->pol, full, fmt, ap);
	va_end(ap);
}

void policy_fail_entry(struct reader *rd, struct entry *e, size_t pos,
		       size_t start, const char *what)
{
	struct place at = { rd->line, pos - start + 1 };

	policy_fail(rd, at, "%s", what);
	e->broken = true;
}

const char *policy_prefix(const struct reader *rd)
{
	return rd->form == POLICY_CMDLINE ? POLICY_PREFIX "." : "";
}

bool policy_need_value(struct reader *rd, const struct entry *e)
{
	if (e->has_val)
		return true;
	policy_fail(rd, e->at, "\"%s%s\" needs a value", policy_prefix(rd),
		    policy_quote(e->key, e->key_len).text);
	return false;
}

struct place policy_item_at(const struct entry *e, const struct item *i)
{
	return (struct place){ e->val_at.line,
			       e->val_at.col + (i->word - e->val) };
}

bool policy_floor_denies(struct reader *rd, struct place at, bool weaker,
			 const char *fmt, ...)
{
	char what[160];
	va_list ap;

	if (!rd->pol->floor || !weaker)
		return false;
	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	policy_fail(rd, at, "%s: denied, the floor from %s stands", what,
		    rd->pol->floor_source);
	return true;
}
