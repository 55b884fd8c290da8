/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prove that attached programs run. */
#ifndef FIRE_H
#define FIRE_H

#include "pins.h"

enum fire {
	FIRE_RUNS,
	FIRE_SILENT, /* attached, and not called */
	FIRE_UNKNOWN, /* no way to have the hook called here */
};

/**
 * fire_check - does the kernel call each attached program of a protection?
 * @p: the protection
 * @in: as read from its pins
 * @result: the answer for each hook of the row
 *
 * Does something harmless that reaches the hook and looks at the kernel's own
 * count of the program's runs (BPF_ENABLE_STATS in bpf(2)). Attaching
 * succeeds on kernels where the hook then never fires, so only this counts.
 * Where another protection's program refuses first, that one proves the hook.
 *
 * Return: the number of silent hooks, or -errno if nothing could be asked.
 */
int fire_check(const struct protection *p, const struct pinned *in,
	       enum fire result[HOOKS_MAX]);

#endif /* FIRE_H */
