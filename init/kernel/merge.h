/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One program for each hook. An attached program costs 150 to 190 instructions
 * a call before its first own one (docs/cost.md), and has its own copy of the
 * functions that decide and report. So programs at the same hook become functions
 * of one program. That is possible only where the programs stay together: under
 * the seal no protection is taken off or replaced.
 */
#ifndef MERGE_H
#define MERGE_H

#include <bpf/libbpf.h>

#define MERGE_MAX 96 /* programs that are merged */

/* The programs that are functions of others now. */
struct merged {
	unsigned int n;
	struct bpf_program *prog[MERGE_MAX];
	struct bpf_program *head[MERGE_MAX]; /* the program that has it */
};

/**
 * merge_prepare - have libbpf prepare the programs of bpf/first.bpf.c, too
 * @obj: the object, before bpf_object__prepare(), if merge_programs() follows
 */
void merge_prepare(struct bpf_object *obj);

/**
 * merge_programs - make one program of those at the same hook
 * @m: gets the programs
 * @obj: the object, after bpf_object__prepare()
 *
 * The first program of a hook, the head, calls one program after the other until
 * one denies, as the kernel does (kernel/bpf/trampoline.c). The others are not
 * loaded. Before all it calls that of bpf/first.bpf.c, if there is one, and calls
 * nothing else if that returns 0. A program with a callback stays alone: callbacks need function
 * information, which the head does not have. A hook where that fails stays as it
 * is.
 */
void merge_programs(struct merged *m, struct bpf_object *obj);

/**
 * merged_head - the program that is loaded for a program
 *
 * Return: the head that has it, the program itself, or NULL if neither is loaded.
 */
const struct bpf_program *merged_head(const struct merged *m,
				      const struct bpf_program *prog);

#endif /* MERGE_H */
