// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock status for people, on 80 columns. */
#include <errno.h>
#include <string.h>

#include "cmd/event.h"
#include "cmd/view.h"
#include "kernel/record.h"
#include "record/asked.h"
#include "record/seal.h"
#include "util/print.h"

#define COLUMNS 80
#define INDENT	12
#define PAD	"            " /* INDENT blanks */

/* ECMA-48, on a terminal alone. */
static const char *shade(bool colour, enum verdict verdict)
{
	switch (colour ? verdict : VERDICTS) {
	case VERDICT_LOCKED:
		return "\033[1;32m";
	case VERDICT_OFF:
	case VERDICT_BY_HAND:
	case VERDICT_BLIND:
		return "\033[1;33m";
	case VERDICT_MISSING:
	case VERDICT_BROKEN:
	case VERDICT_MISTAKES:
	case VERDICT_DIFFERS:
		return "\033[1;31m";
	default:
		return "";
	}
}

static const char *words_of(const struct bpflock_part *part)
{
	static const char *const words[] = {
		[BPFLOCK_ALLOW] = "open, but for the list below",
		[BPFLOCK_AUDIT] = "reported, nothing is denied",
		[BPFLOCK_RESTRICT] = "denied to all but the host",
		[BPFLOCK_DENY] = "denied to everyone",
	};

	if (part->mode == BPFLOCK_RESTRICT && part->has_allow)
		return "denied, but for the list below";
	return part->mode < BPFLOCK_MODES ? words[part->mode] : "?";
}

static void sum(const struct view_one *one, unsigned long long *denied,
		unsigned long long *audited)
{
	*denied = *audited = 0;
	for (int op = 0; op < BPFLOCK_OPS_MAX; op++) {
		*denied += one->counter[op].denied;
		*audited += one->counter[op].audited;
	}
}

/* A list, continued on the next line where the line is full. */
static void print_wrapped(const char *head, const struct protection *p,
			  uint64_t ops, FILE *out)
{
	size_t column = INDENT + strlen(head);
	const char *comma = "";

	fprintf(out, PAD "%s", head);
	for (unsigned int i = 0; i < p->n_ops; i++) {
		size_t n = strlen(p->ops[i].name) + 2;

		if (!(ops & BPFLOCK_BIT(i)))
			continue;
		if (column + n > COLUMNS) {
			fprintf(out, "%s\n" PAD "  ", comma);
			comma = "";
			column = INDENT + 2;
		}
		fprintf(out, "%s%s%s", comma, *comma ? " " : "",
			p->ops[i].name);
		comma = ",";
		column += n;
	}
	fputc('\n', out);
}

static void print_exceptions(const struct protection *p,
			     const struct bpflock_part *part, FILE *out)
{
	if (part->has_allow && !part->allow)
		fputs(PAD "open to the host: nothing\n", out);
	else if (part->has_allow)
		print_wrapped(p->rules && p->rules->allow_only_opens ?
				      "open to the host too: " :
				      "open to the host: ",
			      p, part->allow, out);
	if (part->block)
		print_wrapped("denied to everyone: ", p, part->block, out);
}

static void print_late(const struct view *v, int i, FILE *out)
{
	const struct bpflock_record *r = &v->now.one[i].record;

	if (!record_late(r))
		return;
	fprintf(out, PAD "late: %s, %s\n", words_of(&r->late),
		v->now.late ? "in force" : "waits for \"bpflock late\"");
	print_exceptions(&protections[i], &r->late, out);
}

static void print_last(const struct view *v, int i, FILE *out)
{
	const struct bpflock_event *e = &v->one[i].last;
	char when[WHEN_LEN];

	if (!v->one[i].has_last)
		return;
	event_when(e->time_ns + v->boot_ns, false, when);
	fprintf(out, PAD "last: %.19s %s%s\n" PAD "      ", when, event_op(e),
		e->verdict == BPFLOCK_DENIED ? "" : " (not denied)");
	event_who(e, out);
	fputc('\n', out);
}

static void print_counts(const struct view_one *one, FILE *out)
{
	unsigned long long denied, audited;
	char text[48] = "";

	sum(one, &denied, &audited);
	if (denied)
		snprintf(text, sizeof(text), "%llu denied", denied);
	else if (audited)
		snprintf(text, sizeof(text), "%llu reported", audited);
	fprintf(out, " %-13s", text);
}

