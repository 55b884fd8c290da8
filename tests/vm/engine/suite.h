/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The suite that is being run. */
#ifndef SUITE_H
#define SUITE_H

#include "engine/attempt.h"

#define ATTEMPTS_MAX 160

extern const struct suite *suite;
extern int n_attempts, n_ops;

/* suite_prepare - prepares all attempts, and skips those that cannot be made */
void suite_prepare(void);

/* suite_op - the operation's number, or -1; @name may be NULL */
int suite_op(const char *name);

/*
 * Which attempts to ask for, of those that this kernel can show: all that are
 * slow or not, or those that show scope= and trust=. @ask: ATTEMPTS_MAX bytes
 */
void suite_ask(char *ask, int slow);
void suite_ask_anyone(char *ask);

/* suite_shown - can this kernel show the attempt with that number? */
int suite_shown(int attempt);

#endif /* SUITE_H */
