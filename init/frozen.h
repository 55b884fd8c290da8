/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The frozen policy of a protection: made from settings, and compared. */
#ifndef FROZEN_H
#define FROZEN_H

#include "guard.h"
#include "policy.h"
#include "support.h"

/**
 * frozen_make - what the programs of a protection are given
 * @out: the policy to fill in
 * @p: the protection
 * @pol: its settings, now and late, scope and trust
 * @s: the running kernel
 * @inum: its initial namespaces
 */
void frozen_make(struct bpflock_policy *out, const struct protection *p,
		 const struct policy *pol, const struct support *s,
		 const unsigned int inum[BPFLOCK_NSS]);

/**
 * frozen_guard - what self and escape must know about the other protections
 * @fp: the policy, new or as it is in force
 * @p: the protection
 * @g: what all protections together ask for
 */
void frozen_guard(struct bpflock_policy *fp, const struct protection *p,
		  const struct guard *g);

/** frozen_masks - the masks in it, those for later included */
struct masks frozen_masks(const struct bpflock_policy *fp);

/** frozen_late - does anything of it wait for "bpflock late"? */
bool frozen_late(const struct bpflock_policy *fp);

/** frozen_lists - "+lists" if it has any, or nothing: for one line */
const char *frozen_lists(const struct bpflock_part *part);

/** frozen_drop - take operations out that cannot be decided on this kernel */
void frozen_drop(struct bpflock_policy *fp, uint64_t ops);

/** frozen_needs_hook - must that hook (its place in the row) be attached? */
bool frozen_needs_hook(const struct bpflock_policy *fp,
		       const struct protection *p, int hook);

/** frozen_lacks_hook - does this kernel lack the hook, with nothing for it? */
bool frozen_lacks_hook(const struct bpflock_policy *fp,
		       const struct protection *p, int hook);

/** frozen_degraded - is there less in force than the policy asks for? */
bool frozen_degraded(const struct bpflock_policy *fp,
		     const struct protection *p);

/** frozen_same - do both enforce the same? Where it came from may differ. */
bool frozen_same(const struct bpflock_policy *a,
		 const struct bpflock_policy *b);

#endif /* FROZEN_H */
