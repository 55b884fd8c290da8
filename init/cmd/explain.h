/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an operation is, and the lines that allow just that operation. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <stdbool.h>
#include <stdio.h>

#include "protections.h"

/* What is known about the protection of the operation. */
struct explain_is {
	const char *about; /* init/cmd/operations.txt */
	const struct bpflock_record *r; /* in force; NULL: none, or not known */
	bool asked_only; /* now and late: what the policies ask for */
	bool late_on; /* the late part is in force */
	struct bpflock_part now, late; /* zero: off */
	const char *trust; /* without a record: what the policies trust */
	/* of an event: */
	const char *cgroup; /* "machine.slice/a.scope"; "": not known */
	bool host; /* a host process made the request */
};

#define EXPLAIN_CGROUP 512 /* bytes for the path of a cgroup */

/**
 * explain_cgroup - the cgroup of an event
 * @text: a line of bpflock events, JSON too
 * @p: its protection
 * @op: its operation
 * @cgroup: gets the path of the unit or container, without the first slash, or
 *          "" if the text does not tell it or it is there no more
 * @host: gets whether a host process made the request
 */
void explain_cgroup(const char *text, const struct protection *p, int op,
		    char cgroup[EXPLAIN_CGROUP], bool *host);

/**
 * explain_find - the operation that a text names
 * @text: "kimg.dev_mem", "dev_mem", or a line of bpflock events, JSON too
 * @p: gets the protection
 * @from: 0, or the protection to begin with: a word may name several
 *
 * Return: the operation, or -1.
 */
int explain_find(const char *text, const struct protection **p, int from);

/** explain_print - explain the operation @op of the protection @p */
void explain_print(const struct protection *p, int op,
		   const struct explain_is *is, FILE *out);

#endif /* EXPLAIN_H */
