// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the sources of every case of policy_cases.h and compares the settings
 * and the messages that result. The settings must also be the same after they
 * have been printed and read back.
 */
#include "shown.h"
#include "tap.h"

struct text {
	const char *bytes;
	size_t len;
};

/* The length is needed because texts may have NULs in them. */
#define T(s)                     \
	{                        \
		s, sizeof(s) - 1 \
	}

static const struct testcase {
	const char *what;
	struct text builtin, file, cmdline;
	const char *settings, *errors;
} cases[] = {
#include "policy_cases.h"
};

static void read_case(const struct testcase *c, struct policy *pol)
{
	policy_init(pol);
	if (c->builtin.bytes)
		policy_add(pol, POLICY_TEXT, "B", c->builtin.bytes,
			   c->builtin.len);
	if (c->file.bytes)
		policy_add(pol, POLICY_TEXT, "F", c->file.bytes, c->file.len);
	if (c->cmdline.bytes)
		policy_add(pol, POLICY_CMDLINE, "C", c->cmdline.bytes,
			   c->cmdline.len);
}

/* Does the line begin with a protection's key, "late." in front of it? */
static bool is_about(const char *line, const char *late, const char *key)
{
	size_t n = strlen(late), m = strlen(key);

	return !strncmp(line, late, n) && !strncmp(line + n, key, m) &&
	       (line[n + m] == ' ' || line[n + m] == '.');
}

/* Appends scopes or all other lines about @key; returns their number. */
static int copy_lines(struct shown *to, const char *from, const char *late,
		      const char *key, bool scopes)
{
	int lines = 0;

	for (size_t n; *from; from += n) {
		n = strcspn(from, "\n") + 1;
		if (!is_about(from, late, key) ||
		    !!memmem(from, n, ".scope", 6) != scopes)
			continue;
		strncat(to->text, from, n);
		lines++;
	}
	return lines;
}

static void add_setting(struct shown *to, const char *from, const char *late,
			const char *key)
{
	char off[64];

	snprintf(off, sizeof(off), "%s%s = allow\n", late, key);
	if (!copy_lines(to, from, late, key, false))
		strcat(to->text, off);
}

/* Write out REST_OFF at the start of the settings of a case. */
static void expand(const char *settings, struct shown *to)
{
	to->text[0] = '\0';
	if (settings[0] != '*') {
		strcpy(to->text, settings);
		return;
	}
	settings += 2;
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const char *key = protections[i].key;

		if (protections[i].internal)
			continue;
		add_setting(to, settings, "", key);
		add_setting(to, settings, "late.", key);
		copy_lines(to, settings, "", key, true);
	}
	copy_lines(to, settings, "", "scope", false);
	copy_lines(to, settings, "", "floor", false);
}

static bool same(const char *what, const char *got, const char *expected)
{
	if (!strcmp(got, expected))
		return true;
	tap_lines(what, got);
	tap_lines("expected", expected);
	return false;
}

/* Comments may differ, but nothing else. */
static bool reads_back(const struct policy *pol)
{
	static struct shown text, before, after;
	static struct policy again;

	show_printed(pol, &text);
	policy_init(&again);
	policy_add(&again, POLICY_TEXT, "printed", text.text,
		   strlen(text.text));
	show_errors(&again, &after);
	if (!same("errors of the printed policy", after.text, ""))
		return false;
	show_printed(&again, &after);
	show_printed(pol, &before);
	for (char *t = before.text, *a = after.text;; t++, a++) {
		if (!strncmp(t, "  # ", 4))
			t += strcspn(t, "\n");
		if (!strncmp(a, "  # ", 4))
			a += strcspn(a, "\n");
		if (*t != *a)
			return same("read back", after.text, before.text);
		if (!*t)
			return true;
	}
}

int main(void)
{
	static struct policy pol;
	static struct shown s, expected;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct testcase *c = &cases[i];
		bool ok;

		read_case(c, &pol);
		show_settings(&pol, &s);
		expand(c->settings, &expected);
		ok = same("in force", s.text, expected.text);
		show_errors(&pol, &s);
		ok &= same("errors", s.text, c->errors);
		ok &= reads_back(&pol);
		tap(ok, c->what);
	}
	return tap_end();
}
