/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "Did you mean ...?": the known word that is nearest to a misspelt one. */
#ifndef POLICY_NEAREST_H
#define POLICY_NEAREST_H

#include <stddef.h>

#define NEAREST_MAX 64 /* no known word is longer */

struct nearest {
	const char *word;
	size_t len;
	unsigned int distance;
	char found[NEAREST_MAX];
};

/* What a message says after an unknown word. */
struct hint {
	char text[160];
};

/** nearest_start - begin with the misspelt word and no known word */
void nearest_start(struct nearest *n, const char *word, size_t len);

/** nearest_try - compare the known word @prefix@known@suffix */
void nearest_try(struct nearest *n, const char *prefix, const char *known,
		 const char *suffix);

/** nearest_hint - ': did you mean "x"?', or @otherwise if none is near */
struct hint nearest_hint(const struct nearest *n, const char *otherwise);

#endif /* POLICY_NEAREST_H */
