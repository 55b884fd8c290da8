/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Make and remove the pins of a protection. */
#ifndef PINNING_H
#define PINNING_H

#include "protections.h"

struct bpf_link;
struct bpf_object;

/**
 * pins_make - pin what was loaded and attached for a protection
 * @obj: the BPF object, loaded
 * @p: the protection
 * @links: the attached programs, by the hook's place; NULL: not attached
 *
 * The new directory is complete before the old one is removed. While both are
 * there, both deny.
 *
 * Return: 0 or -errno, reported.
 */
int pins_make(struct bpf_object *obj, const struct protection *p,
	      struct bpf_link *const links[HOOKS_MAX]);

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

#endif /* PINNING_H */
