/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The oracle: the rule of modes, lists, scope and trust, written down a second
 * time, because the matrix must not ask the code under test what that code
 * should do. tests/unit compiles it natively.
 */
#ifndef RULE_H
#define RULE_H

#include <stddef.h>
#include <stdint.h>

#include "engine/callers.h"

enum mode { MODE_ALLOW, MODE_AUDIT, MODE_RESTRICT, MODE_DENY };

extern const char *const rule_modes[];

struct rule {
	enum mode mode;
	int has_allow;
	uint64_t allow, block; /* bit = index into the suite's ops */
	const char *scope; /* NULL: the default */
	const char *trust; /* NULL: the default */
	int among; /* other protections are in force, too (plan_among()) */
};

/* rule_is_host - does the caller count as a host process for the operation? */
int rule_is_host(const struct rule *r, const struct caller *c,
		 const struct op *op);

/* rule_denies - must the operation be denied (in audit: reported)? */
int rule_denies(const struct rule *r, const struct op *ops, int op,
		int is_host);

/* rule_list - "a,b" is added to @buf, which has room for @n bytes */
void rule_list(char *buf, size_t n, const struct op *ops, uint64_t list);

/* rule_name - "restrict allow=a,b scope=pid" */
void rule_name(const struct rule *r, const struct op *ops, char *buf, size_t n);

/* rule_parse - from words: MODE allow=A,B block=C scope=D; 0 or -1 */
int rule_parse(struct rule *r, const struct op *ops, char **words);

#endif /* RULE_H */
