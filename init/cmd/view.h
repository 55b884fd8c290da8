/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What bpflock status has seen. status.c collects it from the kernel; what
 * prints it (verdict, text, JSON, metrics) looks at nothing else.
 */
#ifndef VIEW_H
#define VIEW_H

#include <stdio.h>

#include "kernel/anchors.h"
#include "kernel/in_force.h"
#include "kernel/kept.h"

#define HOOK_STATE_LEN 192

struct view_one {
	bool ok; /* every hook has its program, and it runs */
	char hook[HOOKS_MAX][HOOK_STATE_LEN]; /* in one word or more */
	struct bpflock_counter counter[BPFLOCK_OPS_MAX];
	bool has_last;
	struct bpflock_event last; /* the last denial, or the last report */
};

struct view {
	struct in_force now;
	struct view_one one[BPFLOCK_PROTECTIONS];
	int blind; /* 0, or why pins cannot be read: -EPERM, -EACCES */
	const char *hint; /* what to do about that, or "": pins_hint() */
	bool at_boot; /* asked: bpflock-init has kept it, not the sources */
	struct kept asked;
	struct kept file; /* only of the host's policy file: its mistakes */
	bool file_differs; /* the host's policy file is not the one applied */
	struct anchored anchored;
	bool ftrace_held; /* a process holds kernel.ftrace_enabled open */
	bool root_writable; /* for rootfs */
	unsigned long long lost; /* events that did not fit */
	unsigned long long boot_ns; /* CLOCK_REALTIME minus CLOCK_BOOTTIME */
};

enum verdict {
	VERDICT_OFF, /* nothing is asked for, nothing is in force */
	VERDICT_LOCKED,
	VERDICT_BY_HAND, /* in force, and nothing was asked for at boot */
	VERDICT_MISSING, /* less is in force than was asked for */
	VERDICT_BROKEN, /* what is there does not work */
	VERDICT_MISTAKES, /* locked, and the policy had mistakes */
	VERDICT_DIFFERS, /* locked, and the policy file is another one */
	VERDICT_BLIND, /* this process may not look */
	VERDICTS,
};

extern const char *const verdict_names[VERDICTS]; /* for JSON */

/* What is wrong, and what to do about it. */
struct judged {
	enum verdict verdict; /* the worst */
	unsigned int missing, broken; /* bits: protections */
	bool seal_missing;
};

/**
 * view_anchored - the anchored hooks, as bits of anchor_hooks[]
 * @lacking: those where a protection in force is not, or NULL
 */
unsigned int view_anchored(const struct view *v, unsigned int *lacking);

/** view_unpinned - are there anchored programs, while the pins are not found? */
bool view_unpinned(const struct view *v);

/** view_judge - is the machine locked as it was asked to be? */
struct judged view_judge(const struct view *v);

/** view_exit - the exit status of bpflock status */
int view_exit(const struct view *v, const struct judged *j);

#define VERDICT_LEN 160

/** verdict_line - the first line of the answer, without a newline */
const char *verdict_line(const struct view *v, const struct judged *j,
			 char line[VERDICT_LEN]);

/** verdict_advice - the lines behind it: what to do */
void verdict_advice(const struct view *v, const struct judged *j, FILE *out);

/**
 * view_text - the answer for people
 * @v: what was seen
 * @colour: the output is a terminal with colours
 * @verbose: hooks, scopes and records too
 */
void view_text(const struct view *v, bool colour, bool verbose, FILE *out);

/** view_details - one protection with its hooks, scope, trust and counters */
void view_details(const struct view *v, int i, FILE *out);

/** view_json - the answer as JSON: docs/status.schema.json */
void view_json(const struct view *v, FILE *out);

/** view_metrics - the answer for Prometheus's textfile collector */
void view_metrics(const struct view *v, FILE *out);

#endif /* VIEW_H */
