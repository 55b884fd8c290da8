// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "kernel/newroots.h"
#include "util/log.h"

#define MOUNTS "/proc/1/mountinfo"

/* One line of mountinfo. */
struct line {
	unsigned int id, parent, ma, mi;
	char where[PATH_MAX];
	char type[32];
};

static bool line_parse(struct line *l, const char *text)
{
	const char *dash = strstr(text, " - ");

	return dash &&
	       sscanf(text, "%u %u %u:%u %*s %4095s", &l->id, &l->parent,
		      &l->ma, &l->mi, l->where) == 5 &&
	       sscanf(dash, " - %31s", l->type) == 1;
}

static bool has_dir(const char *root, const char *name)
{
	char path[PATH_MAX + 8];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	return !lstat(path, &st) && S_ISDIR(st.st_mode);
}

static void add(struct newroots *out, const struct line *l)
{
	unsigned int dev = l->ma << 20 | l->mi;

	for (unsigned int i = 0; i < out->n; i++)
		if (out->dev[i] == dev)
			return;
	if (out->n == BPFLOCK_NEWROOTS_MAX)
		log_error("%s: more than %d file systems look like a root: "
			  "under a seal, no mount can be moved to this one",
			  l->where, BPFLOCK_NEWROOTS_MAX);
	else
		out->dev[out->n++] = dev;
}

void newroots_read(struct newroots *out)
{
	FILE *f = fopen(MOUNTS, "re");
	static char text[2 * PATH_MAX];
	static struct line l;
	unsigned int initramfs = 0;

	memset(out, 0, sizeof(*out));
	while (f && fgets(text, sizeof(text), f)) {
		if (!line_parse(&l, text))
			continue;
		if (!strcmp(l.where, "/"))
			initramfs = strcmp(l.type, "rootfs") ? 0 : l.id;
		else if (initramfs && l.parent == initramfs &&
			 has_dir(l.where, "proc") && has_dir(l.where, "sys"))
			add(out, &l);
	}
	if (f)
		fclose(f);
}
