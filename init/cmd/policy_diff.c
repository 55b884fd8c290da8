// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "cmd/policy_lines.h"
#include "util/print.h"

static const struct policy_line *find(const struct policy_lines *l,
				      const char *key)
{
	for (unsigned int i = 0; i < l->n; i++)
		if (!strcmp(l->line[i].key, key))
			return &l->line[i];
	return NULL;
}

static void print_line(char sign, const struct policy_line *l, FILE *out)
{
	fprintf(out, "%c%s = ", sign, l->key);
	print_safe(out, l->value);
	fputc('\n', out);
}

/* The settings of @a in their order, and then those that only @b has. */
static void print_settings(const struct policy_lines *a,
			   const struct policy_lines *b, FILE *out)
{
	for (unsigned int i = 0; i < a->n; i++) {
		const struct policy_line *was = &a->line[i];
		const struct policy_line *is = find(b, was->key);

		if (is && !strcmp(was->value, is->value))
			continue;
		print_line('-', was, out);
		if (is)
			print_line('+', is, out);
	}
	for (unsigned int i = 0; i < b->n; i++)
		if (!find(a, b->line[i].key))
			print_line('+', &b->line[i], out);
}

static bool print_ops_if(const struct protection *p, const char *late,
			 const char *what, uint64_t ops, FILE *out)
{
	if (!ops)
		return false;
	fprintf(out, "# %s%s: %s: ", late, p->key, what);
	print_ops(out, p, ops);
	fputc('\n', out);
	return true;
}

/* true: fewer processes or operations are denied */
static bool print_masks(const struct protection *p, const char *late,
			const struct setting *a, const struct setting *b,
			FILE *out)
{
	struct masks was = policy_masks(p, a), is = policy_masks(p, b);

	print_ops_if(p, late, "denied to host processes too",
		     is.deny_host & ~was.deny_host, out);
	print_ops_if(p, late, "denied to other processes too",
		     is.deny_other & ~was.deny_other, out);
	return print_ops_if(p, late, "WEAKER, not denied to host processes",
			    was.deny_host & ~is.deny_host, out) |
	       print_ops_if(p, late, "WEAKER, not denied to other processes",
			    was.deny_other & ~is.deny_other, out);
}

/* More host processes, or no seal or floor any more */
static bool wider(const struct policy *a, const struct policy *b)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (policy_scope(a, &protections[i]) &
		    ~policy_scope(b, &protections[i]))
			return true;
	return policy_trust_widens(&a->trust, &b->trust) ||
	       (a->seal && !b->seal) || (a->floor && !b->floor);
}

int policy_diff(const struct policy *a, const struct policy *b, FILE *out)
{
	static struct policy_lines was, is;
	bool weaker = wider(a, b);
	int err = policy_lines(a, &was);

	if (!err)
		err = policy_lines(b, &is);
	if (err)
		return err;
	print_settings(&was, &is, out);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];

		weaker |= print_masks(p, "", &a->now[i], &b->now[i], out);
		weaker |=
			print_masks(p, "late.", &a->late[i], &b->late[i], out);
	}
	if (wider(a, b))
		fputs("# WEAKER: scope, trust, seal or floor\n", out);
	free(was.text);
	free(is.text);
	return weaker;
}
