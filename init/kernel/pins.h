/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is pinned below /sys/fs/bpf/bpflock, and so what is enforced:
 *
 *   <protection>/<hook>    the link of an attached program
 *   <protection>/policy    its frozen policy (an array map of one record)
 *   <protection>/counters  refusals by operation
 *   events, events_lost    the ring of refusals, and how many did not fit
 *   late_state, late       whether the policies' late parts are in force, and
 *                          the folder that turns them on
 */
#ifndef PINS_H
#define PINS_H

#include <stdint.h>

#include "kernel/mounts.h"
#include "protections.h"

#define PINS	     BPFFS "/bpflock"
#define PIN_PATH_MAX 128

struct pinned_hook {
	int prog_fd; /* -1: no attached program with this policy here */
	uint32_t prog_id;
};

/* A protection as the kernel has it. */
struct pinned {
	bool present; /* there is a folder for it */
	bool has_policy;
	struct bpflock_policy policy;
	struct pinned_hook hook[HOOKS_MAX];
};

/**
 * pins_read - read a protection back from the kernel
 * @p: the protection
 * @out: what is there, to be given to pins_close() later
 *
 * A hook counts only if its link leads to a program that uses the pinned
 * policy, so a foreign pin of the same name proves nothing.
 *
 * Return: 0, also when nothing is there, or -errno (-EPERM: may not look).
 */
int pins_read(const struct protection *p, struct pinned *out);

void pins_close(struct pinned *in);

/** pins_complete - does every hook that the policy needs have its program? */
bool pins_complete(const struct protection *p, const struct pinned *in);

/** pins_counters - refusals so far, BPFLOCK_OPS_MAX of them; 0 or -errno */
int pins_counters(const struct protection *p, struct bpflock_counter *out);

/**
 * pins_hint - why the lock itself may be refused bpf(2), and the remedy
 * @err: what it got, a -errno
 *
 * Return: text to stand behind the error, empty when there is nothing to say.
 */
const char *pins_hint(int err);

/** pins_frozen - can nothing but programs write the map any more? */
bool pins_frozen(int map_fd);

/**
 * pins_late - are the late parts of the policies in force?
 *
 * From the kernel, or, where the map may not be looked at (sealed), from the
 * folder that turns it on and can then not be removed.
 */
bool pins_late(void);

/** pins_open - a descriptor of a pinned map, for reading alone, or -1 */
int pins_open(const char *path);

/** pins_path - "<PINS>/<folder>/<name>", or without name; always fits */
const char *pins_path(char path[PIN_PATH_MAX], const char *folder,
		      const char *name);

#endif /* PINS_H */
