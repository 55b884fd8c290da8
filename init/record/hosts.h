/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which processes are host processes to any protection. */
#ifndef HOSTS_H
#define HOSTS_H

#include "kernel/in_force.h"
#include "policy/policy.h"

struct hosts {
	bool any; /* a protection other than self is asked for or in force */
	bool denies; /* one of these denies something, now or late */
	unsigned int scope[BPFLOCK_PROTECTIONS]; /* of each, 0: it is off */
	struct trust trust; /* the cgroups that any of them trusts, sorted */
};

/**
 * hosts_make - gather the scopes and trusted cgroups of all protections
 * @out: gets those of the protections that are asked for or stay in force
 * @pol: the policy about to be applied
 * @which: the protections that it sets (bits); the others stay as they are
 * @now: what is in force
 *
 * Return: 0, or -E2BIG if all protections together trust more cgroups than
 * one record can name.
 */
int hosts_make(struct hosts *out, const struct policy *pol, unsigned int which,
	       const struct in_force *now);

#endif /* HOSTS_H */
