/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The initial namespaces, which tell host processes from others. */
#ifndef INITIAL_NS_H
#define INITIAL_NS_H

#include "kernel/in_force.h"

/**
 * initial_ns_read - read the numbers of PID 1's namespaces
 * @inum: gets them, 0 for a kind that the kernel does not have
 * @now: what is in force, for when /proc/1/ns is denied to this process
 *
 * namespaces(7). Return: 0, or -EPERM, reported, if the numbers cannot be
 * read or /proc/1 is not the machine's first process.
 */
int initial_ns_read(unsigned int inum[BPFLOCK_NSS], const struct in_force *now);

#endif /* INITIAL_NS_H */
