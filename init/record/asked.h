/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is the machine locked as it was asked to be? */
#ifndef ASKED_H
#define ASKED_H

#include "kernel/in_force.h"
#include "kernel/kept.h"
#include "policy/policy.h"

/**
 * asked_for - what a policy asks for, as bpflock-init keeps it
 * @k: gets it; without the digest of the policy file
 * @pol: the policy
 */
void asked_for(struct kept *k, const struct policy *pol);

/** asked_any - does it ask for anything? */
bool asked_any(const struct kept *k);

/**
 * asked_missing - the protections that are asked for and not in force
 * @k: what is asked for
 * @now: what is in force
 * @seal: gets whether the seal is asked for and not in force
 *
 * A protection whose record denies or reports less than what is asked for is
 * missing too. A protection that this process may not read counts as in force.
 *
 * Return: a bit for each protection.
 */
unsigned int asked_missing(const struct kept *k, const struct in_force *now,
			   bool *seal);

/** asked_source - where the protection was asked for: "command line:12" */
const char *asked_source(const struct kept *k, enum bpflock_protection which);

#endif /* ASKED_H */
