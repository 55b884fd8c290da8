/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which instructions of a BPF program can run, under records that are known. */
#ifndef REACH_H
#define REACH_H

#include "kernel/join.h"
#include "kernel/registers.h"

/**
 * reach_find - follow a program from its start, with all functions it calls
 * @text: the program
 * @maps: the maps whose values are known
 * @reach: for each instruction, gets bits of REACH_*; an instruction that runs and
 *         leads nowhere (exit) has REACH_NEXT, and so has the second half of one
 *         that takes two places
 *
 * Where paths meet, what they do not agree on is unknown. So a branch that is not
 * taken here is not taken by the kernel's verifier either, which knows more
 * (kernel/bpf/verifier.c:check_cond_jmp_op(), bpf_map_direct_read()).
 *
 * Return: false if there is no memory, or an instruction that this does not know.
 */
bool reach_find(const struct program_text *text,
		const struct constant_maps *maps, uint8_t *reach);

/** is_branch - is it a jump, conditional or not, to another place of a function? */
bool is_branch(const struct bpf_insn *insn);

/** names_function - does it call a function of the program, or take its address? */
bool names_function(const struct bpf_insn *insn);

#endif /* REACH_H */
