// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a row of init/protections.c can forget: a hook for an operation, and
 * a trigger for a hook. Linked without the triggers themselves.
 */
#include "kernel/triggers.h"
#include "protections.h"
#include "tap.h"

/* Operations that no hook of the row decides. */
static uint64_t undecided(const struct protection *p)
{
	uint64_t ops = 0;

	for (unsigned int i = 0; i < p->n_ops; i++)
		ops |= BPFLOCK_BIT(i);
	for (unsigned int i = 0; i < p->n_hooks; i++)
		ops &= ~p->hooks[i].ops;
	return ops;
}

int main(void)
{
	char what[128];

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];

		snprintf(what, sizeof(what),
			 "%s: a hook decides each operation", p->key);
		tap(!undecided(p), what);
		for (unsigned int h = 0; h < p->n_hooks; h++) {
			snprintf(what, sizeof(what),
				 "%s: init/kernel/triggers.c has a line for %s",
				 p->key, p->hooks[h].name);
			tap(triggers_known(p->hooks[h].name), what);
		}
	}
	return tap_end();
}
