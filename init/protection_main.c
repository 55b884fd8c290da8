// SPDX-License-Identifier: GPL-2.0-or-later
/* kimg -p restrict -a debugfs,ioport: one protection, set by hand. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "apply.h"
#include "log.h"
#include "mounts.h"
#include "tool.h"

static void usage(const struct protection *p, FILE *out)
{
	fprintf(out,
		"usage: %s [-p MODE] [-a OPERATIONS] [-b OPERATIONS] "
		"[-s NAMESPACES] [-t CGROUPS]\n"
		"  -p, --profile  allow|none, audit, restrict (default), deny\n"
		"  -a, --allow    only these remain open, to host processes\n"
		"  -b, --block    these are denied to all\n"
		"  -s, --scope    namespaces that make a process a host "
		"process (mnt)\n"
		"  -t, --trust    cgroups whose processes count as host\n"
		"operations:",
		p->key);
	for (unsigned int i = 0; i < p->n_ops; i++)
		fprintf(out, " %s", p->ops[i]);
	fputc('\n', out);
}

/* As a line of policy text, so that there is one grammar. */
static int add_line(struct policy *pol, const struct protection *p,
		    const char *option, const char *key, const char *value)
{
	char line[1024], source[64];
	int n = snprintf(line, sizeof(line), "%s%s = %s\n", p ? p->key : "",
			 key, value);

	if (n >= (int)sizeof(line) || strchr(value, '\n')) {
		policy_error(pol, "option -%s: value too long", option);
		return -EINVAL;
	}
	snprintf(source, sizeof(source), "option -%s", option);
	return policy_add(pol, POLICY_TEXT, source, line, n);
}

static const struct option options[] = {
	{ "profile", required_argument, NULL, 'p' },
	{ "allow", required_argument, NULL, 'a' },
	{ "block", required_argument, NULL, 'b' },
	{ "scope", required_argument, NULL, 's' },
	{ "trust", required_argument, NULL, 't' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static int parse(struct policy *pol, const struct protection *p, int argc,
		 char **argv)
{
	const char *mode = "restrict";
	int opt;

	policy_init(pol);
	while ((opt = getopt_long(argc, argv, "p:a:b:s:t:h", options, NULL)) !=
	       -1) {
		switch (opt) {
		case 'p':
			mode = optarg;
			break;
		case 'a':
			add_line(pol, p, "a", ".allow", optarg);
			break;
		case 'b':
			add_line(pol, p, "b", ".block", optarg);
			break;
		case 's':
			add_line(pol, NULL, "s", "scope", optarg);
			break;
		case 't':
			add_line(pol, NULL, "t", "trust", optarg);
			break;
		case 'h':
			usage(p, stdout);
			return 1;
		default:
			usage(p, stderr);
			return -EINVAL;
		}
	}
	if (optind < argc) {
		usage(p, stderr);
		return -EINVAL;
	}
	add_line(pol, p, "p", "", mode);
	return 0;
}

int protection_main(const struct protection *p, int argc, char **argv)
{
	static struct policy pol;
	char summary[256] = "";
	enum status status;
	int err = parse(&pol, p, argc, argv);

	if (err)
		return err < 0 ? STATUS_USAGE : STATUS_DONE;
	for (unsigned int i = 0; i < pol.diags; i++)
		log_error("%s", pol.diag[i]);
	if (pol.errors)
		return STATUS_POLICY; /* nothing has changed */
	if (mounts_prepare())
		return STATUS_SYSTEM;
	status = apply(&pol, 1u << (p - protections), summary,
		       sizeof(summary));
	if (!status)
		printf("%s\n", *summary ? summary : "taken off");
	return status;
}
