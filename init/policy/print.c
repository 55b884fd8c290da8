// SPDX-License-Identifier: GPL-2.0-or-later
/* The effective policy as text that can be read back. */
#include <string.h>

#include "policy/global.h"
#include "util/print.h"

static void print_source(const char *source, FILE *out)
{
	fprintf(out, "  # %s\n", *source ? source : "default");
}

/* Quotes go around a text that needs them. No value has a quote inside. */
static void print_text(const char *text, FILE *out)
{
	const char *quote = strpbrk(text, " \t#") ? "\"" : "";

	fprintf(out, "%s%s%s", quote, text, quote);
}

static void print_setting(const struct protection *p, const char *late,
			  const struct setting *s, FILE *out)
{
	fprintf(out, "%s%s = %s", late, p->key, mode_names[s->mode]);
	print_source(s->source, out);
	if (s->has_allow) {
		fprintf(out, "%s%s.allow = ", late, p->key);
		print_ops(out, p, s->allow);
		print_source(s->allow_source[0] ? s->allow_source : s->source,
			     out);
	}
	if (s->block) {
		fprintf(out, "%s%s.block = ", late, p->key);
		print_ops(out, p, s->block);
		print_source(s->block_source[0] ? s->block_source : s->source,
			     out);
	}
}

static void print_scope(const char *key, const struct scope *s, FILE *out)
{
	char text[NAMESPACES_TEXT];

	if (!s->ns)
		return;
	fprintf(out, "%s%sscope = %s", key, *key ? "." : "",
		namespaces_text(s->ns, text));
	print_source(s->source, out);
}

static void print_trust(const struct trust *t, FILE *out)
{
	char text[TRUST_TEXT];

	policy_trust_text(t, text);
	fprintf(out, "trust = ");
	print_text(text, out);
	print_source(t->source, out);
}

static void print_word(const char *key, const char *word, const char *source,
		       FILE *out)
{
	fprintf(out, "%s = ", key);
	print_text(word, out);
	print_source(source, out);
}

static void print_dirs(const struct dirs *f, FILE *out)
{
	char text[BPFLOCK_DIRS_MAX * (BPFLOCK_DIR_LEN + 2)];

	policy_dirs_text(f, text, sizeof(text));
	fprintf(out, "rootfs.protect = ");
	print_text(text, out);
	print_source(f->source, out);
}

void policy_print(const struct policy *pol, FILE *out)
{
	char events[16];

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];

		if (p->internal)
			continue;
		print_setting(p, "", &pol->now[i], out);
		if (pol->late[i].set)
			print_setting(p, "late.", &pol->late[i], out);
		print_scope(p->key, &pol->scope_of[i], out);
	}
	print_scope("", &pol->scope, out);
	print_trust(&pol->trust, out);
	print_dirs(&pol->protect, out);
	print_word("seal", pol->seal ? "on" : "off", pol->seal_source, out);
	print_word("on_error", on_error_names[pol->on_error],
		   pol->on_error_source, out);
	snprintf(events, sizeof(events), "%u", pol->events);
	print_word("events", events, pol->events_source, out);
	if (pol->exec[0])
		print_word("exec", pol->exec, pol->exec_source, out);
	/* The last line: it binds the lines behind it. */
	print_word("floor", pol->floor ? "on" : "off", pol->floor_source, out);
}
