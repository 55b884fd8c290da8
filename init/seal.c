// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "pins.h"
#include "seal.h"

#define INTEGRITY	(BPFLOCK_BIT(KIMG_KCORE) - 1)
#define KIMG_NO_MATTER	BPFLOCK_BIT(KIMG_AUTOLOAD_MODULE)
#define KIMG_NEEDED	(INTEGRITY & ~KIMG_NO_MATTER)
#define KMODULES_NEEDED BPFLOCK_BIT(KMODULES_UNSIGNED_MODULE)
#define KMODULES_ENOUGH BPFLOCK_BIT(KMODULES_LOAD_MODULE)

/* The operations of a protection that the host is refused. */
static uint64_t denied_to_host(enum bpflock_protection which)
{
	struct pinned in;
	uint64_t denied = 0;

	if (!pins_read(&protections[which], &in) && in.has_policy)
		denied = pins_denied(&in);
	pins_close(&in);
	return denied;
}

bool seal_in_force(void)
{
	return denied_to_host(BPFLOCK_SELF) & BPFLOCK_BIT(SELF_PINS);
}

static void add_gap(char *out, size_t len, enum bpflock_protection which)
{
	size_t at = strlen(out);

	snprintf(out + at, len - at, "%s%s", at ? " " : "",
		 protections[which].key);
}

bool seal_gaps(char *out, size_t len)
{
	uint64_t modules = denied_to_host(BPFLOCK_KMODULES);

	out[0] = '\0';
	if (~denied_to_host(BPFLOCK_KIMG) & KIMG_NEEDED)
		add_gap(out, len, BPFLOCK_KIMG);
	if (!(modules & (KMODULES_NEEDED | KMODULES_ENOUGH)))
		add_gap(out, len, BPFLOCK_KMODULES);
	if (~denied_to_host(BPFLOCK_SELF) & SELF_SEAL)
		add_gap(out, len, BPFLOCK_SELF);
	return out[0];
}

const char *seal_state(void)
{
	char gaps[32];

	if (!seal_in_force())
		return "off";
	return seal_gaps(gaps, sizeof(gaps)) ? "advisory" : "on";
}
