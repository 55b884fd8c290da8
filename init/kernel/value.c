// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/value.h"

static const struct value unknown;

static bool is_zero(struct value v)
{
	return v.kind == NUMBER && !v.number;
}

struct value value_calculate(uint8_t op, struct value a, struct value b)
{
	uint64_t x = a.number, y = b.number;

	if (op == BPF_MOV)
		return b;
	if (a.kind == IN_MAP && b.kind == NUMBER && op == BPF_ADD)
		return (struct value){ IN_MAP, a.map, x + y };
	if (op == BPF_AND && (is_zero(a) || is_zero(b)))
		return number(0);
	if (a.kind != NUMBER || b.kind != NUMBER)
		return unknown;
	switch (op) {
	case BPF_ADD:
		return number(x + y);
	case BPF_SUB:
		return number(x - y);
	case BPF_MUL:
		return number(x * y);
	case BPF_AND:
		return number(x & y);
	case BPF_OR:
		return number(x | y);
	case BPF_XOR:
		return number(x ^ y);
	case BPF_LSH:
		return y < 64 ? number(x << y) : unknown;
	case BPF_RSH:
		return y < 64 ? number(x >> y) : unknown;
	case BPF_ARSH:
		return y < 64 ? number(x >> y | (x >> 63 ? ~(~0ULL >> y) : 0)) :
				unknown;
	default:
		return unknown;
	}
}

/* Return: whether the jump is taken, or -1. */
static int compare_numbers(uint8_t op, uint64_t x, uint64_t y)
{
	int64_t sx = x, sy = y;

	switch (op) {
	case BPF_JEQ:
		return x == y;
	case BPF_JNE:
		return x != y;
	case BPF_JGT:
		return x > y;
	case BPF_JGE:
		return x >= y;
	case BPF_JLT:
		return x < y;
	case BPF_JLE:
		return x <= y;
	case BPF_JSGT:
		return sx > sy;
	case BPF_JSGE:
		return sx >= sy;
	case BPF_JSLT:
		return sx < sy;
	case BPF_JSLE:
		return sx <= sy;
	case BPF_JSET:
		return (x & y) != 0;
	default:
		return -1;
	}
}

unsigned int value_compare(uint8_t op, struct value a, struct value b)
{
	int jumps = -1;

	if (a.kind == NUMBER && b.kind == NUMBER)
		jumps = compare_numbers(op, a.number, b.number);
	else if ((a.kind == IN_MAP || a.kind == KERNEL) && is_zero(b) &&
		 (op == BPF_JEQ || op == BPF_JNE))
		jumps = op == BPF_JNE; /* an address is not 0 */
	if (jumps < 0)
		return REACH_NEXT | REACH_JUMP;
	return jumps ? REACH_JUMP : REACH_NEXT;
}
