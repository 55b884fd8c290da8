/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events that repeat each other become one, with a number. */
#ifndef FOLD_H
#define FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "bpf/bpflock.h"

#define FOLD_NS	  10000000000ull /* a longer pause begins anew */
#define FOLD_BACK 64 /* kinds of events that are looked back at */

struct folded {
	struct bpflock_event e; /* the first one */
	unsigned long long last_ns; /* when the last one was */
	unsigned long long times;
	unsigned long long seen; /* what the kernel had counted by then */
	unsigned long long told; /* of these, how many have been shown */
	unsigned long long told_ns; /* when */
};

/** fold_same - do the events differ in nothing but process and time? */
bool fold_same(const struct bpflock_event *a, const struct bpflock_event *b);

/** fold_find - the entry that the event repeats, of the last ones, or NULL */
struct folded *fold_find(struct folded *list, size_t n,
			 const struct bpflock_event *e);

/** fold_start - begin an entry with an event */
void fold_start(struct folded *f, const struct bpflock_event *e);

/** fold_more - one more event for the entry, and the calls before that */
void fold_more(struct folded *f, const struct bpflock_event *e);

/** fold_seen - the calls that the kernel has counted since the last event */
void fold_seen(struct folded *f, const struct bpflock_seen *s);

/**
 * fold_due - are there repetitions that a follower should be told of now?
 * @now: CLOCK_BOOTTIME in ns
 */
bool fold_due(const struct folded *f, unsigned long long now);

/* How many messages of one kind are sent in a time. */
#define LIMIT_BURST 20
#define LIMIT_NS    30000000000ull

struct limit {
	unsigned int kind; /* protection and operation */
	unsigned int used;
	unsigned long long cgroup;
	unsigned long long start_ns;
	unsigned long long held; /* events that were not sent since then */
};

#define LIMITS 64

/**
 * limit_pass - may a message about the event be sent?
 * @table: LIMITS entries, zero at first
 * @e: the event
 * @held: gets how many of that kind were held back before this one; they are
 *	then forgotten
 *
 * Each kind (protection, operation, verdict, cgroup) has a limit of its own, so
 * that a flood of one kind holds back no other.
 */
bool limit_pass(struct limit *table, const struct bpflock_event *e,
		unsigned long long *held);

/**
 * since_parse - a point in time, as an option has it
 * @text: "10m" ago (s, m, h, d), "13:05", "13:05:12", "2026-11-26",
 *	"2026-11-26 13:05:12", "today", "yesterday"; local time, but UTC with
 *	a Z at the end; parts of seconds and a T are read, as events have them
 * @now: seconds since 1970
 * @out: gets seconds since 1970
 *
 * Return: false if it is none of these.
 */
bool since_parse(const char *text, long long now, long long *out);

#endif /* FOLD_H */
