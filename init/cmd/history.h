/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All events that are in the ring, repeated ones as one. */
#ifndef HISTORY_H
#define HISTORY_H

#include "cmd/fold.h"
#include "kernel/ring.h"

/**
 * history_read - read all events in the ring
 * @ring: the ring, which keeps them if it was opened so
 * @n: gets their number
 *
 * Return: the events in the order of the first of each kind, with how often there
 * was one until now; to be freed. NULL: there are none, or there is no memory.
 */
struct folded *history_read(struct ring *ring, size_t *n);

#endif /* HISTORY_H */
