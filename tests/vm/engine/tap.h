/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One test per operation and rule, as TAP. */
#ifndef TAP_H
#define TAP_H

/* tap_fail - the test that is going on fails, for that reason (printf) */
void tap_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* tap_verdict - ends the test: it is ok if tap_fail() was not called */
void tap_verdict(const char *key, const char *what, const char *rule);

/* tap_skip - a test that cannot be made; @name: of an attempt, or NULL */
void tap_skip(const char *key, const char *op, const char *name,
	      const char *why);

/* tap_plan - prints how many tests there were; 1 if one has failed, or 0 */
int tap_plan(void);

#endif /* TAP_H */
