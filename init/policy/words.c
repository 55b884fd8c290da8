// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "policy/bytes.h"
#include "policy/words.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

struct quoted policy_quote(const char *s, size_t len)
{
	static const char hex[] = "0123456789abcdef";
	struct quoted q;
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = s[i];

		if (n > sizeof(q.text) - 8) { /* \xNN... and the end */
			memcpy(q.text + n, "...", 3);
			n += 3;
			break;
		}
		if (c >= 0x20 && c < 0x7f) {
			q.text[n++] = c;
			continue;
		}
		q.text[n++] = '\\';
		q.text[n++] = 'x';
		q.text[n++] = hex[c >> 4];
		q.text[n++] = hex[c & 15];
	}
	q.text[n] = '\0';
	return q;
}

bool policy_item(struct item *i, const char *text, size_t len)
{
	const char *from = i->rest ? i->rest : text;
	const char *end = text + len;
	const char *comma;

	if (!len || i->last)
		return false;
	comma = memchr(from, ',', end - from);
	i->last = !comma;
	i->rest = comma ? comma + 1 : end;
	if (comma)
		end = comma;
	while (from < end && policy_is_blank(*from))
		from++;
	while (end > from && policy_is_blank(end[-1]))
		end--;
	i->word = from;
	i->len = end - from;
	return true;
}

bool policy_word_is(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && !memcmp(text, word, len);
}

int policy_word_find(const char *const *names, unsigned int n, const char *word,
		     size_t len)
{
	for (unsigned int i = 0; i < n; i++)
		if (policy_word_is(word, len, names[i]))
			return i;
	return -1;
}

/* ": expected a, b or c" */
static struct hint expected(const char *const *names, unsigned int n)
{
	struct hint h;
	size_t at = snprintf(h.text, sizeof(h.text), ": expected ");

	for (unsigned int i = 0; i < n && at < sizeof(h.text); i++)
		at += snprintf(h.text + at, sizeof(h.text) - at, "%s%s",
			       !i	  ? "" :
			       i == n - 1 ? " or " :
					    ", ",
			       names[i]);
	return h;
}

struct hint policy_word_hint(const char *const *names, unsigned int count,
			     const char *word, size_t len)
{
	struct nearest n;

	nearest_start(&n, word, len);
	for (unsigned int i = 0; i < count; i++)
		nearest_try(&n, "", names[i], "");
	return nearest_hint(&n, expected(names, count).text);
}

int policy_parse_bool(const char *text, size_t len, bool *on)
{
	static const char *const no[] = { "off", "0", "no" };
	static const char *const yes[] = { "on", "1", "yes" };

	*on = policy_word_find(yes, ARRAY_SIZE(yes), text, len) >= 0;
	return *on || policy_word_find(no, ARRAY_SIZE(no), text, len) >= 0 ?
		       0 :
		       -EINVAL;
}

/* Other spellings of the modes. */
static const struct {
	const char *word;
	enum bpflock_mode mode;
} spellings[] = {
	{ "none", BPFLOCK_ALLOW }, { "off", BPFLOCK_ALLOW },
	{ "0", BPFLOCK_ALLOW },	   { "on", BPFLOCK_RESTRICT },
	{ "1", BPFLOCK_RESTRICT },
};

int policy_parse_mode(const char *text, size_t len, enum bpflock_mode *mode)
{
	int i = policy_word_find(mode_names, BPFLOCK_MODES, text, len);

	if (i >= 0) {
		*mode = i;
		return 0;
	}
	for (size_t j = 0; j < ARRAY_SIZE(spellings); j++) {
		if (!policy_word_is(text, len, spellings[j].word))
			continue;
		*mode = spellings[j].mode;
		return 0;
	}
	return -EINVAL;
}

struct hint policy_mode_hint(const char *text, size_t len)
{
	struct nearest n;

	nearest_start(&n, text, len);
	for (unsigned int i = 0; i < BPFLOCK_MODES; i++)
		nearest_try(&n, "", mode_names[i], "");
	for (size_t i = 0; i < ARRAY_SIZE(spellings); i++)
		nearest_try(&n, "", spellings[i].word, "");
	return nearest_hint(&n, expected(mode_names, BPFLOCK_MODES).text);
}
