/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a program never runs under its record goes before the kernel gets it.
 *
 * The kernel's verifier would remove the same, piece by piece, and copies the
 * program and what it knows of each instruction for each piece. That was a quarter
 * of what loading cost, and the kernel keeps the pages of the program as it came.
 */
#ifndef PRUNE_H
#define PRUNE_H

#include <linux/bpf.h>

#include "kernel/reach.h"

/* A program, and where its functions begin: linux/bpf.h, struct bpf_func_info. */
struct pruned {
	struct bpf_insn *insns; /* for free(3) */
	size_t len;
	struct bpf_func_info
		*funcs; /* the caller's: those that are left come first */
	unsigned int n_funcs;
};

/**
 * prune_text - leave out what a program never runs
 * @text: the program
 * @maps: the maps whose values are known
 * @out: gets the instructions; funcs and n_funcs are those of the program, and
 *       become those of what is left
 *
 * Return: false if it stays as it is: no memory, or an instruction that
 * reach_find() does not know.
 */
bool prune_text(const struct program_text *text,
		const struct constant_maps *maps, struct pruned *out);

#endif /* PRUNE_H */
