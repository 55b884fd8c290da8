/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bring protections into the kernel: load, attach, pin. */
#ifndef LOAD_H
#define LOAD_H

#include "protections.h"

struct anchors;

/* A protection to be loaded. */
struct load {
	const struct protection *p;
	const struct bpflock_record *record;
	/* in its place where BPF helpers may not read the kernel's memory */
	const struct bpflock_record *without_reads;
	bool old; /* by the BPF object for kernels before 5.11 */
	bool reads; /* set by load_protections(): which of both it took */
};

/**
 * load_protections - load, attach and pin programs for some protections
 * @l: the protections with their records
 * @n: how many, BPFLOCK_PROTECTIONS at most
 * @events: bytes of the ring of events, if there is none yet
 * @merge: make one program of those at the same hook (kernel/merge.h): they can
 *	only go together
 * @anchors: under the seal: gets copies of the programs (anchors_load()), or NULL
 *
 * All are loaded from one BPF object, so that the kernel's BTF is parsed
 * once. Afterwards they deny, beside what was in force: see
 * pins_stage(). On failure nothing has changed.
 *
 * Return: 0 or -errno, reported.
 */
int load_protections(struct load *l, unsigned int n, unsigned int events,
		     bool merge, struct anchors *anchors);

#endif /* LOAD_H */
