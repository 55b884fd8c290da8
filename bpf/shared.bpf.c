// SPDX-License-Identifier: GPL-2.0-only
/*
 * shared: the maps that all protections use. The ring of events, the kinds of
 * events, the number of lost ones, and whether the late settings of the records are in force.
 */
#include "maps.h"

struct events_ring events SEC(".maps");
struct events_kinds_hash events_kinds SEC(".maps");
struct events_shares_array events_shares SEC(".maps");
struct events_lost_array events_lost SEC(".maps");
struct late_state_array late_state SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
