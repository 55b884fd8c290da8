// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the bytes of a file to entries. A line that cannot be read as a whole
 * is reported and becomes a broken entry with the parts that were readable,
 * so that the protection it is about is enforced nevertheless.
 */
#include <string.h>

#include "policy/bytes.h"
#include "policy/lex.h"
#include "policy/report.h"

/* The value in quotes at pos; @end is the end of the line. */
static void quoted_value(struct reader *rd, struct entry *e, size_t start,
			 size_t pos, size_t end)
{
	const char *t = rd->text;
	const char *close = memchr(t + pos + 1, '"', end - pos - 1);
	size_t stop = close ? (size_t)(close - t) : end;

	e->val = t + pos + 1;
	e->val_len = stop - pos - 1;
	if (!close) {
		policy_fail_entry(rd, e, pos, start, "quote is not closed");
		return;
	}
	for (stop++; stop < end && policy_is_blank(t[stop]); stop++)
		;
	if (stop < end && !(t[stop] == '#' && policy_is_blank(t[stop - 1])))
		policy_fail_entry(rd, e, stop, start, "text after the quote");
}

/* The value without quotes at pos ends before a comment and blanks. */
static void plain_value(struct entry *e, const char *t, size_t pos, size_t end)
{
	size_t stop;

	for (stop = pos; stop < end; stop++)
		if (t[stop] == '#' && policy_is_blank(t[stop - 1]))
			break;
	while (stop > pos && policy_is_blank(t[stop - 1]))
		stop--;
	e->val = t + pos;
	e->val_len = stop - pos;
}

static void file_value(struct reader *rd, struct entry *e, size_t start,
		       size_t pos, size_t end)
{
	e->has_val = true;
	e->val_at = (struct place){ rd->line, pos - start + 1 };
	if (pos < end && rd->text[pos] == '"')
		quoted_value(rd, e, start, pos, end);
	else
		plain_value(e, rd->text, pos, end);
}

/* A key with the prefix is a mistake, but the key is still understood. */
static void file_prefix(struct reader *rd, struct entry *e)
{
	size_t n = strlen(POLICY_PREFIX ".");

	if (e->key_len < n || memcmp(e->key, POLICY_PREFIX ".", n))
		return;
	policy_fail(rd, e->at,
		    "keys in a file have no prefix \"" POLICY_PREFIX ".\"");
	e->broken = true;
	e->key += n;
	e->key_len -= n;
}

/* Returns false for a blank line or a comment. */
static bool file_line(struct reader *rd, struct entry *e, size_t start,
		      size_t end)
{
	const char *t = rd->text;
	size_t pos = start;

	while (pos < end && policy_is_blank(t[pos]))
		pos++;
	if (pos == end || t[pos] == '#')
		return false;
	e->at = (struct place){ rd->line, pos - start + 1 };
	e->key = t + pos;
	while (pos < end && !policy_is_blank(t[pos]) && t[pos] != '=' &&
	       t[pos] != ':')
		pos++;
	e->key_len = t + pos - e->key;
	file_prefix(rd, e);
	while (pos < end && policy_is_blank(t[pos]))
		pos++;
	if (pos == end || (t[pos] == '#' && policy_is_blank(t[pos - 1])))
		return true;
	if (t[pos] != '=')
		policy_fail_entry(rd, e, pos, start, POLICY_NO_EQUAL);
	/* What follows a colon is meant to be the value. */
	if (t[pos] != '=' && t[pos] != ':')
		return true;
	for (pos++; pos < end && policy_is_blank(t[pos]); pos++)
		;
	file_value(rd, e, start, pos, end);
	return true;
}

/* Bytes, length and end of the line. */
static void check_line(struct reader *rd, struct entry *e, size_t start,
		       size_t end, bool newline)
{
	const char *why;
	size_t bad = policy_bad_byte(rd->text + start, end - start, &why);

	if (bad < end - start)
		policy_fail_entry(rd, e, start + bad, start, why);
	if (end - start > POLICY_LINE_MAX)
		policy_fail_entry(rd, e, start + POLICY_LINE_MAX, start,
				  "line is too long");
	if (newline)
		return;
	if (!rd->cut)
		policy_fail_entry(
			rd, e, end, start,
			"last line may be truncated: end it with a newline");
	e->broken = true;
}

bool policy_lex_text(struct reader *rd, struct entry *e)
{
	while (rd->pos < rd->len) {
		const char *from = rd->text + rd->pos;
		const char *nl = memchr(from, '\n', rd->len - rd->pos);
		size_t start = rd->pos;
		size_t end = nl ? (size_t)(nl - rd->text) : rd->len;

		memset(e, 0, sizeof(*e));
		rd->pos = nl ? end + 1 : end;
		rd->line++;
		if (nl && end > start && nl[-1] == '\r')
			end--;
		check_line(rd, e, start, end, nl);
		if (file_line(rd, e, start, end))
			return true;
	}
	return false;
}
