/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Maps of the kernel, as processes have them. */
#ifndef MAP_H
#define MAP_H

#include <stdbool.h>

/** map_open - a descriptor of a pinned map, for reading alone, or -1 */
int map_open(const char *path);

/** map_frozen - is the map frozen, so that only BPF programs write it? */
bool map_frozen(int fd);

#endif /* MAP_H */
