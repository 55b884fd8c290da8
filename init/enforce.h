/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Load what a plan asks for, verify it, and replace what was in force by it. */
#ifndef ENFORCE_H
#define ENFORCE_H

#include "record/plan.h"

/* The outcome for one protection. */
struct outcome {
	int err;
	const struct bpflock_record *record; /* in force if there is no err */
};

/**
 * enforce - load, verify, replace, and under the seal anchor
 * @plan: the plan, with its records
 * @events: bytes of the ring, if there is none yet
 * @now: what is in force
 * @out: gets an outcome for each protection that is loaded
 *
 * All protections are loaded from one object. If that fails, each is loaded alone,
 * so that one failure does not take the others along. Unless all that were loaded
 * pass the verification, everything that is in force stays. Failures are logged.
 */
void enforce(const struct plan *plan, unsigned int events,
	     const struct in_force *now, struct outcome *out);

#endif /* ENFORCE_H */
