// SPDX-License-Identifier: GPL-2.0-or-later
/* "kimg -p restrict -a debugfs,ioport" sets one protection by hand. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "apply.h"
#include "util/log.h"
#include "kernel/mounts.h"
#include "cmd/commands.h"
#include "util/print.h"
#include "util/version.h"

static bool has_dirs(const struct protection *p)
{
	return p == &protections[BPFLOCK_ROOTFS];
}

#define OPERATIONS_LEN 1024 /* bytes for the names of all, with blanks */

static void print_operations(const struct protection *p, FILE *out)
{
	char text[OPERATIONS_LEN] = "";
	size_t at = 0;

	for (unsigned int i = 0; i < p->n_ops && at < sizeof(text); i++)
		at += snprintf(text + at, sizeof(text) - at, "%s%s",
			       at ? " " : "", p->ops[i].name);
	fputs("operations: ", out);
	print_words(out, text, 12);
}

static void usage(const struct protection *p, FILE *out)
{
	fprintf(out,
		"usage: %s [-p MODE] [-a OPERATIONS] [-b OPERATIONS]\n"
		"       [-s NAMESPACES] [-t CGROUPS]%s\n"
		"  -p, --profile  allow|none, audit, restrict (default), deny\n"
		"  -a, --allow    only these remain open, to host processes\n"
		"  -b, --block    these are denied to all\n"
		"  -s, --scope    namespaces that make a process a host "
		"process (mnt)\n"
		"  -t, --trust    cgroups whose processes count as host\n"
		"%s",
		p->key, has_dirs(p) ? " [-f DIRECTORIES]" : "",
		has_dirs(p) ? "  -f, --protect  directories that nothing is "
			      "mounted over (/usr,/etc,/boot)\n" :
			      "");
	print_operations(p, out);
}

#define TEXT_LEN 4096

/* Options become lines of policy text, so that there is one grammar. */
static bool add_line(char *text, const char *key, const char *sub,
		     const char *value)
{
	size_t at = strlen(text);
	int n = snprintf(text + at, TEXT_LEN - at, "%s%s = %s\n", key, sub,
			 value);

	if (n < (int)(TEXT_LEN - at) && !strchr(value, '\n'))
		return true;
	log_error("%s%s: the value is too long or has a newline in it: "
		  "shorten it",
		  key, sub);
	return false;
}

static const struct option options[] = {
	{ "profile", required_argument, NULL, 'p' },
	{ "allow", required_argument, NULL, 'a' },
	{ "block", required_argument, NULL, 'b' },
	{ "scope", required_argument, NULL, 's' },
	{ "trust", required_argument, NULL, 't' },
	{ "protect", required_argument, NULL, 'f' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ 0 },
};

/* 0, 1 (help was given) or -EINVAL, reported */
static int parse(char *text, const struct protection *p, int argc, char **argv)
{
	const char *mode = "restrict";
	bool ok = true;
	int opt;

	while ((opt = getopt_long(argc, argv, "p:a:b:s:t:f:hV", options,
				  NULL)) != -1) {
		if (opt == 'p')
			mode = optarg;
		else if (opt == 'a')
			ok &= add_line(text, p->key, ".allow", optarg);
		else if (opt == 'b')
			ok &= add_line(text, p->key, ".block", optarg);
		else if (opt == 's')
			ok &= add_line(text, p->key, ".scope", optarg);
		else if (opt == 't')
			ok &= add_line(text, "trust", "", optarg);
		else if (opt == 'f' && has_dirs(p))
			ok &= add_line(text, p->key, ".protect", optarg);
		else
			break;
	}
	if (opt == 'h' || opt == 'V') {
		if (opt == 'h')
			usage(p, stdout);
		else
			version_print();
		return 1;
	}
	if (opt != -1 || optind < argc) {
		usage(p, stderr);
		return -EINVAL;
	}
	return ok && add_line(text, p->key, "", mode) ? 0 : -EINVAL;
}

/* The lines of the text as words of the kernel command line */
static void print_cmdline(const char *text)
{
	fputs("   ", stdout);
	for (size_t key, line; *text; text += line + 1) {
		key = strcspn(text, " ");
		line = strcspn(text, "\n");
		printf(" bpflock.%.*s=%.*s", (int)key, text,
		       (int)(line - key - 3), text + key + 3);
	}
	putchar('\n');
}

static void print_lasting(const char *text)
{
	puts("until the next boot; to make it last, in /etc/bpflock/policy of "
	     "the initramfs:");
	for (size_t line; *text; text += line + 1) {
		line = strcspn(text, "\n");
		printf("    %.*s\n", (int)line, text);
	}
}

int protection_main(const struct protection *p, int argc, char **argv)
{
	char summary[256] = "", text[TEXT_LEN] = "";
	static struct policy pol;
	enum status status;
	int err = parse(text, p, argc, argv);

	if (err)
		return err < 0 ? STATUS_USAGE : STATUS_DONE;
	policy_init(&pol);
	policy_add(&pol, POLICY_TEXT, "options", text, strlen(text));
	for (unsigned int i = 0; i < pol.diags; i++)
		log_error("%s", pol.diag[i]);
	if (pol.errors) {
		log_error("%s: nothing is changed: correct the options",
			  p->key);
		return STATUS_POLICY;
	}
	if (mounts_prepare())
		return STATUS_SYSTEM;
	status = apply(&pol, 1u << (p - protections), summary, sizeof(summary));
	if (status)
		return status;
	puts(*summary ? summary : "taken off");
	print_lasting(text);
	puts("or on the kernel command line:");
	print_cmdline(text);
	return STATUS_DONE;
}
