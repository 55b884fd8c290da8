/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The initial namespaces, by which host processes are told. */
#ifndef INITIAL_H
#define INITIAL_H

#include "../bpf/bpflock.h"

/**
 * initial_read - the numbers of PID 1's namespaces
 * @inum: gets them, 0 for a kind that the kernel does not have
 *
 * namespaces(7). Return: 0, or -EPERM, reported, if they cannot be read or
 * /proc/1 is not the machine's first process.
 */
int initial_read(unsigned int inum[BPFLOCK_NSS]);

#endif /* INITIAL_H */
