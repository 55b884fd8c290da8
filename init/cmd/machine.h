/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What makes the lock weaker on this machine, besides the kernel. */
#ifndef MACHINE_H
#define MACHINE_H

#include "util/print.h"

/**
 * machine_warn - print what weakens the lock, with what to do
 * @j: NULL, or gets the arrays "mistakes" and "weaker" instead
 *
 * Swap beside a seal, an overlay as the root, no cgroup2, unprivileged user
 * namespaces, restrict without escape, mistakes in the policies that can be
 * read now. Nothing of it is an error.
 */
void machine_warn(struct json *j);

#endif /* MACHINE_H */
