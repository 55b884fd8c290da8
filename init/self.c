// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "seal.h"
#include "self.h"

void self_policy(const struct policy *pol, const struct guard *g,
		 struct policy *out)
{
	struct setting *self = &out->now[BPFLOCK_SELF];

	*out = *pol;
	memset(self, 0, sizeof(*self));
	if (!g->any && !pol->seal)
		return;
	self->set = true;
	self->mode = BPFLOCK_RESTRICT;
	self->block = BPFLOCK_BIT(SELF_FTRACE);
	if (pol->seal || seal_in_force())
		self->block |= SELF_SEAL;
	snprintf(self->source, sizeof(self->source), "%s",
		 pol->seal ? pol->seal_source : "always");
}
