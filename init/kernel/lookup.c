// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/libbpf.h>
#include <string.h>

#include "kernel/lookup.h"

static bool has_prefix(const char *name, const char *key)
{
	size_t len = strlen(key);

	return !strncmp(name, key, len) && name[len] == '_';
}

struct load *find_load(struct load *l, unsigned int n, const char *name)
{
	for (unsigned int i = 0; i < n; i++)
		if (has_prefix(name, l[i].p->key))
			return &l[i];
	return NULL;
}

int find_hook(const struct load *l, const char *prog)
{
	const char *name = prog + strlen(l->p->key) + 1;

	for (unsigned int i = 0; i < l->p->n_hooks; i++)
		if (!strcmp(l->p->hooks[i].name, name))
			return i;
	return -1;
}

int find_map_fd(struct bpf_object *obj, const char *name)
{
	struct bpf_map *map = bpf_object__find_map_by_name(obj, name);

	return map && bpf_map__autocreate(map) ? bpf_map__fd(map) : -1;
}