static void print_one(const struct view *v, int i, bool colour, FILE *out)
{
	const struct in_force_one *one = &v->now.one[i];
	const struct bpflock_record *r = &one->record;
	const struct protection *p = &protections[i];
	bool bad = !v->one[i].ok;

	fprintf(out, "%-*s", INDENT, p->key);
	if (!one->has_record) {
		fputs(!one->present ? "off\n" :
		      one->foreign  ? "in force, by another version of "
				      "bpflock\n" :
		      one->unreadable ?
				     "in force; its record cannot be read\n" :
				     "BROKEN: its record is gone\n",
		      out);
		return;
	}
	fprintf(out, "%s%-30s%s", bad && colour ? "\033[1;31m" : "",
		bad ? "BROKEN: see bpflock status -v" : words_of(&r->now),
		bad && colour ? "\033[0m" : "");
	print_counts(&v->one[i], out);
	fprintf(out, " %s\n", *r->now.source ? r->now.source : "default");
	print_exceptions(p, &r->now, out);
	if (r->unguarded)
		print_wrapped("NOT IN THIS KERNEL: ", p, r->unguarded, out);
	print_late(v, i, out);
	if (i == BPFLOCK_ROOTFS && v->root_writable)
		fputs(PAD "the root is writable: remount has nothing to "
			  "protect\n",
		      out);
	print_last(v, i, out);
}

static void print_anchored(const struct view *v, FILE *out)
{
	char hooks[ANCHORS_TEXT];
	unsigned int lacks, is = view_anchored(v, &lacks);

	if (is)
		fprintf(out, "  anchored: %s\n", anchors_text(is, hooks));
	if (lacks)
		fprintf(out, "  not anchored: %s\n",
			anchors_text(lacks, hooks));
}

static void print_seal(const struct view *v, bool verbose, FILE *out)
{
	char gaps[SEAL_GAPS_LEN];

	if (verbose)
		fprintf(out, "seal: %s\n", seal_state(&v->now));
	if (verbose && (seal_in_force(&v->now) || view_unpinned(v)))
		print_anchored(v, out);
	if (!seal_in_force(&v->now) || !seal_gaps(&v->now, gaps))
		return;
	fprintf(out, "%s%s\n",
		verbose ? "  not denied to the host: " :
			  "seal        advisory; not denied to the host: ",
		gaps);
}

/* What this process may know although it may not look at the pins. */
static void print_asked(const struct view *v, FILE *out)
{
	fputs("asked for:\n", out);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct bpflock_part *part = &v->asked.now[i];

		if (!*part->source)
			continue;
		fprintf(out, "%-*s%-44s %s\n", INDENT, protections[i].key,
			words_of(part), part->source);
		print_exceptions(&protections[i], part, out);
	}
}

static void print_off(const struct view *v, FILE *out)
{
	size_t column = 0;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		size_t n = strlen(protections[i].key) + 1;

		if (v->now.one[i].present || protections[i].internal)
			continue;
		if (!column || column + n > COLUMNS) {
			fprintf(out, "%s%-*s", column ? "\n" : "", INDENT - 1,
				column ? "" : "off");
			column = INDENT - 1;
		}
		fprintf(out, " %s", protections[i].key);
		column += n;
	}
	if (column)
		fputc('\n', out);
}

/* A record that differs in who is host from the others is left to -v. */
static const struct bpflock_record *common(const struct view *v)
{
	const struct bpflock_record *found = NULL;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct bpflock_record *r = &v->now.one[i].record;

		if (!v->now.one[i].has_record || protections[i].internal)
			continue;
		if (found && (found->scope != r->scope ||
			      strcmp(found->trust_text, r->trust_text)))
			return NULL;
		found = r;
	}
	return found;
}

static void print_host(const struct view *v, FILE *out)
{
	const struct bpflock_record *r = common(v);
	char scope[NAMESPACES_TEXT];

	if (!r)
		return;
	fprintf(out, "%-*sa process in the initial %s namespace", INDENT,
		"host", namespaces_text(r->scope, scope));
	if (r->host_services)
		fputs(", or a system service", out);
	fputc('\n', out);
	if (strchr(r->trust_text, ','))
		fputs(PAD "or one in a trusted cgroup (see -v)\n", out);
}

static void print_all(const struct view *v, bool colour, FILE *out)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (v->now.one[i].present)
			print_one(v, i, colour, out);
	print_off(v, out);
	print_host(v, out);
}

void view_text(const struct view *v, bool colour, bool verbose, FILE *out)
{
	struct judged j = view_judge(v);
	char line[VERDICT_LEN];

	fprintf(out, "%s%s%s\n", shade(colour, j.verdict),
		verdict_line(v, &j, line), colour ? "\033[0m" : "");
	verdict_advice(v, &j, out);
	if (v->blind == -EACCES) { /* not even the names of the pins */
		if (asked_any(&v->asked))
			print_asked(v, out);
		return;
	}
	if (verbose)
		for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
			view_details(v, i, out);
	else
		print_all(v, colour, out);
	print_seal(v, verbose, out);
}
