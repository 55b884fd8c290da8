// SPDX-License-Identifier: GPL-2.0-only
/* The ring of refusals that all protections share, and what did not fit. */
#include "maps.h"

struct events_ring events SEC(".maps");
struct events_lost_array events_lost SEC(".maps");

char LICENSE[] SEC("license") = "GPL";
