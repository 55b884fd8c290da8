// SPDX-License-Identifier: GPL-2.0-or-later
/* One binary, several names: bpflock-init, bpflock, and one a protection. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apply.h"
#include "boot.h"
#include "tool.h"

#ifndef VERSION
#define VERSION "unknown"
#endif

static const struct command {
	const char *name;
	int (*main)(int argc, char **argv);
	const char *what;
} commands[] = {
	{ "status", status_main, "what is enforced" },
	{ "events", events_main, "who was refused what" },
	{ "check", check_main, "can this kernel do it?" },
	{ "policy", policy_main, "the effective policy and its sources" },
	{ "late", late_main, "make it stricter, as late.* of the policy says" },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static int usage(FILE *out, int status)
{
	fputs("usage: bpflock COMMAND [OPTION]\n", out);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].what);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (protection_built(&protections[i]) &&
		    !protections[i].internal)
			fprintf(out, "  %-8s set it: %s\n", protections[i].key,
				protections[i].what);
	return status;
}

static int bpflock_main(int argc, char **argv)
{
	const struct protection *p;

	if (argc < 2)
		return usage(stderr, STATUS_USAGE);
	for (size_t i = 0; i < COMMANDS; i++)
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].main(argc - 1, argv + 1);
	p = protection_find(argv[1], strlen(argv[1]));
	if (p && protection_built(p) && !p->internal)
		return protection_main(p, argc - 1, argv + 1);
	if (!strcmp(argv[1], "-h") || !strcmp(argv[1], "--help"))
		return usage(stdout, STATUS_DONE);
	if (!strcmp(argv[1], "-V") || !strcmp(argv[1], "--version")) {
		puts("bpflock " VERSION);
		return STATUS_DONE;
	}
	fprintf(stderr, "bpflock: unknown command \"%s\"\n", argv[1]);
	return usage(stderr, STATUS_USAGE);
}

static int init_usage(FILE *out, int status)
{
	fputs("usage: bpflock-init [-r|--root DIR] [-- PROGRAM ARGUMENT ...]\n"
	      "Applies the policy before the real root is entered, which is "
	      "mounted at DIR;\nbpflock is the tool for later.\n",
	      out);
	return status;
}

/* Where the program stands that is to be started, if any. */
static int program_in(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--"))
			return i + 1 < argc ? i + 1 : 0;
	return 0;
}

/*
 * The kernel gives words that it does not know to PID 1 as arguments, never a
 * "--" among them: those are for the next program.
 */
static int init_main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "root", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int program = program_in(argc, argv), option;
	const char *root = NULL;

	if (!program && getpid() == 1)
		return boot_main(NULL, argv, false);
	while ((option = getopt_long(argc, argv, "+r:h", options, NULL)) != -1) {
		if (option == 'h')
			return init_usage(stdout, STATUS_DONE);
		if (option != 'r')
			return init_usage(stderr, STATUS_USAGE);
		root = optarg;
	}
	if (optind != (program ? program : argc))
		return init_usage(stderr, STATUS_USAGE);
	return boot_main(root, argv + program, program);
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	const struct protection *p;

	name = name ? name + 1 : argv[0];
	if (!strcmp(name, "bpflock"))
		return bpflock_main(argc, argv);
	p = protection_find(name, strlen(name));
	if (p && protection_built(p) && !p->internal)
		return protection_main(p, argc, argv);
	return init_main(argc, argv);
}
