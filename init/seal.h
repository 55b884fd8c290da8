/* SPDX-License-Identifier: GPL-2.0-or-later */
/* seal=on: the lock binds root on the host, until the next boot. */
#ifndef SEAL_H
#define SEAL_H

#include <stdbool.h>
#include <stddef.h>

/** seal_in_force - is the lock sealed, as the kernel has it? */
bool seal_in_force(void);

/**
 * seal_gaps - what still lets root on the host at the kernel, seal or not
 * @out: gets the protections that would have to deny it, with blanks between
 * @len: its size
 *
 * Who can load a module or write the kernel's memory takes off any lock, and
 * "self" itself may lack something on this kernel: then the seal is advisory.
 *
 * Return: whether there is such a gap.
 */
bool seal_gaps(char *out, size_t len);

/** seal_state - "off", "on" or "advisory" */
const char *seal_state(void);

#endif /* SEAL_H */
