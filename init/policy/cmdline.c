// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the kernel command line to entries. Words must end, and quotes must
 * count, exactly as in the kernel (lib/cmdline.c next_arg()). Words without
 * the prefix are skipped.
 */
#include <string.h>

#include "policy/bytes.h"
#include "policy/lex.h"
#include "policy/report.h"

/* The kernel's isspace() counts the no-break space too (lib/ctype.c). */
static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == (char)0xa0;
}

/* The word at rd->pos. */
static bool cmdline_word(struct reader *rd, struct entry *e, bool *quoted)
{
	const char *t = rd->text;
	bool in_quote = false;
	size_t start;

	while (rd->pos < rd->len && is_space(t[rd->pos]))
		rd->pos++;
	if (rd->pos == rd->len)
		return false;
	memset(e, 0, sizeof(*e));
	e->at = (struct place){ 1, rd->pos + 1 };
	*quoted = t[rd->pos] == '"';
	start = rd->pos;
	for (; rd->pos < rd->len; rd->pos++) {
		if (t[rd->pos] == '"')
			in_quote = !in_quote;
		else if (is_space(t[rd->pos]) && !in_quote)
			break;
	}
	e->key = t + start + *quoted;
	e->key_len = rd->pos - start - *quoted;
	e->broken = in_quote;
	return true;
}

/* Split at the first "=" and remove the quotes at both ends, but no others. */
static void cmdline_split(struct entry *e, const char *text, bool quoted)
{
	const char *end = e->key + e->key_len;
	const char *eq =
		e->key_len < 2 ? NULL : memchr(e->key + 1, '=', e->key_len - 1);
	bool strip = quoted;

	e->val = end;
	if (eq) {
		e->has_val = true;
		e->key_len = eq - e->key;
		e->val = eq + 1;
		if (e->val < end && *e->val == '"') {
			e->val++;
			strip = true;
		}
	}
	if (strip && end > (eq ? e->val : e->key) && end[-1] == '"')
		end--;
	if (eq)
		e->val_len = end - e->val;
	else
		e->key_len = end - e->key;
	e->val_at = (struct place){ 1, e->val - text + 1 };
}

/* Does a protection's word stand at @s? */
static bool is_protection(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] >= 'a' && s[n] <= 'z')
		n++;
	return protection_find(s, n);
}

/* Is the separator behind the prefix wrong, and does a protection follow? */
static bool wrong_separator(const char *s, size_t len)
{
	return len && *s && strchr(":;,/_-", *s) &&
	       is_protection(s + 1, len - 1);
}

/* If the word has the prefix, take it off and return true. */
static bool cmdline_ours(struct entry *e, bool *wrong)
{
	size_t n = strlen(POLICY_PREFIX);

	*wrong = false;
	if (e->key_len < n || memcmp(e->key, POLICY_PREFIX, n))
		return false;
	if (e->key_len == n)
		return true;
	*wrong = wrong_separator(e->key + n, e->key_len - n);
	if (e->key[n] != '.' && !*wrong)
		return false;
	e->key += n + 1;
	e->key_len -= n + 1;
	return true;
}

static bool contains(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++)
		if (!memcmp(s + i, word, n))
			return true;
	return false;
}

/* The first byte that the word may not have; only ours must be good UTF-8. */
static size_t bad_byte(const char *word, size_t len, bool ours,
		       const char **why)
{
	const char *nul;

	if (ours)
		return policy_bad_byte(word, len, why);
	nul = memchr(word, 0, len);
	*why = "NUL byte";
	return nul ? (size_t)(nul - word) : len;
}

/* An open quote in another word may have swallowed a setting of ours. */
static void check_word(struct reader *rd, struct entry *e, bool ours)
{
	size_t start = e->at.col - 1, len = rd->pos - start;
	const char *word = rd->text + start, *why;
	size_t bad = bad_byte(word, len, ours, &why);

	if (e->broken && (ours || contains(word, len, POLICY_PREFIX)))
		policy_fail(rd, e->at, "quote is not closed");
	if (bad < len)
		policy_fail_entry(rd, e, start + bad, 0, why);
	if (rd->cut && rd->pos == rd->len)
		e->broken = true;
}

bool policy_lex_cmdline(struct reader *rd, struct entry *e)
{
	bool quoted, ours, wrong;

	rd->line = 1;
	while (cmdline_word(rd, e, &quoted)) {
		cmdline_split(e, rd->text, quoted);
		if (!e->has_val && e->key_len == 2 && !memcmp(e->key, "--", 2))
			return false;
		ours = cmdline_ours(e, &wrong);
		check_word(rd, e, ours);
		if (wrong)
			policy_fail_entry(rd, e, e->key - 1 - rd->text, 0,
					  "expected \".\" after "
					  "\"" POLICY_PREFIX "\"");
		if (ours)
			return true;
	}
	return false;
}

/* The kernel's buffers have 512 to 4096 bytes, a power of two. */
void policy_check_cut(struct reader *rd)
{
	size_t len = rd->len;

	if (len && rd->text[len - 1] == '\n')
		len--;
	rd->cut = len >= 511 && len <= 4095 && !(len & (len + 1));
	if (!rd->cut)
		return;
	rd->len = len;
	policy_fail(
		rd, (struct place){ 1, len + 1 },
		"%zu bytes fill the kernel's buffer: more text may be cut off, "
		"shorten the command line",
		len);
}
