// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock policy: the effective policy of all sources, also for CI. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/policy_lines.h"
#include "policy/moot.h"
#include "policy/sources.h"
#include "util/exit_status.h"

static const char usage[] =
	"usage: bpflock policy [--json] [--cmdline FILE] [--policy FILE]\n"
	"       bpflock policy diff FILE FILE\n";

static void print_mistakes(const struct policy *pol)
{
	for (unsigned int i = 0; i < pol->diags; i++)
		fprintf(stderr, "bpflock: %s\n", pol->diag[i]);
	if (pol->errors > pol->diags)
		fprintf(stderr, "bpflock: %u more errors\n",
			pol->errors - pol->diags);
}

static void print_warnings(const struct policy *pol)
{
	struct moot m;

	if (*pol->again)
		fprintf(stderr, "bpflock: warning: %s\n", pol->again);
	policy_moot(pol, &m);
	for (unsigned int i = 0; i < m.n; i++)
		fprintf(stderr, "bpflock: warning: %s\n", m.text[i]);
}

/* Each of the two files alone: what is compiled in is not compared. */
static int diff_main(int argc, char **argv)
{
	static struct policy pol[2];
	int status = options_some(NO_FLAGS, usage, argc, argv);

	if (status >= 0)
		return status;
	if (optind + 2 != argc) {
		fputs(usage, stderr);
		return STATUS_USAGE;
	}
	for (int i = 0; i < 2; i++) {
		sources_file(&pol[i], argv[optind + i]);
		print_mistakes(&pol[i]);
	}
	if (pol[0].errors || pol[1].errors)
		return STATUS_POLICY;
	status = policy_diff(&pol[0], &pol[1], stdout);
	return status < 0 ? status_of(status) :
	       status	  ? STATUS_NOT_ENFORCED :
			    STATUS_DONE;
}

int policy_main(int argc, char **argv)
{
	const char *cmdline = CMDLINE_FILE, *file = POLICY_FILE;
	bool json = false;
	const struct flag flags[] = { { "json", 'j', &json, NULL },
				      { "cmdline", 'c', NULL, &cmdline },
				      { "policy", 'f', NULL, &file },
				      { 0 } };
	static struct policy pol;
	int status, err;

	if (argc > 1 && !strcmp(argv[1], "diff"))
		return diff_main(argc - 1, argv + 1);
	status = options_read(flags, usage, argc, argv);
	if (status >= 0)
		return status;
	err = sources_read(&pol, file, cmdline);
	if (json) {
		status = policy_json(&pol, stdout);
		if (status)
			return status_of(status);
	} else {
		print_mistakes(&pol);
		print_warnings(&pol);
		policy_print(&pol, stdout);
	}
	return err ? STATUS_POLICY : STATUS_DONE;
}
