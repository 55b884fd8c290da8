// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One binary with several names: bpflock-init, bpflock, and the word of each
 * protection. With BOOT_ONLY there is no tool in it: build/bpflock-boot.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "boot/boot.h"
#ifndef BOOT_ONLY
#include "cmd/commands.h"
#endif
#include "protections.h"
#include "util/exit_status.h"
#include "util/version.h"

#ifdef BOOT_ONLY
static const char where_the_tool_is[] =
	"This bpflock-init is without the tool. Run that of the real root, also "
	"in a shell\nof the initramfs: /sysroot/usr/sbin/bpflock (dracut), "
	"/root/usr/sbin/bpflock\n(initramfs-tools).\n";

/*
 * Somebody has made a link to this program under a name of the tool. Without
 * this, "kimg" would apply the policy. PID 1 may have any name.
 *
 * Return: exit status, or -1: it is another name.
 */
static int tool_main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	const struct protection *p;

	(void)argc;
	name = name ? name + 1 : argv[0];
	p = protection_find(name, strlen(name));
	if (getpid() == 1 || (strcmp(name, "bpflock") && (!p || p->internal)))
		return -1;
	fputs(where_the_tool_is, stderr);
	return STATUS_USAGE;
}
#else
static const char where_the_tool_is[] = "bpflock is the tool for later.\n";
#endif

static int init_usage(FILE *out, int status)
{
	fputs("usage: bpflock-init [-r|--root DIR] [-- PROGRAM ARGUMENT ...]\n"
	      "Applies the policy before the real root, mounted at DIR, is "
	      "entered.\n",
	      out);
	fputs(where_the_tool_is, out);
	return status;
}

/* The place of the program that is to be started; 0: there is none. */
static int program_in(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--"))
			return i + 1 < argc ? i + 1 : 0;
	return 0;
}

/*
 * The kernel gives PID 1 the words that it does not know as arguments, never
 * a "--" among them. They are for the next program.
 */
static int init_main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "root", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int program = program_in(argc, argv), option;
	const char *root = NULL;

	if (!program && getpid() == 1)
		return boot_main(NULL, argv, false);
	while ((option = getopt_long(argc, argv, "+r:hV", options, NULL)) !=
	       -1) {
		if (option == 'h')
			return init_usage(stdout, STATUS_DONE);
		if (option == 'V') {
			version_print();
			return STATUS_DONE;
		}
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
	int status = tool_main(argc, argv);

	return status >= 0 ? status : init_main(argc, argv);
}
