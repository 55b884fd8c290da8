/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is the machine locked as the kernel command line asks? */
#ifndef ASKED_H
#define ASKED_H

#include "kernel/in_force.h"
#include "policy/policy.h"

#define ASKED_LEN 128 /* bytes for the words of all protections */

/**
 * asked_missing - list the protections that are asked for and not in force
 * @pol: the policy of the sources that can still be read
 * @from: count only settings from the source of this name
 * @now: what is in force
 * @out: gets the words, separated by blanks, "seal" among them
 *
 * A protection whose record denies or reports less than the setting asks is
 * listed too. A protection that this process may not read counts as in force.
 *
 * Return: whether there is any.
 */
bool asked_missing(const struct policy *pol, const char *from,
		   const struct in_force *now, char out[ASKED_LEN]);

#endif /* ASKED_H */
