/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The second anchor of a sealed lock. A pinned program goes when the last mount
 * of its bpffs goes. A program that is attached to the root of the cgroup v2
 * hierarchy (BPF_LSM_CGROUP, 6.0) needs no pin, no mount and no process: that
 * cgroup never goes. Only bpf(2) can detach it, and self denies that.
 *
 * A kernel has places for ten hooks (include/linux/bpf-cgroup-defs.h:
 * CGROUP_LSM_NUM), each for any number of programs. Hence only what keeps root
 * from changing the kernel, and from taking off the anchors, is anchored. The
 * kernel calls the hooks capable and file_open too often for the little that is
 * decided there. In place of file_open a program guards the one sysctl that stops
 * all LSM programs (BPF_CGROUP_SYSCTL, which has places of its own). So two places
 * are left for others.
 */
#ifndef ANCHORS_H
#define ANCHORS_H

#include "protections.h"

#define ANCHOR_HOOKS 9
#define ANCHORS_MAX  (ANCHOR_HOOKS * 4) /* programs */

struct bpf_object;
struct merged;

/* Programs on their way to the root cgroup. */
struct anchors {
	int cgroup; /* the root cgroup, or -errno */
	unsigned int n;
	struct anchor {
		unsigned int of; /* the protections (bits) that it has */
		int hook; /* in anchor_hooks[] */
		int prog; /* a descriptor, or -errno */
	} one[ANCHORS_MAX];
};

/* The hooks, the most important one first, and a tag for names of programs. */
extern const struct anchor_hook {
	const char *name;
	const char *tag;
	unsigned int of; /* the protections (bits) whose program is anchored */
	const char *pinned; /* the hook at which the pinned program denies that */
	int type; /* enum bpf_attach_type */
} anchor_hooks[ANCHOR_HOOKS];

/* What is anchored: for each protection, bits of anchor_hooks[]. */
struct anchored {
	unsigned int hooks[BPFLOCK_PROTECTIONS];
};

/**
 * anchors_open - find the root cgroup, before the lock is in force
 * @a: gets it, and has no programs yet; to be given to anchors_close()
 */
void anchors_open(struct anchors *a);

/**
 * anchors_load - load the programs that are to be anchored once more
 * @a: the programs are added to it
 * @obj: the loaded BPF object that has them
 * @merged: the programs that are functions of others
 *
 * A copy has the instructions of the loaded program, of all protections that are
 * one there, with the same records and counters, and a few more in front that turn
 * its result around: a program of
 * a cgroup returns 1 to allow and 0 to deny
 * (kernel/bpf/cgroup.c:bpf_prog_run_array_cg()). The program at the hook sysctl is
 * made for that (bpf/self_sysctl.bpf.c).
 */
void anchors_load(struct anchors *a, const struct bpf_object *obj,
		  const struct merged *merged);

/**
 * anchors_attach - attach programs to the root cgroup
 * @a: the programs
 * @which: the protections (bits) whose pinned programs are in force
 *
 * At the other hooks nothing is attached if self, which keeps all, fails at bpf.
 * Return: the hooks where that failed, bits of anchor_hooks[].
 */
unsigned int anchors_attach(const struct anchors *a, unsigned int which);

void anchors_close(struct anchors *a);

#define ANCHORS_TEXT 160 /* bytes for the names of all hooks */

/** anchors_text - the names of hooks, with blanks between them */
const char *anchors_text(unsigned int hooks, char out[ANCHORS_TEXT]);

/**
 * anchors_read - which hooks are anchored?
 * @out: gets them; all 0 if nothing is, or if this process may not look
 *
 * The names of the programs tell. Under the seal nobody else loads programs of
 * that type.
 */
void anchors_read(struct anchored *out);

#endif /* ANCHORS_H */
