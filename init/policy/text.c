// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the bytes of a file to entries (the command line: policy_cmdline.c).
 * A line that cannot be read as a whole is reported and handed on as broken,
 * with as much as could be read: who it was about matters even then.
 */
#include <string.h>

#include "policy/parse.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The length of the UTF-8 character at s, 0 if it is not one. */
static size_t utf8_len(const unsigned char *s, size_t len)
{
	static const unsigned int least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1 :
		   s[0] < 0xc2 ? 0 :
		   s[0] < 0xe0 ? 2 :
		   s[0] < 0xf0 ? 3 :
		   s[0] < 0xf5 ? 4 :
				 0;
	unsigned int c = n ? s[0] & (0xff >> (n + (n > 1))) : 0;

	if (n > len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	return n;
}

/** policy_bad_byte - the offset of the first byte not wanted in a text */
size_t policy_bad_byte(const char *text, size_t len, const char **why)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_len(s + i, len - i);
		*why = "invalid UTF-8";
		if (!n)
			return i;
		*why = s[i] ? "control character" : "NUL byte";
		if ((s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7f)
			return i;
		if (s[i] == 0xc2 && s[i + 1] < 0xa0) /* U+0080 to U+009F */
			return i;
	}
	return len;
}

void policy_fail_entry(struct reader *rd, struct entry *e, size_t pos,
		       size_t start, const char *what)
{
	struct place at = { rd->line, pos - start + 1 };

	policy_fail(rd, at, "%s", what);
	e->broken = true;
}

/* The value from pos on; *end is where the line's settings end. */
static void file_value(struct reader *rd, struct entry *e, size_t start,
		       size_t pos, size_t end)
{
	const char *t = rd->text;
	const char *close;
	size_t stop;

	e->has_val = true;
	e->val_at = (struct place){ rd->line, pos - start + 1 };
	e->val = t + pos;
	if (pos < end && t[pos] == '"') {
		close = memchr(t + pos + 1, '"', end - pos - 1);
		stop = close ? (size_t)(close - t) : end;
		e->val++;
		e->val_len = stop - pos - 1;
		if (!close) {
			policy_fail_entry(rd, e, pos, start,
					  "quote is not closed");
			return;
		}
		for (stop++; stop < end && is_blank(t[stop]); stop++)
			;
		if (stop < end && !(t[stop] == '#' && is_blank(t[stop - 1])))
			policy_fail_entry(rd, e, stop, start,
					  "text after the quote");
		return;
	}
	for (stop = pos; stop < end; stop++)
		if (t[stop] == '#' && is_blank(t[stop - 1]))
			break;
	while (stop > pos && is_blank(t[stop - 1]))
		stop--;
	e->val_len = stop - pos;
}

/* Keys in files have no prefix; with one, the line is still understood. */
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

/* false: a blank line or a comment */
static bool file_line(struct reader *rd, struct entry *e, size_t start,
		      size_t end)
{
	const char *t = rd->text;
	size_t pos = start;

	while (pos < end && is_blank(t[pos]))
		pos++;
	if (pos == end || t[pos] == '#')
		return false;
	e->at = (struct place){ rd->line, pos - start + 1 };
	e->key = t + pos;
	while (pos < end && !is_blank(t[pos]) && t[pos] != '=')
		pos++;
	e->key_len = t + pos - e->key;
	file_prefix(rd, e);
	while (pos < end && is_blank(t[pos]))
		pos++;
	if (pos == end || (t[pos] == '#' && is_blank(t[pos - 1])))
		return true;
	if (t[pos] != '=') {
		policy_fail_entry(rd, e, pos, start,
				  "expected \"=\" after the key");
		return true;
	}
	for (pos++; pos < end && is_blank(t[pos]); pos++)
		;
	file_value(rd, e, start, pos, end);
	return true;
}

/* What is wrong with the line as such. */
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

static bool lex_file(struct reader *rd, struct entry *e)
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

void policy_lex_start(struct reader *rd)
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

bool policy_lex(struct reader *rd, struct entry *e)
{
	return rd->form == POLICY_CMDLINE ? policy_lex_cmdline(rd, e) :
					    lex_file(rd, e);
}
