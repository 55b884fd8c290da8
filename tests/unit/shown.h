/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy and its messages as text, for comparisons. */
#ifndef SHOWN_H
#define SHOWN_H

#include <stdlib.h>
#include <string.h>

#include "policy/policy.h"

struct shown {
	char text[16384];
};

static inline void show_printed(const struct policy *pol, struct shown *s)
{
	FILE *out;

	memset(s, 0, sizeof(*s));
	out = fmemopen(s->text, sizeof(s->text) - 1, "w");
	if (!out)
		abort();
	policy_print(pol, out);
	fclose(out);
}

/* The settings that are not the default, without comments: "kimg = deny\n". */
static inline void show_settings(const struct policy *pol, struct shown *s)
{
	static struct shown all;
	char *line, *save, *comment;
	size_t n = 0;

	show_printed(pol, &all);
	s->text[0] = '\0';
	for (line = strtok_r(all.text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		comment = strstr(line, "  # ");
		if (!comment)
			abort();
		if (!strcmp(comment, "  # default"))
			continue;
		while (comment > line && comment[-1] == ' ')
			comment--;
		n += snprintf(s->text + n, sizeof(s->text) - n, "%.*s\n",
			      (int)(comment - line), line);
	}
}

static inline void show_errors(const struct policy *pol, struct shown *s)
{
	size_t n = 0;

	s->text[0] = '\0';
	for (unsigned int i = 0; i < pol->diags; i++)
		n += snprintf(s->text + n, sizeof(s->text) - n, "%s\n",
			      pol->diag[i]);
}

#endif /* SHOWN_H */
