/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The oracle's tables of operations, in the order of the product's. */
#ifndef ORACLE_H
#define ORACLE_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "engine/op.h"
#include "engine/rule.h"
#include "protections.h"

/* tests/unit/run makes it: "oracle" has each tests/vm/suites/<key>_ops.h. */
#include "oracle_ops.h"

/* The product's number of the oracle's mode */
static const enum bpflock_mode oracle_modes[] = {
	[MODE_ALLOW] = BPFLOCK_ALLOW,
	[MODE_AUDIT] = BPFLOCK_AUDIT,
	[MODE_RESTRICT] = BPFLOCK_RESTRICT,
	[MODE_DENY] = BPFLOCK_DENY,
};

static inline const struct op *oracle_find(const char *key)
{
	for (size_t i = 0; i < sizeof(oracle) / sizeof(oracle[0]); i++)
		if (!strcmp(oracle[i].key, key))
			return oracle[i].ops;
	return NULL;
}

/* The oracle's table in the order of the product's, false if names differ. */
static inline bool oracle_in_order(const struct protection *p, struct op *ops)
{
	const struct op *from = oracle_find(p->key);
	unsigned int n = 0;
	int number;

	memset(ops, 0, (BPFLOCK_OPS_MAX + 1) * sizeof(*ops));
	for (; from && from->name; from++) {
		number = protection_op(p, from->name, strlen(from->name));
		if (number < 0 || ops[number].name) {
			printf("# the oracle's \"%s\" is %s\n", from->name,
			       number < 0 ? "unknown" : "there twice");
			return false;
		}
		ops[number] = *from;
		n++;
	}
	for (unsigned int i = 0; i < p->n_ops; i++)
		if (!ops[i].name)
			printf("# \"%s\" is missing\n", p->ops[i].name);
	return n == p->n_ops;
}

#endif /* ORACLE_H */
