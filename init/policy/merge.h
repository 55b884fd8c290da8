/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef POLICY_MERGE_H
#define POLICY_MERGE_H

#include "policy/draft.h"

/** policy_merge - the source is read: lay its draft over the policy */
void policy_merge(struct reader *rd);

/**
 * policy_join - make a setting with a mistake as strict as the one before it
 * @p: the protection
 * @s: the setting with the mistake; it becomes restrict at least
 * @was: what earlier sources said
 *
 * If neither setting denies all that the other setting denies, the result
 * denies the sum of both. An audit counts as restrict on both sides, so that
 * no operation that either setting reports stays allowed.
 */
void policy_join(const struct protection *p, struct setting *s,
		 const struct setting *was);

#endif /* POLICY_MERGE_H */
