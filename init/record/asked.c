// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "record/asked.h"
#include "record/seal.h"

static void ask(struct bpflock_part *part, const struct protection *p,
		const struct setting *s)
{
	struct masks m = policy_masks(p, s);

	if (!masks_any(&m))
		return;
	part->masks = m;
	part->mode = s->mode;
	part->has_allow = s->has_allow;
	part->allow = s->allow;
	part->block = s->block;
	snprintf(part->source, sizeof(part->source), "%s", s->source);
}

void asked_for(struct kept *k, const struct policy *pol)
{
	memset(k, 0, sizeof(*k));
	k->version = BPFLOCK_RECORD_VERSION;
	k->seal = pol->seal;
	snprintf(k->seal_source, sizeof(k->seal_source), "%s",
		 pol->seal_source);
	k->errors = pol->errors;
	for (; k->diags < pol->diags && k->diags < KEPT_DIAGS; k->diags++)
		snprintf(k->diag[k->diags], KEPT_DIAG_LEN, "%s",
			 pol->diag[k->diags]);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		ask(&k->now[i], &protections[i], &pol->now[i]);
		ask(&k->late[i], &protections[i], &pol->late[i]);
	}
}

bool asked_any(const struct kept *k)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (masks_any(&k->now[i].masks) || masks_any(&k->late[i].masks))
			return true;
	return k->seal;
}

/*
 * What the kernel does not have was reported at boot, and makes a protection
 * degraded, or broken if a block list names it.
 */
static bool satisfied(const struct bpflock_record *r,
		      const struct bpflock_part *asked,
		      const struct bpflock_part *is)
{
	struct masks m = asked->masks;

	m.deny_host &= ~r->missing;
	m.deny_other &= ~r->missing;
	m.audit_host &= ~r->missing;
	m.audit_other &= ~r->missing;
	return masks_cover(&is->masks, &m);
}

unsigned int asked_missing(const struct kept *k, const struct in_force *now,
			   bool *seal)
{
	unsigned int missing = 0;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct in_force_one *one = &now->one[i];
		const struct bpflock_record *r = &one->record;

		if (!one->unreadable && (!satisfied(r, &k->now[i], &r->now) ||
					 !satisfied(r, &k->late[i], &r->late)))
			missing |= 1u << i;
	}
	*seal = k->seal && !now->one[BPFLOCK_SELF].unreadable &&
		!seal_in_force(now);
	return missing;
}

const char *asked_source(const struct kept *k, enum bpflock_protection which)
{
	const char *now = k->now[which].source;

	return *now ? now : k->late[which].source;
}
