/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of the registers and of the frame at one place of a program. */
#ifndef REGISTERS_H
#define REGISTERS_H

#include "kernel/value.h"

#define REGS	  10 /* without the frame pointer */
#define ARGUMENTS 5 /* registers 1 to 5 */
#define SPILLS	  24 /* the upper words of a frame, of 8 bytes each */

struct registers {
	struct value reg[REGS];
	struct value spill[SPILLS];
};

/* A map of one value that nobody writes any more: a record. */
struct constant_map {
	int fd; /* what the instructions name it by */
	const void *value;
	uint32_t size; /* bytes */
};

struct constant_maps {
	const struct constant_map *map;
	unsigned int n;
};

/** insn_is_wide - does it take two places? */
static inline bool insn_is_wide(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

/**
 * registers_step - what an instruction that is no jump does
 * @s: the registers before it, and then those behind it
 * @insn: the instruction, and the next one if it takes two places
 * @maps: the maps whose values are known
 * @spills: the first word of the frame that only spills use
 */
void registers_step(struct registers *s, const struct bpf_insn *insn,
		    const struct constant_maps *maps, int spills);

/** registers_branch - where a jump leads to, bits of REACH_* */
unsigned int registers_branch(const struct registers *s,
			      const struct bpf_insn *insn);

/**
 * registers_agree - forget what another path to the same place does not agree on
 *
 * Return: whether anything was forgotten.
 */
bool registers_agree(struct registers *s, const struct registers *other);

#endif /* REGISTERS_H */
