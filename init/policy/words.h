/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words of the policy: quoting, lists, booleans, the nearest known word. */
#ifndef POLICY_WORDS_H
#define POLICY_WORDS_H

#include "policy/policy.h"

#define QUOTED_MAX 64

/* Any bytes, made printable for a message: "deb\x01gfs". */
struct quoted {
	char text[QUOTED_MAX];
};

struct quoted policy_quote(const char *s, size_t len);

struct nearest {
	const char *word;
	size_t len;
	unsigned int distance;
	char found[QUOTED_MAX];
};

void nearest_start(struct nearest *n, const char *word, size_t len);
void nearest_try(struct nearest *n, const char *prefix, const char *known,
		 const char *suffix);
/* ': did you mean "x"?', or @otherwise when nothing is near */
struct hint {
	char text[160];
};
struct hint nearest_hint(const struct nearest *n, const char *otherwise);

/* One word of a list separated by commas, blanks around it removed. */
struct item {
	const char *word;
	size_t len;
	const char *rest; /* what follows, NULL before the first */
	bool last;
};

/* @i starts zeroed; false at the end. An empty text is an empty list. */
bool policy_item(struct item *i, const char *text, size_t len);

bool policy_word_is(const char *text, size_t len, const char *word);
int policy_parse_bool(const char *text, size_t len, bool *on);
int policy_word_find(const char *const *names, unsigned int n, const char *word,
		     size_t len); /* its index, or -1 */
struct hint policy_word_hint(const char *const *names, unsigned int n,
			     const char *word, size_t len,
			     const char *otherwise);
struct hint policy_mode_hint(const char *text, size_t len);
struct hint policy_op_hint(const struct protection *p, const struct item *i);

#endif /* POLICY_WORDS_H */
