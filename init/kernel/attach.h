/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attach the programs of a loaded object, and pin their links. */
#ifndef ATTACH_H
#define ATTACH_H

#include "kernel/load.h"
#include "kernel/merge.h"

/**
 * attach_and_stage - attach all programs, and pin them for each protection
 * @obj: the loaded object
 * @l: the protections
 * @n: how many
 * @merged: the programs that are merged: their protections pin the same link
 *
 * Pinned programs stay attached; the others go with their links. Return: 0, or
 * -errno, reported; then nothing is attached or pinned (see pins_stage()).
 */
int attach_and_stage(struct bpf_object *obj, struct load *l, unsigned int n,
		     const struct merged *merged);

#endif /* ATTACH_H */
