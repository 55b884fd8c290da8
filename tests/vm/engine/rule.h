/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rule of modes and lists, written down a second time: the matrix must
 * not ask the code under test what that code should do.
 */
#ifndef RULE_H
#define RULE_H

#include <stdint.h>
#include <sys/types.h>

#include "engine/callers.h"

enum mode { MODE_ALLOW, MODE_AUDIT, MODE_RESTRICT, MODE_DENY };

struct rule {
	enum mode mode;
	int has_allow;
	uint64_t allow, block; /* bit = index into the suite's ops */
	const char *scope; /* NULL: the default */
	const char *trust; /* NULL: the default */
};

/* rule_is_host - does the caller count as a host process for the operation? */
int rule_is_host(const struct rule *r, const struct caller *c,
		 const struct op *op);

/* rule_denies - must the operation be refused (in audit: reported)? */
int rule_denies(const struct rule *r, const struct op *ops, int op,
		int is_host);

/* rule_name - "restrict, allow=a,b, scope=pid" */
void rule_name(const struct rule *r, const struct op *ops, char *buf, size_t n);

/* rule_parse - from words: MODE allow=A,B block=C scope=D; 0 or -1 */
int rule_parse(struct rule *r, const struct op *ops, char **words);

/* the process that ran the tool last */
extern pid_t rule_tool_pid;

/* rule_apply - run the tool; 0, or its exit status */
int rule_apply(const char *key, const struct rule *r, const struct op *ops);

/* rule_boot - the same as at boot, by a policy: scope and trust bind self too */
int rule_boot(const char *key, const struct rule *r);

/*
 * rule_hold - have another protection than that in force, one that does
 * nothing here: the lock's own part then stays loaded, which takes longer than
 * all the rest. @all: so that no scope and no trusted cgroup of the rules to
 * come changes it. 0, or the tool's exit status.
 */
int rule_hold(const char *key, int all);

#endif /* RULE_H */
