// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "policy/global.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/*
 * In the order in which they are merged. The floor is the last: it binds the
 * sources after the source that sets it.
 */
static const struct global *const globals[] = {
	&policy_key_bpflock, &policy_key_scope,	 &policy_key_trust,
	&policy_key_protect, &policy_key_seal,	 &policy_key_on_error,
	&policy_key_exec,    &policy_key_events, &policy_key_floor,
};

bool policy_take_global(struct reader *rd, const char *key,
			const struct entry *e)
{
	for (size_t i = 0; i < ARRAY_SIZE(globals); i++) {
		if (strcmp(globals[i]->key, key))
			continue;
		globals[i]->take(rd, e);
		return true;
	}
	return false;
}

void policy_merge_globals(struct reader *rd)
{
	for (size_t i = 0; i < ARRAY_SIZE(globals); i++)
		if (globals[i]->merge)
			globals[i]->merge(rd);
}

void policy_try_globals(struct nearest *n, const char *prefix)
{
	for (size_t i = 0; i < ARRAY_SIZE(globals); i++) {
		bool bare = globals[i] == &policy_key_bpflock;

		nearest_try(n, bare ? "" : prefix, globals[i]->key, "");
	}
}
