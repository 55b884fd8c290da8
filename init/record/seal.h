/* SPDX-License-Identifier: GPL-2.0-or-later */
/* seal=on: the lock binds root on the host, until the next boot. */
#ifndef SEAL_H
#define SEAL_H

#include "kernel/in_force.h"

#define SEAL_GAPS_LEN 32 /* bytes for the words of seal_gaps() */

/** seal_in_force - is the lock sealed? */
bool seal_in_force(const struct in_force *now);

/**
 * seal_gaps - list the protections whose absence lets root bypass the seal, and
 * "swap" if there is any
 * @now: what is in force
 * @out: gets the words, separated by blanks
 *
 * Root on the host who can load a module or write the kernel's memory can
 * take off any lock, and self may lack something on this kernel. A seal with
 * such a gap is advisory.
 *
 * Return: whether there is a gap.
 */
bool seal_gaps(const struct in_force *now, char out[SEAL_GAPS_LEN]);

/** seal_state - "off", "on" or "advisory" */
const char *seal_state(const struct in_force *now);

#endif /* SEAL_H */
