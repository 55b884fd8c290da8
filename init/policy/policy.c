// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A policy's life: the defaults, then one source after the other. A source
 * is read whole before any of it counts, so that within it the order of
 * different keys does not matter.
 */
#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "policy/parse.h"

#define UDEVD "system.slice/systemd-udevd.service"

void policy_init(struct policy *pol)
{
	memset(pol, 0, sizeof(*pol));
	pol->scope.ns = BPFLOCK_BIT(BPFLOCK_NS_MNT);
	pol->trust.n = 1;
	strcpy(pol->trust.path[0], UDEVD);
	policy_folders_default(&pol->protect);
	pol->on_error = ON_ERROR_CONTINUE;
	pol->events = EVENTS_DEFAULT;
}

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

/** policy_where - "name:line" in a file, "name:column" on the command line */
void policy_where(const struct reader *rd, struct place at,
		  char out[BPFLOCK_SOURCE_LEN])
{
	snprintf(out, BPFLOCK_SOURCE_LEN, "%.72s:%u", rd->source,
		 rd->form == POLICY_CMDLINE ? at.col : at.line);
	/* It ends up in a comment of what policy_print() prints. */
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

	policy_lex_start(&rd);
	while (policy_lex(&rd, &e))
		policy_take(&rd, &e);
	policy_merge(&rd);
	return pol->errors == errors ? 0 : -EINVAL;
}

struct masks policy_masks(const struct protection *p, const struct setting *s)
{
	return masks_of(p, s->mode, s->has_allow, s->allow, s->block);
}

bool policy_asks(const struct policy *pol, const struct protection *p)
{
	struct masks now = policy_masks(p, &pol->now[p - protections]);
	struct masks late = policy_masks(p, &pol->late[p - protections]);

	return masks_any(&now) | masks_any(&late);
}
