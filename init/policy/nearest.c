// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "policy/nearest.h"

/* Levenshtein's distance, one row of its table at a time. */
static unsigned int distance(const char *a, size_t a_len, const char *b)
{
	unsigned int row[NEAREST_MAX + 1];
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
	n->distance = len < NEAREST_MAX ? len / 2 + 1 : 0;
	n->found[0] = '\0';
}

void nearest_try(struct nearest *n, const char *prefix, const char *known,
		 const char *suffix)
{
	char word[NEAREST_MAX];
	unsigned int d;

	if (!n->distance)
		return;
	snprintf(word, sizeof(word), "%s%s%s", prefix, known, suffix);
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
