/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages about a source, and where in the source they belong. */
#ifndef POLICY_REPORT_H
#define POLICY_REPORT_H

#include "policy/draft.h"
#include "policy/words.h"

/** policy_error - report a mistake that has no place in a text */
void policy_error(struct policy *pol, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/** policy_where - "name:line" in a file, "name:column" on the command line */
void policy_where(const struct reader *rd, struct place at,
		  char out[BPFLOCK_SOURCE_LEN]);

/** policy_fail - report a mistake; "source:line:col: " is put in front */
void policy_fail(struct reader *rd, struct place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * policy_fail_entry - report a mistake in the line of @e, and mark it broken
 * @pos: offset of the mistake in the text
 * @start: offset of the line
 */
void policy_fail_entry(struct reader *rd, struct entry *e, size_t pos,
		       size_t start, const char *what);

/** policy_need_value - true if the entry has a value, reported if not */
bool policy_need_value(struct reader *rd, const struct entry *e);

/** policy_prefix - "bpflock." in front of the keys of this source, or "" */
const char *policy_prefix(const struct reader *rd);

/** policy_item_at - the place of one word of a list */
struct place policy_item_at(const struct entry *e, const struct item *i);

/**
 * policy_floor_denies - true if the floor stands against a change
 * @rd: the source that asks for the change
 * @at: where it asks
 * @weaker: the change makes the policy weaker than the earlier sources made it
 * @fmt: what the source asks for
 *
 * Without a floor every source may weaken the policy. What the floor denies
 * is reported.
 */
bool policy_floor_denies(struct reader *rd, struct place at, bool weaker,
			 const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif /* POLICY_REPORT_H */
