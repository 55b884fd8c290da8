// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock explain: an operation, or the operation of an event. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/explain.h"
#include "cmd/options.h"
#include "kernel/in_force.h"
#include "kernel/pins.h"
#include "policy/nearest.h"
#include "policy/sources.h"
#include "record/asked.h"
#include "util/embedded.h"
#include "util/exit_status.h"
#include "util/log.h"

#define TEXT_LEN 8192 /* an event in JSON, with the longest names */

static const char usage[] =
	"usage: bpflock explain OPERATION | EVENT | -\n"
	"  OPERATION is kimg.dev_mem or dev_mem; bpflock list prints them\n"
	"  EVENT is a line of bpflock events, in quotes; - reads it from a "
	"pipe\n";

/* The arguments with blanks between them: an event needs no quotes. */
static void join(char text[TEXT_LEN], char **argv)
{
	size_t at = 0;

	text[0] = '\0';
	for (; *argv && at < TEXT_LEN; argv++)
		at += snprintf(text + at, TEXT_LEN - at, "%s%s", at ? " " : "",
			       *argv);
}

/* "bpflock events | tail -n 1 | bpflock explain -" */
static void read_line(char text[TEXT_LEN])
{
	text[0] = '\0';
	if (fgets(text, TEXT_LEN, stdin))
		text[strcspn(text, "\n")] = '\0';
}

/* May this process look at the pins at all? */
static bool blind(void)
{
	return access(PINS, R_OK) && errno != ENOENT;
}

/* What is in force, or else what the policies ask for. */
static void look(struct explain_is *is, int which)
{
	static char trust[TRUST_TEXT];
	static struct in_force now;
	static struct kept asked;
	static struct policy pol;
	const struct in_force_one *one = &now.one[which];

	*is = (struct explain_is){ .about = is->about,
				   .cgroup = is->cgroup,
				   .host = is->host };
	in_force_read(&now);
	if (one->has_record) {
		is->r = &one->record;
		is->now = one->record.now;
		is->late = one->record.late;
		is->late_on = now.late;
	} else if (one->unreadable || blind()) {
		sources_read(&pol, POLICY_FILE, CMDLINE_FILE);
		asked_for(&asked, &pol);
		is->now = asked.now[which];
		is->late = asked.late[which];
		is->asked_only = true;
		policy_trust_text(&pol.trust, trust);
		is->trust = trust;
	}
}

/* The nearest operation, if there is a near one. */
static struct hint nearest_op(const char *text)
{
	struct nearest n;

	nearest_start(&n, text, strlen(text));
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];
		char dotted[NEAREST_MAX];

		snprintf(dotted, sizeof(dotted), "%s.", p->key);
		for (unsigned int op = 0; op < p->n_ops; op++) {
			nearest_try(&n, "", p->ops[op].name, "");
			nearest_try(&n, dotted, p->ops[op].name, "");
		}
	}
	return nearest_hint(&n, ": bpflock list prints them");
}

static void explain_all(const char *text, const struct protection *p, int op)
{
	char cgroup[EXPLAIN_CGROUP];
	struct explain_is is = { 0 };
	size_t size;
	char *about = embedded_unpack(&operations_gz, &size);
	int from;

	/* The text ends with a newline, and so it may end with a NUL instead. */
	if (about)
		about[size - 1] = '\0';
	is.about = about;
	explain_cgroup(text, p, op, cgroup, &is.host);
	is.cgroup = cgroup;
	do {
		look(&is, p - protections);
		explain_print(p, op, &is, stdout);
		from = p - protections + 1;
		op = strchr(text, '.') || from == BPFLOCK_PROTECTIONS ?
			     -1 :
			     explain_find(text, &p, from);
		if (op >= 0)
			putchar('\n');
	} while (op >= 0);
	free(about);
}

int explain_main(int argc, char **argv)
{
	const struct protection *p;
	char text[TEXT_LEN];
	int op, status = options_some(NO_FLAGS, usage, argc, argv);

	if (status >= 0)
		return status;
	if (optind + 1 == argc && !strcmp(argv[optind], "-"))
		read_line(text);
	else
		join(text, argv + optind);
	op = explain_find(text, &p, 0);
	if (op < 0) {
		log_error("explain: no operation in \"%s\"%s", text,
			  nearest_op(text).text);
		return STATUS_USAGE;
	}
	explain_all(text, p, op);
	return STATUS_DONE;
}
