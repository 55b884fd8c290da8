/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The policy of "self", which follows from that of the others. */
#ifndef SELF_H
#define SELF_H

#include "policy.h"

/**
 * self_policy - add the protection of the lock itself to a policy
 * @pol: the policy about to be applied
 * @which: protections that it sets (bits); the others stay as they are
 * @out: gets a copy of @pol in which self is on as long as any other is, and
 *       the cgroups that any protection in force trusts are all guarded; its
 *       scope changes only if @which has self
 */
void self_policy(const struct policy *pol, unsigned int which,
		 struct policy *out);

#endif /* SELF_H */
