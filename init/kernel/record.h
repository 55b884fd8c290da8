/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Questions to a record: the frozen policy of one protection, as it is made
 * (record/make.h) or as it was read back from the kernel (kernel/pins.h).
 */
#ifndef RECORD_H
#define RECORD_H

#include "masks.h"

/**
 * record_sane - may the record's texts and modes be printed?
 *
 * Anybody who may use bpf(2) can freeze a map that is none of ours.
 */
bool record_sane(const struct bpflock_record *r);

/**
 * record_check - can this version of bpflock read the record?
 *
 * Return: 0; -EPROTO, if another version made it; -EINVAL, if it is none.
 */
int record_check(const struct bpflock_record *r);

/**
 * record_knows - does this version know all operations of the record?
 *
 * An operation at the end of a list does not change BPFLOCK_RECORD_VERSION.
 */
bool record_knows(const struct bpflock_record *r, const struct protection *p);

/** record_masks - the masks of the record, its late part included */
struct masks record_masks(const struct bpflock_record *r);

/** record_denied - denied to the host; @late: the late part is in force */
uint64_t record_denied(const struct bpflock_record *r, bool late);

/** record_late - does the record have a late part? */
bool record_late(const struct bpflock_record *r);

/** record_lists - "+lists" if the part has any list, or "" */
const char *record_lists(const struct bpflock_part *part);

/** record_drop - take out operations that this kernel cannot decide */
void record_drop(struct bpflock_record *r, uint64_t ops);

/** record_needs_hook - must that hook (its place in the row) be attached? */
bool record_needs_hook(const struct bpflock_record *r,
		       const struct protection *p, int hook);

/** record_lacks_hook - does this kernel lack the hook, with nothing for it? */
bool record_lacks_hook(const struct bpflock_record *r,
		       const struct protection *p, int hook);

/**
 * record_impossible_hook - does this kernel lack the hook (its place in the
 * row), while the record has an operation that no other hook decides?
 */
bool record_impossible_hook(const struct bpflock_record *r,
			    const struct protection *p, int hook);

/** record_impossible - is there any such hook? */
bool record_impossible(const struct bpflock_record *r,
		       const struct protection *p);

/** record_sealed - is it the record of self, with seal=on? No other has this bit. */
bool record_sealed(const struct bpflock_record *r);

/** record_degraded - is there less in force than the policy asks for? */
bool record_degraded(const struct bpflock_record *r,
		     const struct protection *p);

/**
 * record_same - do both records enforce the same? Their sources and their
 * loaders may differ.
 */
bool record_same(const struct bpflock_record *a,
		 const struct bpflock_record *b);

#endif /* RECORD_H */
