/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an operation is, and the lines that allow just that operation. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <stdio.h>

#include "protections.h"

/**
 * explain_find - the operation that a text names
 * @text: "kimg.dev_mem", "dev_mem", or a line of bpflock events
 * @p: gets the protection
 * @from: 0, or the protection to begin with: a word may name several
 *
 * Return: the operation, or -1.
 */
int explain_find(const char *text, const struct protection **p, int from);

/**
 * explain_print - explain it
 * @p: its protection, @op: the operation
 * @r: the record in force, or NULL: none, or it cannot be read
 */
void explain_print(const struct protection *p, int op,
		   const struct bpflock_record *r, FILE *out);

#endif /* EXPLAIN_H */
