/* SPDX-License-Identifier: GPL-2.0-only */
/* The maps that all protections share; bpf/events.bpf.c has them. */
#ifndef MAPS_H
#define MAPS_H

#include "kernel.h"

#include <bpf/bpf_helpers.h>

#include "bpflock.h"

#define EVENTS_SIZE 65536 /* user space sets the size that policy asks for */

extern struct events_ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, EVENTS_SIZE);
} events SEC(".maps");

extern struct events_lost_array {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} events_lost SEC(".maps");

extern struct late_state_array {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} late_state SEC(".maps");

#endif /* MAPS_H */
