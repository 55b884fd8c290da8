// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "pins.h"
#include "seal.h"
#include "self.h"

static void trust_also(struct trust *t, const char *path, size_t len)
{
	if (!len || len >= sizeof(t->path[0]))
		return;
	for (unsigned int i = 0; i < t->n; i++)
		if (strlen(t->path[i]) == len && !memcmp(t->path[i], path, len))
			return;
	if (t->n == BPFLOCK_TRUST_MAX)
		return;
	memcpy(t->path[t->n], path, len);
	t->path[t->n++][len] = 0;
}

/* As in the record: paths with commas between them. */
static void trust_all(struct trust *t, const char *text)
{
	for (size_t len; *text; text += len + (text[len] == ',')) {
		len = strcspn(text, ",");
		trust_also(t, text, len);
	}
}

/* One that is in force and stays so; that it may not be read counts as that. */
static bool keep(const struct protection *p, struct policy *out)
{
	struct pinned in;
	bool kept = pins_read(p, &in) ? in.present : in.has_policy;

	if (kept && in.has_policy)
		trust_all(&out->trust, in.policy.trust_text);
	pins_close(&in);
	return kept;
}

/* Who may touch the lock does not follow from what one protection is set to. */
static void keep_scope(struct policy *out)
{
	struct pinned in;

	pins_read(&protections[BPFLOCK_SELF], &in);
	if (in.has_policy)
		out->scope.ns = in.policy.scope;
	pins_close(&in);
}

void self_policy(const struct policy *pol, unsigned int which,
		 struct policy *out)
{
	struct setting *self = &out->now[BPFLOCK_SELF];
	bool any = pol->seal;

	*out = *pol;
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (i == BPFLOCK_SELF)
			continue;
		any |= which & (1u << i) ? policy_asks(pol, &protections[i]) :
					   keep(&protections[i], out);
	}
	memset(self, 0, sizeof(*self));
	if (!any)
		return;
	if (!(which & (1u << BPFLOCK_SELF)))
		keep_scope(out);
	self->set = true;
	self->mode = BPFLOCK_RESTRICT;
	self->block = BPFLOCK_BIT(SELF_FTRACE);
	if (pol->seal || seal_in_force())
		self->block |= SELF_SEAL;
	snprintf(self->source, sizeof(self->source), "%s",
		 pol->seal ? pol->seal_source : "always");
}
