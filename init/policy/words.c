// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <string.h>

#include "policy/words.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *word;
	enum bpflock_mode mode;
} modes[] = {
	{ "allow", BPFLOCK_ALLOW }, { "none", BPFLOCK_ALLOW },
	{ "off", BPFLOCK_ALLOW },   { "0", BPFLOCK_ALLOW },
	{ "audit", BPFLOCK_AUDIT }, { "restrict", BPFLOCK_RESTRICT },
	{ "on", BPFLOCK_RESTRICT }, { "1", BPFLOCK_RESTRICT },
	{ "deny", BPFLOCK_DENY },
};

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

/* Levenshtein's distance, one row at a time. */
static unsigned int distance(const char *a, size_t a_len, const char *b)
{
	unsigned int row[QUOTED_MAX + 1];
	size_t b_len = strlen(b);

	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		unsigned int diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			unsigned int d = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (d > row[j] + 1)
				d = row[j] + 1;
			if (d > row[j - 1] + 1)
				d = row[j - 1] + 1;
			row[j] = d;
		}
	}
	return row[b_len];
}

void nearest_start(struct nearest *n, const char *word, size_t len)
{
	n->word = word;
	n->len = len;
	n->distance = len < QUOTED_MAX ? len / 2 + 1 : 0;
	n->found[0] = '\0';
}

void nearest_try(struct nearest *n, const char *prefix, const char *known,
		 const char *suffix)
{
	char word[QUOTED_MAX];
	unsigned int d;

	snprintf(word, sizeof(word), "%s%s%s", prefix, known, suffix);
	if (!n->distance)
		return;
	d = distance(n->word, n->len, word);
	if (d < n->distance && d < strlen(word)) {
		n->distance = d;
		memcpy(n->found, word, sizeof(word));
	}
}

struct hint nearest_hint(const struct nearest *n, const char *otherwise)
{
	struct hint h;

	if (n->found[0])
		snprintf(h.text, sizeof(h.text), ": did you mean \"%s\"?",
			 n->found);
	else
		snprintf(h.text, sizeof(h.text), "%s", otherwise);
	return h;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
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
	while (from < end && is_blank(*from))
		from++;
	while (end > from && is_blank(end[-1]))
		end--;
	i->word = from;
	i->len = end - from;
	return true;
}

bool policy_word_is(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && !memcmp(text, word, len);
}

int policy_parse_bool(const char *text, size_t len, bool *on)
{
	static const char *const no[] = { "off", "0", "no" };
	static const char *const yes[] = { "on", "1", "yes" };

	for (size_t i = 0; i < ARRAY_SIZE(no); i++) {
		*on = policy_word_is(text, len, yes[i]);
		if (*on || policy_word_is(text, len, no[i]))
			return 0;
	}
	return -EINVAL;
}

int policy_parse_mode(const char *text, size_t len, enum bpflock_mode *mode)
{
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!policy_word_is(text, len, modes[i].word))
			continue;
		*mode = modes[i].mode;
		return 0;
	}
	return -EINVAL;
}

int policy_word_find(const char *const *names, unsigned int n, const char *word,
		     size_t len)
{
	for (unsigned int i = 0; i < n; i++)
		if (policy_word_is(word, len, names[i]))
			return i;
	return -1;
}

struct hint policy_word_hint(const char *const *names, unsigned int count,
			     const char *word, size_t len,
			     const char *otherwise)
{
	struct nearest n;

	nearest_start(&n, word, len);
	for (unsigned int i = 0; i < count; i++)
		nearest_try(&n, "", names[i], "");
	return nearest_hint(&n, otherwise);
}

struct hint policy_mode_hint(const char *text, size_t len)
{
	struct nearest n;

	nearest_start(&n, text, len);
	for (size_t i = 0; i < ARRAY_SIZE(modes); i++)
		nearest_try(&n, "", modes[i].word, "");
	return nearest_hint(&n, ": it is allow, audit, restrict or deny");
}

struct hint policy_op_hint(const struct protection *p, const struct item *i)
{
	struct nearest n;

	nearest_start(&n, i->word, i->len);
	for (unsigned int op = 0; op < p->n_ops; op++)
		nearest_try(&n, "", p->ops[op].name, "");
	return nearest_hint(&n, ": bpflock.policy(5) lists them");
}
