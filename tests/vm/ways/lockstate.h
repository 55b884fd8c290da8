/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of the lock is there: by what it denies, by its pins, by its programs. */
#ifndef LOCKSTATE_H
#define LOCKSTATE_H

#include <stdbool.h>

/* What kmodules does, as delete_module(2) shows it. */
enum lock_does {
	DOES_NOTHING,
	DOES_OTHER, /* other processes may not unload modules */
	DOES_ALL, /* nobody may */
	DOES_ODD,
};

struct lockstate {
	enum lock_does does;
	bool self; /* other processes may not make names below the pins */
	unsigned int kmodules, selfs; /* pins of these */
	unsigned int others; /* other directories below the pins */
	char other[64]; /* the first of them */
	unsigned int progs, maps, links; /* of the whole machine */
};

void lockstate_read(struct lockstate *s);

/* lockstate_print_maps - the names of all maps, to see which is left */
void lockstate_print_maps(void);

/*
 * lockstate_settles - does the state become the one that is wanted?
 *
 * Programs go a moment after their last reference. Waits up to two seconds.
 */
bool lockstate_settles(struct lockstate *s, const struct lockstate *wanted);

/* lockstate_clear - take everything off, and wait for it; 0 or -errno */
int lockstate_clear(void);

#endif /* LOCKSTATE_H */
