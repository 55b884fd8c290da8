// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "record/seal.h"

#define INTEGRITY (BPFLOCK_BIT(KIMG_KCORE) - 1)

/* A module that the kernel loads for a caller is one of its own. */
#define KIMG_NEEDED (INTEGRITY & ~BPFLOCK_BIT(KIMG_AUTOLOAD_MODULE))

/* One of these two is enough. */
#define KMODULES_NEEDED                          \
	(BPFLOCK_BIT(KMODULES_UNSIGNED_MODULE) | \
	 BPFLOCK_BIT(KMODULES_LOAD_MODULE))

bool seal_in_force(const struct in_force *now)
{
	return in_force_denied(now, BPFLOCK_SELF) & BPFLOCK_BIT(SELF_PINS);
}

static void add_gap(char out[SEAL_GAPS_LEN], const char *what)
{
	size_t at = strlen(out);

	snprintf(out + at, SEAL_GAPS_LEN - at, "%s%s", at ? " " : "", what);
}

bool seal_gaps(const struct in_force *now, char out[SEAL_GAPS_LEN])
{
	out[0] = '\0';
	if (~in_force_denied(now, BPFLOCK_KIMG) & KIMG_NEEDED)
		add_gap(out, protections[BPFLOCK_KIMG].key);
	if (!(in_force_denied(now, BPFLOCK_KMODULES) & KMODULES_NEEDED))
		add_gap(out, protections[BPFLOCK_KMODULES].key);
	if (~in_force_denied(now, BPFLOCK_SELF) & SELF_SEAL)
		add_gap(out, protections[BPFLOCK_SELF].key);
	if (now->swap)
		add_gap(out, "swap");
	return out[0];
}

const char *seal_state(const struct in_force *now)
{
	char gaps[SEAL_GAPS_LEN];

	if (!seal_in_force(now))
		return "off";
	return seal_gaps(now, gaps) ? "advisory" : "on";
}
