// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "engine/suite.h"
#include "engine/tap.h"

/* the linker's, around all that SUITE() made */
extern const struct suite *const __start_suites[], *const __stop_suites[];

const struct suite *suite;
int n_attempts, n_ops;
static char unshown[ATTEMPTS_MAX];

const struct suite *suite_find(const char *key)
{
	for (const struct suite *const *s = __start_suites; s < __stop_suites;
	     s++)
		if (!strcmp((*s)->key, key))
			return *s;
	return NULL;
}

int suite_op(const char *name)
{
	for (int i = 0; name && i < n_ops; i++)
		if (!strcmp(suite->ops[i].name, name))
			return i;
	return -1;
}

int suite_shown(int attempt)
{
	return !unshown[attempt];
}

void suite_ask(char *ask, int slow)
{
	memset(ask, 0, ATTEMPTS_MAX);
	for (int i = 0; i < n_attempts; i++)
		ask[i] = suite_shown(i) && suite->attempts[i].slow == slow;
}

void suite_ask_anyone(char *ask)
{
	memset(ask, 0, ATTEMPTS_MAX);
	for (int i = 0; i < n_attempts; i++)
		ask[i] = suite_shown(i) && suite->attempts[i].anyone;
}

/* tests/vm/run compares the skips with tests/vm/known-skips. */
void suite_prepare(void)
{
	uint64_t tried = 0;

	for (n_ops = 0; suite->ops[n_ops].name; n_ops++)
		;
	for (; suite->attempts[n_attempts].run; n_attempts++) {
		const struct attempt *a = &suite->attempts[n_attempts];
		const char *why = a->prepare ? a->prepare() : NULL;

		if (n_attempts == ATTEMPTS_MAX)
			exit(71);
		unshown[n_attempts] = why != NULL;
		if (why)
			tap_skip(suite->key, a->op ? a->op : "innocent",
				 a->name, why);
		if (a->op)
			tried |= 1ULL << suite_op(a->op);
	}
	for (int i = 0; i < n_ops; i++)
		if (!(tried & (1ULL << i)) && !suite->ops[i].in_seal)
			tap_skip(suite->key, suite->ops[i].name, NULL,
				 "cannot be shown");
}
