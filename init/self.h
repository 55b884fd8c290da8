/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The policy of "self", which follows from that of the others. */
#ifndef SELF_H
#define SELF_H

#include "guard.h"

/**
 * self_policy - add the protection of the lock itself to a policy
 * @pol: the policy about to be applied
 * @g: what all protections together ask for
 * @out: gets a copy of @pol in which self is on as long as any other is
 */
void self_policy(const struct policy *pol, const struct guard *g,
		 struct policy *out);

#endif /* SELF_H */
