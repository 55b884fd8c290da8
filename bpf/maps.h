/* SPDX-License-Identifier: GPL-2.0-only */
/* Declarations of the maps that all protections share: see shared.bpf.c. */
#ifndef MAPS_H
#define MAPS_H

#include "kernel.h"

#include <bpf/bpf_helpers.h>

#include "bpflock.h"

#define EVENTS_SIZE \
	65536 /* bytes; the loader replaces it by the policy's size */

/* The ring of struct bpflock_event. */
extern struct events_ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, EVENTS_SIZE);
} events SEC(".maps");

/* The number of events for which the ring had no room. */
extern struct events_lost_array {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} events_lost SEC(".maps");

/* All bits once "bpflock late" has been called, 0 before. */
extern struct late_state_array {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} late_state SEC(".maps");

#endif /* MAPS_H */
