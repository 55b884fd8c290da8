/* SPDX-License-Identifier: GPL-2.0-only */
/* Declarations of the maps that all protections share: see shared.bpf.c. */
#ifndef MAPS_H
#define MAPS_H

#include "kernel.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "bpflock.h"

#define EVENTS_SIZE \
	65536 /* bytes; the loader replaces it by the policy's size */

/* The ring of struct bpflock_event. */
extern struct events_ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, EVENTS_SIZE);
} events SEC(".maps");

/* How often there was an event of a kind. */
extern struct events_kinds_hash {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 512);
	__type(key, struct bpflock_kind);
	__type(value, struct bpflock_seen);
} events_kinds SEC(".maps");

/* How much of the ring the events of a cgroup take. */
extern struct events_shares_array {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2 * BPFLOCK_SHARES);
	__type(key, __u32);
	__type(value, struct bpflock_share);
} events_shares SEC(".maps");

/* The number of calls without an event: the ring had no room for one. */
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
