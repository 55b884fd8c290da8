// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stdio.h>

#include "cmd/options.h"
#include "util/exit_status.h"

int options_read(const struct flag *flags, const char *usage, int argc,
		 char **argv)
{
	struct option longs[FLAGS_MAX + 2] = { { "help", 0, NULL, 'h' } };
	char shorts[2 * FLAGS_MAX + 2] = "h";
	int n = 1, at = 1, opt;

	for (const struct flag *f = flags; f->name; f++) {
		longs[n++] =
			(struct option){ f->name, !!f->value, NULL, f->letter };
		shorts[at++] = f->letter;
		if (f->value)
			shorts[at++] = ':';
	}
	while ((opt = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct flag *f = flags;

		while (f->name && f->letter != opt)
			f++;
		if (!f->name)
			break;
		if (f->set)
			*f->set = true;
		if (f->value)
			*f->value = optarg;
	}
	if (opt == -1 && optind == argc)
		return -1;
	fputs(usage, opt == 'h' ? stdout : stderr);
	return opt == 'h' ? STATUS_DONE : STATUS_USAGE;
}
