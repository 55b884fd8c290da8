/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rule of modes and lists: from a setting to one bit per operation. */
#ifndef MASKS_H
#define MASKS_H

#include "protections.h"

/**
 * masks_of - turn a mode and its lists into masks (bpflock.policy(5))
 * @p: the protection
 * @mode: its mode; a number that is no mode counts as deny
 * @has_allow: an allow list was given, perhaps an empty one
 * @allow: operations in the allow list
 * @block: operations in the block list
 */
struct masks masks_of(const struct protection *p, enum bpflock_mode mode,
		      bool has_allow, uint64_t allow, uint64_t block);

/** masks_any - every operation that the masks deny or report to anyone */
uint64_t masks_any(const struct masks *m);

/**
 * masks_cover - does @m deny all that @least denies, and report the rest of
 * what @least reports? Denying an operation counts as reporting it.
 */
bool masks_cover(const struct masks *m, const struct masks *least);

#endif /* MASKS_H */
