// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>

#include "cmd/options.h"
#include "util/exit_status.h"
#include "util/version.h"

static bool take(const struct flag *f, int opt)
{
	while (f->name && f->letter != opt)
		f++;
	if (!f->name)
		return false;
	if (f->set)
		*f->set = true;
	if (f->value)
		*f->value = optarg;
	return true;
}

/* "+": the first argument that is no option ends the options. */
static int read_flags(const struct flag *flags, int argc, char **argv)
{
	struct option longs[FLAGS_MAX + 3] = { { "help", 0, NULL, 'h' },
					       { "version", 0, NULL, 'V' } };
	char shorts[2 * FLAGS_MAX + 4] = "+hV";
	int n = 2, at = 3, opt;

	for (const struct flag *f = flags; f->name; f++) {
		longs[n++] =
			(struct option){ f->name, !!f->value, NULL, f->letter };
		shorts[at++] = f->letter;
		if (f->value)
			shorts[at++] = ':';
	}
	do
		opt = getopt_long(argc, argv, shorts, longs, NULL);
	while (opt != -1 && take(flags, opt));
	return opt;
}

static int read_all(const struct flag *flags, const char *usage, bool operands,
		    int argc, char **argv)
{
	int opt = read_flags(flags, argc, argv);

	if (opt == 'V') {
		version_print();
		return STATUS_DONE;
	}
	if (opt == -1 && operands == (optind < argc))
		return -1;
	fputs(usage, opt == 'h' ? stdout : stderr);
	return opt == 'h' ? STATUS_DONE : STATUS_USAGE;
}

int options_read(const struct flag *flags, const char *usage, int argc,
		 char **argv)
{
	return read_all(flags, usage, false, argc, argv);
}

int options_some(const struct flag *flags, const char *usage, int argc,
		 char **argv)
{
	return read_all(flags, usage, true, argc, argv);
}
