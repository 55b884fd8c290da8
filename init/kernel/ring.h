/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Read the ring of events, with or without taking the events out. */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bpf/bpflock.h"

struct ring {
	int fd;
	int kinds; /* the map events_kinds, or -1 */
	size_t page, size; /* bytes; size is that of the data */
	volatile unsigned long *consumer, *producer;
	const unsigned char *data;
	unsigned long at; /* next event to read */
	bool take; /* give the room of read events back to the kernel */
};

/**
 * ring_open - map the pinned ring
 * @r: the ring
 * @take: remove the events that are read; otherwise the ring stays as it is
 *
 * libbpf's own reader always takes events out, so that reading them loses
 * them. The layout is that of kernel/bpf/ringbuf.c: the consumer's page, the
 * producer's page, then the data, mapped twice in a row.
 *
 * Return: 0, -ENOENT when nothing is pinned, or another -errno.
 */
int ring_open(struct ring *r, bool take);

/**
 * ring_rewind - go back to the oldest event that is still in memory
 * @r: the ring, not opened to take events out
 *
 * An event that another reader has taken out is read again, as long as no new
 * event has taken its place.
 */
void ring_rewind(struct ring *r);

/** ring_next - read the next event; false: there is none yet */
bool ring_next(struct ring *r, struct bpflock_event *event);

/**
 * ring_seen - how often there was an event of this kind until now, and when last
 *
 * Calls of one kind take one event until it is taken out (bpf/event.h). Return:
 * false if the kernel has forgotten the kind.
 */
bool ring_seen(const struct ring *r, const struct bpflock_event *event,
	       struct bpflock_seen *out);

/** ring_wait - sleep for @ms, or until there is another event; 0 or -errno */
int ring_wait(const struct ring *r, int ms);

void ring_close(struct ring *r);

/** ring_lost - how many calls got no event so far */
uint64_t ring_lost(void);

#endif /* RING_H */
