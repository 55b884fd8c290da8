// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock policy: what the sources amount to, for a look and for CI. */
#include <getopt.h>
#include <stdio.h>

#include "apply.h"
#include "sources.h"
#include "tool.h"

static const struct option options[] = {
	{ "cmdline", required_argument, NULL, 'c' },
	{ "policy", required_argument, NULL, 'f' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

int policy_main(int argc, char **argv)
{
	const char *cmdline = CMDLINE_FILE, *file = POLICY_FILE;
	static const char text[] =
		"usage: bpflock policy [--cmdline FILE] [--policy FILE]\n";
	static struct policy pol;
	int opt, err;

	while ((opt = getopt_long(argc, argv, "c:f:h", options, NULL)) != -1) {
		if (opt == 'c') {
			cmdline = optarg;
		} else if (opt == 'f') {
			file = optarg;
		} else {
			fputs(text, opt == 'h' ? stdout : stderr);
			return opt == 'h' ? STATUS_DONE : STATUS_USAGE;
		}
	}
	err = sources_read(&pol, file, cmdline);
	for (unsigned int i = 0; i < pol.diags; i++)
		fprintf(stderr, "bpflock: %s\n", pol.diag[i]);
	if (pol.errors > pol.diags)
		fprintf(stderr, "bpflock: %u more errors\n",
			pol.errors - pol.diags);
	policy_print(&pol, stdout);
	return err ? STATUS_POLICY : STATUS_DONE;
}
