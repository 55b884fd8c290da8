// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock policy: the effective policy of all sources, also for CI. */
#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/options.h"
#include "policy/sources.h"
#include "util/exit_status.h"

int policy_main(int argc, char **argv)
{
	const char *cmdline = CMDLINE_FILE, *file = POLICY_FILE;
	const struct flag flags[] = { { "cmdline", 'c', NULL, &cmdline },
				      { "policy", 'f', NULL, &file },
				      { 0 } };
	static struct policy pol;
	int status, err;

	status = options_read(
		flags,
		"usage: bpflock policy [--cmdline FILE] [--policy FILE]\n",
		argc, argv);
	if (status >= 0)
		return status;
	err = sources_read(&pol, file, cmdline);
	for (unsigned int i = 0; i < pol.diags; i++)
		fprintf(stderr, "bpflock: %s\n", pol.diag[i]);
	if (pol.errors > pol.diags)
		fprintf(stderr, "bpflock: %u more errors\n",
			pol.errors - pol.diags);
	policy_print(&pol, stdout);
	return err ? STATUS_POLICY : STATUS_DONE;
}
