/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What fails a trigger before the kernel asks the hook. */
#ifndef HINDRANCE_H
#define HINDRANCE_H

#include "kernel/probe.h"
#include "kernel/triggers.h"

/**
 * hindrance_text - tell why a trigger did not reach its hook
 * @out: gets the text, such as "init_module(2): Operation not permitted
 *       (kernel.modules_disabled is 1)"
 * @t: the trigger
 * @err: the -errno that it returned
 *
 * Looked at are the sysctl that the trigger names, the capability that it
 * needs, the kernel's own lockdown, and whether this process has a seccomp
 * filter. If it is none of them, the error alone is told.
 */
void hindrance_text(char out[PROBE_WHY], const struct trigger *t, int err);

#endif /* HINDRANCE_H */
