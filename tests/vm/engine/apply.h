/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules are put in force by the tool. All return 0 or the exit status. */
#ifndef APPLY_H
#define APPLY_H

#include <sys/types.h>

#include "engine/rule.h"

/* the process that ran the tool last */
extern pid_t apply_pid;

/* apply - as "kimg -p MODE ..." */
int apply(const char *key, const struct rule *r, const struct op *ops);

/* apply_boot - as at boot, by a policy: scope and trust bind self too */
int apply_boot(const char *key, const struct rule *r);

/*
 * apply_hold - have another protection than that in force, one that does
 * nothing here: the lock's own part then stays loaded, which takes longer than
 * all the rest. @all: so that no scope and no trusted cgroup of the rules to
 * come changes it.
 */
int apply_hold(const char *key, int all);

#endif /* APPLY_H */
