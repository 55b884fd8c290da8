// SPDX-License-Identifier: GPL-2.0-or-later
/* What a policy says about one protection. */
#include "policy/policy.h"

struct masks policy_masks(const struct protection *p, const struct setting *s)
{
	return masks_of(p, s->mode, s->has_allow, s->allow, s->block);
}

bool policy_asks(const struct policy *pol, const struct protection *p)
{
	struct masks now = policy_masks(p, &pol->now[p - protections]);
	struct masks late = policy_masks(p, &pol->late[p - protections]);

	return masks_any(&now) | masks_any(&late);
}

unsigned int policy_scope(const struct policy *pol, const struct protection *p)
{
	unsigned int own = pol->scope_of[p - protections].ns;

	return own ? own : pol->scope.ns;
}
