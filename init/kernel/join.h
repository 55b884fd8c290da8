/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One BPF program of several. */
#ifndef JOIN_H
#define JOIN_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>

/* A program with its functions behind it, as libbpf has it before loading. */
struct program_text {
	const struct bpf_insn *insns;
	size_t len; /* instructions */
};

/**
 * join_programs - make a program that calls others, one after the other
 * @text: the programs
 * @n: how many
 * @first: the first one tells whether any of the others is called: 0 is no
 * @len: gets the number of instructions
 *
 * A program that returns anything but 0 ends it, with the same result. Functions
 * that are the same in several programs, with all that they call, are there once.
 * All calls must be of functions in the same program.
 *
 * Return: the instructions, for free(3), or NULL: no memory, or too many functions.
 */
struct bpf_insn *join_programs(const struct program_text *text, unsigned int n,
			       bool first, size_t *len);

#endif /* JOIN_H */
