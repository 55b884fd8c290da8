/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that are not about the mode or the lists of one protection. */
#ifndef POLICY_GLOBAL_H
#define POLICY_GLOBAL_H

#include "policy/draft.h"
#include "policy/words.h"

struct global {
	const char *key;
	/* Puts one entry into the draft. */
	void (*take)(struct reader *rd, const struct entry *e);
	/* Lays the draft over the policy. NULL: policy_merge() does it. */
	void (*merge)(struct reader *rd);
};

extern const struct global policy_key_bpflock; /* off.c */
extern const struct global policy_key_scope; /* scope.c */
extern const struct global policy_key_trust; /* trust.c */
extern const struct global policy_key_protect; /* directories.c */
extern const struct global policy_key_seal, policy_key_floor; /* seal.c */
extern const struct global policy_key_on_error; /* on_error.c */
extern const struct global policy_key_exec; /* exec.c */
extern const struct global policy_key_events; /* events.c */

extern const char *const on_error_names[ON_ERRORS];

/** policy_take_global - false if @key is not such a key */
bool policy_take_global(struct reader *rd, const char *key,
			const struct entry *e);

/** policy_merge_globals - lay all of these keys over the policy, floor last */
void policy_merge_globals(struct reader *rd);

/** policy_try_globals - compare all of these keys with a misspelt one */
void policy_try_globals(struct nearest *n, const char *prefix);

/**
 * policy_take_scope - an entry "scope" or "protection.scope"
 * @d: what the source says about that scope so far
 *
 * If the list has a mistake, its valid namespaces are added to the scope in
 * force.
 *
 * Return: true if there is no mistake.
 */
bool policy_take_scope(struct reader *rd, const struct entry *e,
		       struct draft_scope *d);

/** policy_merge_off - under a floor, deny bpflock=off and drop it */
void policy_merge_off(struct reader *rd);

/** policy_dirs_default - add the directories that rootfs always starts with */
void policy_dirs_default(struct dirs *f);

#endif /* POLICY_GLOBAL_H */
