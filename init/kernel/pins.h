/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Read the pins below /sys/fs/bpf/bpflock. They tell what is enforced:
 *
 *   <protection>/<hook>    the link of an attached program
 *   <protection>/policy    a copy of its record (kernel/copy.h)
 *   <protection>/counters  denials by operation
 *   <protection>_new       the same, of what replaces it, for a moment
 *   <protection>_old, _off of what is replaced or taken off, for a moment
 *   events, events_kinds   the ring of events, and how often there was each kind
 *   events_shares          how much of the ring each cgroup takes
 *   events_lost            how many calls got no event
 *   late_state, late       whether the late parts of the records are in
 *                          force, and the directory that turns them on
 */
#ifndef PINS_H
#define PINS_H

#include <stdint.h>

#include "kernel/mounts.h"
#include "protections.h"

#define PINS	     BPFFS "/bpflock"
#define PIN_PATH_MAX 128

struct pinned_hook {
	int prog_fd; /* -1: the pin is no attached program with this record */
	uint32_t prog_id;
};

/* The pins of one protection. */
struct pinned {
	bool present; /* there is a directory for it */
	bool has_record;
	struct bpflock_record record;
	struct pinned_hook hook[HOOKS_MAX];
};

/**
 * pins_read - read a protection back from the kernel
 * @p: the protection
 * @out: gets the pins, to be given to pins_close() later
 *
 * A hook counts only if its link leads to a program that uses the record, so a
 * foreign pin of the same name proves nothing.
 *
 * Return: 0, also when there are no pins, or -errno (-EPERM: looking is
 * denied; -EPROTO: the record is that of another version of bpflock).
 */
int pins_read(const struct protection *p, struct pinned *out);

/** pins_read_in - the same, from another directory below PINS */
int pins_read_in(const struct protection *p, const char *dir,
		 struct pinned *out);

void pins_close(struct pinned *in);

/**
 * pins_copy - make the map that is pinned as "policy"
 * @record: the descriptor of the record
 * @p: the protection
 *
 * Return: a descriptor or -errno.
 */
int pins_copy(int record, const struct protection *p);

/** pins_complete - does every hook that the record needs have its program? */
bool pins_complete(const struct protection *p, const struct pinned *in);

/** pins_counters - denials so far, BPFLOCK_OPS_MAX counters; 0 or -errno */
int pins_counters(const struct protection *p, struct bpflock_counter *out);

/**
 * pins_hint - why bpf(2) may be denied to this program, and the remedy
 * @err: the -errno of bpf(2)
 *
 * Return: text to put behind the error, or "".
 */
const char *pins_hint(int err);

/**
 * pins_late - are the late parts of the records in force?
 *
 * The kernel tells. Where the seal denies looking at the map, the directory that
 * turns the late parts on tells: under the seal it cannot be removed.
 */
bool pins_late(void);

/** pins_path - "<PINS>/<directory>/<name>", or without name; always fits */
const char *pins_path(char path[PIN_PATH_MAX], const char *dir,
		      const char *name);

#endif /* PINS_H */
