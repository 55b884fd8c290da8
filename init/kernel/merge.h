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

#include "kernel/join.h"

#define MERGE_MAX 96 /* programs that are merged */

/* The programs that are functions of others now. */
struct merged {
	unsigned int n;
	struct bpf_program *prog[MERGE_MAX];
	struct bpf_program *head[MERGE_MAX]; /* the program that has it */
	struct bpf_insn *copy[MERGE_MAX]; /* of the program alone */
	struct program_text text[MERGE_MAX]; /* the same */
};

/**
 * merge_programs - make one program of those at the same hook
 * @m: gets the programs, behind those that it has; to be given to merged_free()
 * @obj: the object, after bpf_object__prepare()
 *
 * The first program of a hook, the head, calls one program after the other until
 * one denies, as the kernel does (kernel/bpf/trampoline.c). The others are not
 * loaded. A program with a callback stays alone: callbacks need function
 * information, which the head does not have. A hook where that fails stays as it
 * is.
 */
void merge_programs(struct merged *m, struct bpf_object *obj);

/**
 * merged_find - find a program among the merged ones
 *
 * Return: its index, or -1 if the program is loaded alone.
 */
int merged_find(const struct merged *m, const struct bpf_program *prog);

void merged_free(struct merged *m);

#endif /* MERGE_H */
