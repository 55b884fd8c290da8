/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Denials that stop no attacker, because another operation is allowed. */
#ifndef POLICY_MOOT_H
#define POLICY_MOOT_H

#include "policy/policy.h"

#define MOOT_MAX 8 /* warnings */
#define MOOT_LEN 256

struct moot {
	unsigned int n;
	char text[MOOT_MAX][MOOT_LEN];
};

/**
 * policy_moot - what of the policy is of no use as it stands
 * @pol: the policy; its late part is not looked at
 * @m: gets a warning for each operation that is allowed, to host processes or
 *     to others, and leads to what a denied one leads to
 */
void policy_moot(const struct policy *pol, struct moot *m);

#endif /* POLICY_MOOT_H */
