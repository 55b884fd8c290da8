/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The effective policy line by line, as policy_print() prints it. */
#ifndef POLICY_LINES_H
#define POLICY_LINES_H

#include "policy/policy.h"

#define POLICY_LINES_MAX 80

struct policy_lines {
	char *text; /* what the others point into; free(3) it */
	unsigned int n;
	struct policy_line {
		char *key, *value, *source;
	} line[POLICY_LINES_MAX];
};

/** policy_lines - the settings of a policy: 0 or -ENOMEM */
int policy_lines(const struct policy *pol, struct policy_lines *l);

/** policy_json - the policy, its mistakes and its warnings as JSON */
int policy_json(const struct policy *pol, FILE *out);

/**
 * policy_diff - what the policy @b changes of the policy @a
 *
 * Prints the settings that differ, and the operations that are denied to more
 * or to fewer processes. Return: 1 if @b is weaker anywhere, 0, or -ENOMEM.
 */
int policy_diff(const struct policy *a, const struct policy *b, FILE *out);

#endif /* POLICY_LINES_H */
