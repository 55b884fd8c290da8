/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bring protections into the kernel: load, attach, pin. */
#ifndef LOAD_H
#define LOAD_H

#include "pins.h"

struct bpf_link;

/* A protection on its way into the kernel. */
struct loading {
	const struct protection *p;
	struct bpflock_policy policy;
	uint64_t needs_reads; /* operations lost where helpers may not read */
	struct bpf_link *link[HOOKS_MAX];
};

/**
 * load_protections - enforce the policies of some protections
 * @l: them, with the policy filled in
 * @n: how many
 * @events: bytes of the ring of refusals, if there is none yet
 *
 * They are loaded from one BPF object, so that the kernel's BTF is parsed
 * once. New programs are attached and pinned before those that they replace
 * go. On failure nothing of what was there has changed.
 *
 * Return: 0 or -errno, reported.
 */
int load_protections(struct loading *l, unsigned int n, unsigned int events);

#endif /* LOAD_H */
