/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words of the policy: quoting, lists, switches, modes. */
#ifndef POLICY_WORDS_H
#define POLICY_WORDS_H

#include <stdbool.h>

#include "policy/nearest.h"
#include "protections.h"

/* Any bytes, made printable for a message: "deb\x01gfs". */
struct quoted {
	char text[64];
};

/** policy_quote - the bytes, shortened with "..." if they do not fit */
struct quoted policy_quote(const char *s, size_t len);

/* One word of a list separated by commas, blanks around it removed. */
struct item {
	const char *word;
	size_t len;
	const char *rest; /* what follows, NULL before the first */
	bool last;
};

/**
 * policy_item - the next word of a list, which may be empty
 * @i: zeroed before the first call
 *
 * Return: false at the end. An empty text is an empty list.
 */
bool policy_item(struct item *i, const char *text, size_t len);

/** policy_word_is - compare bytes with a word */
bool policy_word_is(const char *text, size_t len, const char *word);

/** policy_word_find - the index of a word in a table, or -1 */
int policy_word_find(const char *const *names, unsigned int n, const char *word,
		     size_t len);

/** policy_word_hint - the nearest word of a table, or all of its words */
struct hint policy_word_hint(const char *const *names, unsigned int n,
			     const char *word, size_t len);

/** policy_parse_bool - on, off and their other spellings: 0 or -EINVAL */
int policy_parse_bool(const char *text, size_t len, bool *on);

/** policy_parse_mode - a mode or another spelling of one: 0 or -EINVAL */
int policy_parse_mode(const char *text, size_t len, enum bpflock_mode *mode);

/** policy_mode_hint - the nearest spelling of a mode, or all modes */
struct hint policy_mode_hint(const char *text, size_t len);

#endif /* POLICY_WORDS_H */
