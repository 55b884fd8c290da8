// SPDX-License-Identifier: GPL-2.0-only
/*
 * What all protections share: the ring of refusals, what did not fit, and
 * whether the policies' late parts are in force.
 */
#include "maps.h"

struct events_ring events SEC(".maps");
struct events_lost_array events_lost SEC(".maps");
struct late_state_array late_state SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
