// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock explain: an operation, or the operation of an event. */
#include <stdio.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/explain.h"
#include "kernel/in_force.h"
#include "util/exit_status.h"
#include "util/log.h"

#define TEXT_LEN 1024

static int usage(FILE *out, int status)
{
	fputs("usage: bpflock explain OPERATION | LINE OF bpflock events\n"
	      "  OPERATION is kimg.dev_mem or dev_mem; bpflock list prints "
	      "them\n",
	      out);
	return status;
}

/* The arguments with blanks between them: an event needs no quotes. */
static void join(char text[TEXT_LEN], char **argv)
{
	size_t at = 0;

	text[0] = '\0';
	for (; *argv && at < TEXT_LEN; argv++)
		at += snprintf(text + at, TEXT_LEN - at, "%s%s", at ? " " : "",
			       *argv);
}

static void explain(const struct protection *p, int op)
{
	static struct in_force now;
	const struct in_force_one *one = &now.one[p - protections];

	in_force_read(&now);
	if (one->unreadable)
		log_error("what is in force cannot be read: run this as root "
			  "on the host for the lines that allow it");
	explain_print(p, op, one->has_record ? &one->record : NULL, stdout);
}

int explain_main(int argc, char **argv)
{
	const struct protection *p;
	char text[TEXT_LEN];
	int op, from = 0;

	if (argc < 2)
		return usage(stderr, STATUS_USAGE);
	if (!strcmp(argv[1], "-h") || !strcmp(argv[1], "--help"))
		return usage(stdout, STATUS_DONE);
	join(text, argv + 1);
	op = explain_find(text, &p, 0);
	if (op < 0) {
		log_error("explain: no operation in \"%s\": bpflock list "
			  "prints them",
			  text);
		return STATUS_USAGE;
	}
	while (op >= 0) {
		if (from)
			putchar('\n');
		explain(p, op);
		from = p - protections + 1;
		op = strchr(text, '.') || from == BPFLOCK_PROTECTIONS ?
			     -1 :
			     explain_find(text, &p, from);
	}
	return STATUS_DONE;
}
