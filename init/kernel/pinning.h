/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Make and remove the pins of a protection. */
#ifndef PINNING_H
#define PINNING_H

#include "protections.h"

#define PIN_NAME_MAX 32 /* bytes of a directory's name below PINS */

struct bpf_link;
struct bpf_object;

/**
 * pins_stage - pin what was loaded for a protection, beside what is in force
 * @obj: the BPF object, loaded
 * @p: the protection
 * @links: the attached programs, by the hook's place; NULL: not attached
 *
 * The pins are in the directory of pins_staged(). Both the old and the new
 * programs deny.
 *
 * Return: 0 or -errno, reported; then nothing new is pinned.
 */
int pins_stage(struct bpf_object *obj, const struct protection *p,
	       struct bpf_link *const links[HOOKS_MAX]);

/** pins_staged - the name of the directory of a protection's new pins */
const char *pins_staged(const struct protection *p, char name[PIN_NAME_MAX]);

/**
 * pins_swap - exchange the new pins with the old ones
 * @p: the protection
 *
 * The old ones, if there are any, are then in the directory of pins_staged().
 * Called again, the function undoes what it did. Both still deny.
 *
 * Return: 0 or -errno, reported; then nothing has changed.
 */
int pins_swap(const struct protection *p);

/**
 * pins_unstage - remove the pins in the directory of pins_staged()
 * @p: the protection
 *
 * Waits for the effect, as pins_take_off(). Return: 0, also when there are none,
 * or -errno, reported; the programs that are still pinned there deny.
 */
int pins_unstage(const struct protection *p);

/**
 * pins_remove - remove a directory of pins
 * @name: the directory's name below PINS
 *
 * Return: 0, also when there is none, or -errno.
 */
int pins_remove(const char *name);

/**
 * pins_take_off - remove the pins of a protection and wait for the effect
 * @p: the protection
 *
 * This also works where disablebpf denies looking at the pins: removing them
 * needs no bpf(2). The kernel detaches a program some milliseconds after its
 * last pin is gone (kernel/bpf/syscall.c:bpf_link_put()).
 *
 * Return: 0, also when there is none, or -errno.
 */
int pins_take_off(const struct protection *p);

/**
 * pins_hold - let no other bpflock change the pins until this one has
 *
 * Locks the root of the bpffs (flock(2)), and waits for the other one, at most half
 * a minute. A container that has the host's bpffs can lock it as well, so the
 * caller goes on after that.
 *
 * Return: a descriptor that is closed to let others go on; -1 if nothing can be
 * locked (no bpffs); -EBUSY if the other one does not end.
 */
int pins_hold(void);

/**
 * pins_settle - finish what a process that was killed has left half done
 * @p: the protection
 * @before: this is called before loading, not after it
 *
 * Pins that were to be replaced are in use again, unless the new ones already
 * are. All other directories of the protection go, but before loading none that
 * may be all that is in force. Reports what cannot be removed.
 */
void pins_settle(const struct protection *p, bool before);

#endif /* PINNING_H */
