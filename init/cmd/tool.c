// SPDX-License-Identifier: GPL-2.0-or-later
/* The tool: which command, by the name of the program or by its first word. */
#include <stdio.h>
#include <string.h>

#include "cmd/commands.h"
#include "policy/nearest.h"
#include "util/exit_status.h"
#include "util/version.h"

static const struct command {
	const char *name;
	int (*main)(int argc, char **argv);
	const char *what;
} commands[] = {
	{ "status", status_main, "show what the kernel enforces" },
	{ "events", events_main, "show what was denied, and to which process" },
	{ "check", check_main, "show what this kernel lacks" },
	{ "policy", policy_main, "show the effective policy and its sources" },
	{ "explain", explain_main, "what an operation is, and how to allow it" },
	{ "suggest", suggest_main, "a policy from what an audit has seen" },
	{ "late", late_main, "turn the policy's late settings on" },
	{ "list", list_main, "list the operations of each protection" },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static int usage(FILE *out, int status)
{
	fputs("usage: bpflock COMMAND [OPTION]\n", out);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-10s  %s\n", commands[i].name,
			commands[i].what);
	fputs("or a protection to set by hand, for\n", out);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (!protections[i].internal)
			fprintf(out, "  %-10s  %s\n", protections[i].key,
				protections[i].what);
	fputs("Each command has --help and --version.\n", out);
	return status;
}

/* A protection that can be set by hand, or NULL. */
static const struct protection *settable(const char *key)
{
	const struct protection *p = protection_find(key, strlen(key));

	return p && !p->internal ? p : NULL;
}

/* One line, with the command or protection that was perhaps meant. */
static int unknown(const char *word)
{
	struct nearest n;

	nearest_start(&n, word, strlen(word));
	for (size_t i = 0; i < COMMANDS; i++)
		nearest_try(&n, "", commands[i].name, "");
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (!protections[i].internal)
			nearest_try(&n, "", protections[i].key, "");
	fprintf(stderr, "bpflock: unknown command \"%s\"%s\n", word,
		nearest_hint(&n, ": bpflock --help lists them").text);
	return STATUS_USAGE;
}

static int bpflock_main(int argc, char **argv)
{
	const struct protection *p;

	if (argc < 2)
		return usage(stderr, STATUS_USAGE);
	for (size_t i = 0; i < COMMANDS; i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].main(argc - 1, argv + 1);
	p = settable(argv[1]);
	if (p)
		return protection_main(p, argc - 1, argv + 1);
	if (!strcmp(argv[1], "-h") || !strcmp(argv[1], "--help"))
		return usage(stdout, STATUS_DONE);
	if (!strcmp(argv[1], "-V") || !strcmp(argv[1], "--version")) {
		version_print();
		return STATUS_DONE;
	}
	return unknown(argv[1]);
}

int tool_main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	const struct protection *p;

	name = name ? name + 1 : argv[0];
	if (!strcmp(name, "bpflock"))
		return bpflock_main(argc, argv);
	p = settable(name);
	return p ? protection_main(p, argc, argv) : -1;
}
