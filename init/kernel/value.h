/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of a register of a BPF program before the program runs. */
#ifndef VALUE_H
#define VALUE_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

struct value {
	enum {
		UNKNOWN,
		NUMBER,
		IN_MAP, /* an address in a constant map */
		KERNEL, /* the address of a function of the kernel */
	} kind;
	int map; /* which constant map */
	uint64_t number; /* or the offset in the map */
};

/* Where an instruction leads to. 0: it never runs. */
#define REACH_NEXT 1u
#define REACH_JUMP 2u

static inline struct value number(uint64_t n)
{
	return (struct value){ NUMBER, 0, n };
}

static inline bool value_same(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->map == b->map && a->number == b->number;
}

/**
 * value_calculate - the result of a 64-bit operation
 * @op: the operation, BPF_OP() of the instruction
 */
struct value value_calculate(uint8_t op, struct value a, struct value b);

/**
 * value_compare - where a 64-bit conditional jump leads to
 * @op: the comparison, BPF_OP() of the instruction
 *
 * Return: bits of REACH_*.
 */
unsigned int value_compare(uint8_t op, struct value a, struct value b);

#endif /* VALUE_H */
