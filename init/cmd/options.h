/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options of a command, from a table. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

struct flag {
	const char *name; /* --name; NULL ends the table */
	char letter; /* -l */
	bool *set; /* set to true if the option is given, or NULL */
	const char **value; /* gets the option's value; NULL: it has none */
};

#define FLAGS_MAX 8

/* A command that has -h and -V alone */
#define NO_FLAGS ((const struct flag[]){ { 0 } })

/**
 * options_read - read the options of a command that takes no other arguments
 * @flags: the table, FLAGS_MAX lines at most; --help, --version, -h and -V come
 *         by themselves
 * @usage: what to print for --help, and after a mistake
 *
 * getopt_long(3). Return: -1 to go on, or the exit status to end with.
 */
int options_read(const struct flag *flags, const char *usage, int argc,
		 char **argv);

/** options_some - the same for a command with arguments: argv[optind] and on */
int options_some(const struct flag *flags, const char *usage, int argc,
		 char **argv);

#endif /* OPTIONS_H */
