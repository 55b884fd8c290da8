// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/policy_lines.h"
#include "policy/moot.h"
#include "util/print.h"

/* "key = value  # source"; a value in quotes may have a # in it. */
static bool split(char *text, struct policy_line *l)
{
	char *equal = strstr(text, " = "), *mark = NULL;

	for (char *m = text; (m = strstr(m, "  # ")); m++)
		mark = m;
	if (!equal || !mark || mark < equal + 2)
		return false;
	*equal = *mark = '\0';
	*l = (struct policy_line){ text, equal + 3, mark + 4 };
	if (l->value[0] == '"' && mark[-1] == '"') {
		mark[-1] = '\0';
		l->value++;
	}
	return true;
}

int policy_lines(const struct policy *pol, struct policy_lines *l)
{
	size_t size;
	FILE *f = open_memstream(&l->text, &size);

	l->n = 0;
	if (!f)
		return -ENOMEM;
	policy_print(pol, f);
	if (fclose(f))
		return -ENOMEM;
	for (char *at = l->text, *end;
	     l->n < POLICY_LINES_MAX && (end = strchr(at, '\n'));
	     at = end + 1) {
		*end = '\0';
		l->n += split(at, &l->line[l->n]);
	}
	return 0;
}

int policy_json(const struct policy *pol, FILE *out)
{
	struct json j = { .out = out };
	static struct policy_lines l;
	struct moot m;
	int err = policy_lines(pol, &l);

	if (err)
		return err;
	policy_moot(pol, &m);
	json_open(&j, NULL, '{');
	json_number(&j, "format", 1);
	json_number(&j, "mistakes", pol->errors);
	json_open(&j, "messages", '[');
	for (unsigned int i = 0; i < pol->diags; i++)
		json_string(&j, NULL, pol->diag[i]);
	json_close(&j, ']');
	json_open(&j, "warnings", '[');
	for (unsigned int i = 0; i < m.n; i++)
		json_string(&j, NULL, m.text[i]);
	json_close(&j, ']');
	json_open(&j, "settings", '[');
	for (unsigned int i = 0; i < l.n; i++) {
		json_open(&j, NULL, '{');
		json_string(&j, "key", l.line[i].key);
		json_string(&j, "value", l.line[i].value);
		json_string(&j, "source", l.line[i].source);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	fputc('\n', out);
	free(l.text);
	return 0;
}
