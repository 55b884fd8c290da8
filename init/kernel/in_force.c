// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "kernel/in_force.h"
#include "kernel/pins.h"
#include "kernel/swap.h"

static void read_one(const struct protection *p, struct in_force_one *one)
{
	struct pinned in;

	one->unreadable = pins_read(p, &in);
	one->present = in.present;
	one->has_record = in.has_record;
	one->complete = pins_complete(p, &in);
	one->record = in.record;
	pins_close(&in);
}

void in_force_read(struct in_force *f)
{
	memset(f, 0, sizeof(*f));
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		read_one(&protections[i], &f->one[i]);
	f->late = pins_late();
	f->swap = swap_on();
}
