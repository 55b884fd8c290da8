/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attempts are made under a rule, and compared with the oracle. */
#ifndef CHECK_H
#define CHECK_H

#include "engine/rule.h"

extern int attempts_made;

/*
 * check_callers - have callers make attempts: one test per operation
 * @r: the rule that is in force, NULL for none
 * @name: the rule in words, for the tests' names
 * @callers: ends with NULL
 * @ask: which attempts
 */
void check_callers(const struct rule *r, const char *name,
		   const struct caller *const *callers, const char *ask);

/* check_events - an event for what was denied (or would be) to a caller? */
void check_events(const struct rule *r, const char *name,
		  const struct caller *const *callers);

#endif /* CHECK_H */
