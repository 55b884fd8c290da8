// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock status -v: a protection with its hooks, scope, trust and counters. */
#include <string.h>

#include "cmd/view.h"
#include "kernel/record.h"
#include "util/print.h"

static void print_list(int i, const char *when, const char *name, uint64_t ops,
		       FILE *out)
{
	fprintf(out, "  %s%s", when, name);
	print_ops(out, &protections[i], ops);
	fputc('\n', out);
}

static void print_lists(int i, const char *when,
			const struct bpflock_part *part, FILE *out)
{
	if (part->has_allow)
		print_list(i, when, "allow:  ", part->allow, out);
	if (part->block)
		print_list(i, when, "block:  ", part->block, out);
}

static void print_late(const struct view *v, int i, FILE *out)
{
	const struct bpflock_record *r = &v->now.one[i].record;

	if (!record_late(r))
		return;
	fprintf(out, "  late:   %s, %s (%s)\n", mode_names[r->late.mode],
		v->now.late ? "in force" : "waits for bpflock late",
		r->late.source);
	print_lists(i, "late ", &r->late, out);
}

static void print_rest(const struct view *v, int i, FILE *out)
{
	const struct bpflock_record *r = &v->now.one[i].record;
	const struct protection *p = &protections[i];
	char scope[NAMESPACES_TEXT];

	fprintf(out, "  scope:  %s\n", namespaces_text(r->scope, scope));
	fprintf(out, "  trust:  %s\n", r->trust_text);
	if (r->dirs_text[0])
		fprintf(out, "  protect: %s\n", r->dirs_text);
	if (i == BPFLOCK_ROOTFS && v->root_writable)
		fputs("  the root is writable: remount has nothing to "
		      "protect\n",
		      out);
	for (unsigned int h = 0; h < p->n_hooks; h++)
		fprintf(out, "  hook:   %s %s\n", p->hooks[h].name,
			*v->one[i].hook[h] ? v->one[i].hook[h] : "?");
	for (unsigned int op = 0; op < p->n_ops; op++) {
		const struct bpflock_counter *c = &v->one[i].counter[op];

		if (c->denied || c->audited)
			fprintf(out, "  count:  %s denied %llu, audited %llu\n",
				p->ops[op].name, c->denied, c->audited);
	}
}

/* Must there be a pinned program at the hook, by the record? */
static bool needs_anchor(const struct view *v, int i, const char *hook)
{
	const struct protection *p = &protections[i];

	for (unsigned int h = 0; h < p->n_hooks; h++)
		if (!strcmp(p->hooks[h].name, hook))
			return v->now.one[i].has_record &&
			       record_needs_hook(&v->now.one[i].record, p, h);
	return false;
}

unsigned int view_anchored(const struct view *v, unsigned int *lacking)
{
	unsigned int all = 0, lacks = 0;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		all |= v->anchored.hooks[i];
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		for (int h = 0; h < ANCHOR_HOOKS; h++)
			if (!(v->anchored.hooks[i] & (1u << h)) &&
			    anchor_hooks[h].of & (1u << i) &&
			    needs_anchor(v, i, anchor_hooks[h].pinned))
				lacks |= 1u << h;
	if (lacking)
		*lacking = lacks;
	return all & ~lacks;
}

void view_details(const struct view *v, int i, FILE *out)
{
	const struct in_force_one *one = &v->now.one[i];
	const struct bpflock_record *r = &one->record;

	fprintf(out, "%s: ", protections[i].key);
	if (!one->has_record) {
		fputs(!one->present ? "off\n" :
		      one->foreign  ? "in force, by another version of "
				      "bpflock\n" :
		      one->unreadable ?
				     "in force; its record cannot be read\n" :
				     "BROKEN: its directory is there, its "
				     "policy is not\n",
		      out);
		return;
	}
	fprintf(out, "%s%s (%s)\n", mode_names[r->now.mode],
		v->one[i].ok ? "" : " BROKEN",
		*r->now.source ? r->now.source : "default");
	print_lists(i, "", &r->now, out);
	if (r->unguarded)
		print_list(i, "", "not guarded here: ", r->unguarded, out);
	print_late(v, i, out);
	print_rest(v, i, out);
}
