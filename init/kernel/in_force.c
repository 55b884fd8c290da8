// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel/in_force.h"
#include "kernel/pins.h"
#include "kernel/swap.h"

static void read_one(const struct protection *p, struct in_force_one *one)
{
	struct pinned in;
	int err = pins_read(p, &in);

	one->unreadable = err;
	one->foreign = err == -EPROTO;
	one->present = in.present;
	one->has_record = in.has_record;
	one->complete = pins_complete(p, &in);
	one->record = in.record;
	pins_close(&in);
}

static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), n = strlen(end);

	return len > n && !strcmp(name + len - n, end);
}

/* A directory below the pins with a record in it is a protection's. */
static bool is_unknown(const char *name)
{
	char path[PIN_PATH_MAX];

	return *name != '.' && strlen(name) < BPFLOCK_UNKNOWN_LEN &&
	       !protection_find(name, strlen(name)) &&
	       !ends_with(name, "_new") && !ends_with(name, "_old") &&
	       !ends_with(name, "_off") &&
	       !access(pins_path(path, name, "policy"), F_OK);
}

static void read_unknown(struct in_force *f)
{
	DIR *dir = opendir(PINS);
	struct dirent *e;

	while (dir && (e = readdir(dir)))
		if (is_unknown(e->d_name))
			snprintf(f->unknown, sizeof(f->unknown), "%.31s",
				 e->d_name);
	if (dir)
		closedir(dir);
}

void in_force_read(struct in_force *f)
{
	memset(f, 0, sizeof(*f));
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		read_one(&protections[i], &f->one[i]);
	read_unknown(f);
	f->late = pins_late();
	f->swap = swap_on();
}
