/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whom all protections together take for host: what the lock has to guard. */
#ifndef GUARD_H
#define GUARD_H

#include "policy.h"

struct guard {
	bool any; /* is there any protection? */
	unsigned int scope[BPFLOCK_PROTECTIONS]; /* of each, 0: it is off */
	struct trust trust; /* of all of them */
};

/**
 * guard_make - gather scopes and trusted cgroups
 * @out: gets those of the protections that are asked for or stay in force
 * @pol: the policy about to be applied
 * @which: protections that it sets (bits); the others stay as they are
 *
 * Return: 0, or -E2BIG, reported, if more cgroups are trusted by all together
 * than one record can name.
 */
int guard_make(struct guard *out, const struct policy *pol, unsigned int which);

#endif /* GUARD_H */
