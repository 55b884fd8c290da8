/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Test Anything Protocol: tap() per test, tap_end() is main's value. */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdio.h>

static unsigned int tap_tests, tap_failures;

static inline bool tap(bool ok, const char *what)
{
	printf("%sok %u - %s\n", ok ? "" : "not ", ++tap_tests, what);
	tap_failures += !ok;
	return ok;
}

static inline void tap_lines(const char *head, const char *text)
{
	printf("# %s\n#   ", head);
	for (; *text; text++) {
		putchar(*text);
		if (*text == '\n' && text[1])
			printf("#   ");
	}
	putchar('\n');
}

static inline int tap_end(void)
{
	printf("1..%u\n", tap_tests);
	return tap_failures || !tap_tests;
}

#endif /* TAP_H */
