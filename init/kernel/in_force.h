/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of all protections, read back from the kernel once. */
#ifndef IN_FORCE_H
#define IN_FORCE_H

#include "kernel/record.h"

#define BPFLOCK_UNKNOWN_LEN 32

/* One protection, as its pins have it. */
struct in_force_one {
	bool present; /* there is a directory for it */
	bool unreadable; /* the kernel denies looking: disablebpf, perhaps */
	bool foreign; /* unreadable, as another version of bpflock made it */
	bool has_record;
	bool complete; /* every hook that the record needs has its program */
	struct bpflock_record record;
};

struct in_force {
	struct in_force_one one[BPFLOCK_PROTECTIONS];
	bool late; /* the late parts are in force */
	char unknown[BPFLOCK_UNKNOWN_LEN]; /* a protection of another version */
	bool swap; /* root can change memory on a swap device (swap_on()) */
};

/** in_force_read - read what is in force now */
void in_force_read(struct in_force *f);

/**
 * in_force_foreign - what another version of bpflock has loaded
 *
 * Return: the word of a protection whose record this version cannot read, or
 * that it does not know, or NULL.
 */
static inline const char *in_force_foreign(const struct in_force *f)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (f->one[i].foreign)
			return protections[i].key;
	return *f->unknown ? f->unknown : NULL;
}

/** in_force_denied - the operations that are denied to the host now */
static inline uint64_t in_force_denied(const struct in_force *f,
				       enum bpflock_protection which)
{
	return record_denied(&f->one[which].record, f->late);
}

#endif /* IN_FORCE_H */
