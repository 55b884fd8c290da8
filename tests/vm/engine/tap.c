// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/tap.h"

static int tests, failures;
static char reasons[4096]; /* of the test that is going on */

void tap_fail(const char *fmt, ...)
{
	size_t len = strlen(reasons);
	va_list args;

	va_start(args, fmt);
	len += snprintf(reasons + len, sizeof(reasons) - len, "#   ");
	if (len < sizeof(reasons))
		len += vsnprintf(reasons + len, sizeof(reasons) - len, fmt,
				 args);
	if (len < sizeof(reasons))
		snprintf(reasons + len, sizeof(reasons) - len, "\n");
	va_end(args);
}

void tap_verdict(const char *key, const char *what, const char *rule)
{
	printf("%sok %d %s %s: %s\n%s", *reasons ? "not " : "", ++tests, key,
	       what, rule, reasons);
	failures += !!*reasons;
	*reasons = '\0';
}

void tap_skip(const char *key, const char *op, const char *name,
	      const char *why)
{
	printf("ok %d %s %s%s%s # SKIP %s\n", ++tests, key, op, name ? "/" : "",
	       name ? name : "", why);
}

int tap_plan(void)
{
	printf("1..%d\n", tests);
	return !!failures;
}
