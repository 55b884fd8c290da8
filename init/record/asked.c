// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "record/asked.h"
#include "record/seal.h"

static void add(char out[ASKED_LEN], const char *word)
{
	size_t at = strlen(out);

	snprintf(out + at, ASKED_LEN - at, "%s%s", at ? " " : "", word);
}

static bool is_from(const char *source, const char *from)
{
	size_t len = strlen(from);

	return !strncmp(source, from, len) && source[len] == ':';
}

/* Does the part in force do at least what the setting asks? */
static bool satisfied(const struct protection *p, const struct setting *s,
		      const char *from, const struct bpflock_part *part)
{
	struct masks m = policy_masks(p, s);

	return !is_from(s->source, from) || masks_cover(&part->masks, &m);
}

bool asked_missing(const struct policy *pol, const char *from,
		   const struct in_force *now, char out[ASKED_LEN])
{
	out[0] = '\0';
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct in_force_one *one = &now->one[i];
		const struct protection *p = &protections[i];

		if (one->unreadable)
			continue;
		if (!satisfied(p, &pol->now[i], from, &one->record.now) ||
		    !satisfied(p, &pol->late[i], from, &one->record.late))
			add(out, p->key);
	}
	if (pol->seal && is_from(pol->seal_source, from) &&
	    !now->one[BPFLOCK_SELF].unreadable && !seal_in_force(now))
		add(out, "seal");
	return out[0];
}
