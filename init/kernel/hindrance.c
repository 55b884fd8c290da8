// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/hindrance.h"
#include "util/files.h"

#define CAUSE 80

/* The value of a sysctl, without the newline; false if there is none. */
static bool read_sysctl(const char *name, char *value, size_t len)
{
	char path[80];

	snprintf(path, sizeof(path), "/proc/sys/%s", name);
	for (char *p = path + strlen("/proc/sys/"); *p; p++)
		if (*p == '.')
			*p = '/';
	if (file_read(path, value, len) < 0)
		return false;
	value[strcspn(value, "\n")] = '\0';
	return true;
}

static bool by_sysctl(char cause[CAUSE], const struct trigger *t)
{
	char value[32], *end;
	long number;

	if (!t->sysctl || !read_sysctl(t->sysctl, value, sizeof(value)))
		return false;
	number = strtol(value, &end, 10);
	if (!*value)
		snprintf(cause, CAUSE, "%s is empty", t->sysctl);
	else if (!*end && (number < t->min || number > t->max))
		snprintf(cause, CAUSE, "%s is %s", t->sysctl, value);
	else
		return false;
	return true;
}

/* A number behind a word at the start of a line of /proc/self/status. */
static unsigned long long own_status(const char *word, int base)
{
	char text[4096], *p;

	if (file_read("/proc/self/status", text, sizeof(text)) < 0)
		return 0;
	p = strstr(text, word);
	return p ? strtoull(p + strlen(word), NULL, base) : 0;
}

static bool by_capability(char cause[CAUSE], const struct trigger *t)
{
	if (!t->cap_name || own_status("\nCapEff:", 16) & 1ull << t->cap)
		return false;
	snprintf(cause, CAUSE, "this process lacks %s", t->cap_name);
	return true;
}

static bool by_lockdown(char cause[CAUSE], const struct trigger *t)
{
	char levels[64], *level;

	if (strcmp(t->hook, "locked_down") ||
	    file_read("/sys/kernel/security/lockdown", levels,
		      sizeof(levels)) <= 0)
		return false;
	level = strchr(levels, '[');
	if (!level || !strncmp(level, "[none]", 6))
		return false;
	snprintf(cause, CAUSE, "lockdown=%.*s", (int)strcspn(level + 1, "]"),
		 level + 1);
	return true;
}

static bool by_seccomp(char cause[CAUSE])
{
	if (own_status("\nSeccomp:", 10) != 2)
		return false;
	snprintf(cause, CAUSE, "this process has a seccomp filter");
	return true;
}

void hindrance_text(char out[PROBE_WHY], const struct trigger *t, int err)
{
	char cause[CAUSE];
	bool known = by_sysctl(cause, t) || by_capability(cause, t) ||
		     by_lockdown(cause, t) || by_seccomp(cause);

	snprintf(out, PROBE_WHY, known ? "%s: %s (%s)" : "%s: %s", t->name,
		 strerror(-err), cause);
}
