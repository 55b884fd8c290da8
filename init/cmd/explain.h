/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an operation is, and the lines that allow just that operation. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <stdio.h>

#include "protections.h"

/* What is known about the protection of the operation. */
struct explain_is {
	const char *about; /* init/cmd/operations.txt */
	const struct bpflock_record *r; /* in force; NULL: none, or not known */
	bool asked_only; /* now and late: what the policies ask for */
	bool late_on; /* the late part is in force */
	struct bpflock_part now, late; /* zero: off */
};

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
