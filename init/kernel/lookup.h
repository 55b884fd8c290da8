/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Find what belongs to a program or a map of the BPF object, by its name. */
#ifndef LOOKUP_H
#define LOOKUP_H

#include "kernel/load.h"

struct bpf_object;

/**
 * find_load - the protection that a program or a map belongs to
 * @l: the protections
 * @n: how many
 * @name: the name of the program or the map
 *
 * Return: one of @l, or NULL.
 */
struct load *find_load(struct load *l, unsigned int n, const char *name);

/**
 * find_hook - the hook of a program
 * @l: its protection
 * @prog: its name
 *
 * Return: the index in the hooks of the protection, or -1.
 */
int find_hook(const struct load *l, const char *prog);

/** find_map_fd - the descriptor of a map, or -1 if the object was loaded without */
int find_map_fd(struct bpf_object *obj, const char *name);

#endif /* LOOKUP_H */
