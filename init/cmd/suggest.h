/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From what an audit has seen to the tightest policy that denies none of it. */
#ifndef SUGGEST_H
#define SUGGEST_H

#include "policy/policy.h"

#define SUGGEST_NOTES 64

struct suggest_note {
	unsigned long long times;
	struct bpflock_event e; /* the first of its kind */
	char cgroup[128]; /* path without the slash in front, or empty */
	bool trusted; /* the cgroup is in the suggestion's trust= */
};

struct suggest {
	struct setting one[BPFLOCK_PROTECTIONS]; /* set: to be printed */
	bool audited[BPFLOCK_PROTECTIONS]; /* it was under audit */
	unsigned long long unseen[BPFLOCK_PROTECTIONS]; /* counted, no event */
	unsigned int scope[BPFLOCK_PROTECTIONS]; /* bits; 0: the default */
	struct trust trust;
	unsigned int notes;
	bool more; /* kinds of events that did not fit into the notes */
	struct suggest_note note[SUGGEST_NOTES];
};

/**
 * suggest_start - begin with what is in force
 * @s: the suggestion
 * @p: a protection, @part: its setting in force
 * @audited: how many requests its counters have as reported
 */
void suggest_start(struct suggest *s, const struct protection *p,
		   const struct bpflock_part *part, unsigned long long audited);

/**
 * suggest_event - look at one event
 * @path: the path of its cgroup, or NULL
 */
void suggest_event(struct suggest *s, const struct bpflock_event *e,
		   unsigned long long times, const char *path);

/** suggest_end - after the last event: choose modes, lists and trust */
void suggest_end(struct suggest *s);

/** suggest_print - as a policy file, and as words of a kernel command line */
void suggest_print(const struct suggest *s, FILE *out);

#endif /* SUGGEST_H */
