/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fire check: prove that attached programs run. */
#ifndef FIRE_H
#define FIRE_H

#include "kernel/pins.h"

enum probe {
	PROBE_RUNS,
	PROBE_SILENT, /* attached, and the kernel does not call it */
	PROBE_NOT_TRIED, /* no way to have the hook called here */
};

/**
 * probe_hooks - does the kernel call each attached program of a protection?
 * @p: the protection
 * @in: as read from its pins
 * @result: the answer for each hook of the row
 *
 * Pulls the triggers of each hook and looks at the kernel's own count of the
 * program's runs (BPF_ENABLE_STATS in bpf(2)). Attaching succeeds even on
 * kernels that then never call the hook, so only this counts. Where another
 * protection's program at the hook denies first, that program proves the hook.
 *
 * Return: the number of silent hooks, or -errno if counting is denied.
 */
int probe_hooks(const struct protection *p, const struct pinned *in,
		enum probe result[HOOKS_MAX]);

#endif /* FIRE_H */
