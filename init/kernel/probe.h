/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The fire check: prove that attached programs run. */
#ifndef FIRE_H
#define FIRE_H

#include "kernel/in_force.h"
#include "kernel/pins.h"

#define PROBE_WHY 160

struct probe {
	enum {
		PROBE_NONE, /* no program is attached */
		PROBE_RUNS,
		PROBE_SILENT, /* attached, and the kernel does not call it */
		PROBE_NOT_TRIED, /* something fails the triggers before it */
	} result;
	char why[PROBE_WHY]; /* not tried: what fails which call, for people */
};

/* Whose programs a trigger may run into. */
struct probe_others {
	/* Records that other processes loaded. What they deny is reported. */
	const struct in_force *now;
	/*
	 * What this process has loaded itself, or NULL. What it denies to this
	 * process is not reported (bpf/event.h).
	 */
	const struct pinned *own[BPFLOCK_PROTECTIONS];
};

/**
 * probe_hooks - does the kernel call each attached program of a protection?
 * @p: the protection
 * @in: as read from its pins
 * @others: all records in force
 * @result: the answer for each hook of the row
 *
 * Pulls the triggers of each hook and looks at the kernel's own count of the
 * program's runs (BPF_ENABLE_STATS in bpf(2)). Attaching succeeds even on
 * kernels that then never call the hook, so only this counts. A hook is silent
 * only if a trigger shows that the kernel went on behind the hook. No trigger
 * is pulled that others would count and report. Where another program that
 * this process has loaded denies first, that program proves the hook.
 *
 * Return: the number of silent hooks, or -errno if counting is denied.
 */
int probe_hooks(const struct protection *p, const struct pinned *in,
		const struct probe_others *others,
		struct probe result[HOOKS_MAX]);

#endif /* FIRE_H */
