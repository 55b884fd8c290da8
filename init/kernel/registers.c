// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "kernel/registers.h"

#define FRAME 10 /* the frame pointer */

static const struct value unknown;

static struct value reg(const struct registers *s, int n)
{
	return n < REGS ? s->reg[n] : unknown;
}

static struct value wide_value(const struct constant_maps *maps,
			       const struct bpf_insn *insn)
{
	uint64_t high = (uint32_t)insn[1].imm, low = (uint32_t)insn->imm;

	if (!insn->src_reg)
		return number(high << 32 | low);
	if (insn->src_reg == BPF_PSEUDO_BTF_ID)
		return (struct value){ KERNEL, 0, 0 };
	for (unsigned int i = 0; i < maps->n; i++)
		if (insn->src_reg == BPF_PSEUDO_MAP_VALUE &&
		    maps->map[i].fd == insn->imm)
			return (struct value){ IN_MAP, i, high };
	return unknown;
}

/* What is in a map. Programs and loader have the same byte order. */
static struct value in_map(const struct constant_maps *maps,
			   const struct bpf_insn *insn, struct value from)
{
	const struct constant_map *map = &maps->map[from.map];
	uint64_t at = from.number + insn->off, n = 0;
	uint64_t size = BPF_SIZE(insn->code) == BPF_DW ? 8 : 4;

	if ((BPF_SIZE(insn->code) != BPF_W && size != 8) || at > map->size ||
	    map->size - at < size)
		return unknown;
	memcpy(&n, (const char *)map->value + at, size);
	return number(n);
}

/* Which word of the frame is accessed, or -1 if not only spills use it. */
static int spill_of(const struct bpf_insn *insn, int base, int spills)
{
	int word = (-insn->off - 1) / 8;

	return base == FRAME && word >= spills && word < SPILLS ? word : -1;
}

/* Anything but a plain access to a whole word yields, or leaves, what is unknown. */
static bool is_whole(const struct bpf_insn *insn)
{
	return BPF_SIZE(insn->code) == BPF_DW && !(insn->off % 8) &&
	       BPF_MODE(insn->code) == BPF_MEM;
}

static void load(struct registers *s, const struct bpf_insn *insn,
		 const struct constant_maps *maps, int spills)
{
	int word = spill_of(insn, insn->src_reg, spills);
	struct value from = reg(s, insn->src_reg), v = unknown;

	if (word >= 0 && is_whole(insn))
		v = s->spill[word];
	else if (BPF_MODE(insn->code) == BPF_MEM && from.kind == IN_MAP)
		v = in_map(maps, insn, from);
	s->reg[insn->dst_reg] = v;
}

static void store(struct registers *s, const struct bpf_insn *insn, int spills)
{
	int word = spill_of(insn, insn->dst_reg, spills);
	bool is_number = BPF_CLASS(insn->code) == BPF_ST;

	if (word >= 0)
		s->spill[word] = !is_whole(insn) ? unknown :
				 is_number	 ? number((int64_t)insn->imm) :
						   reg(s, insn->src_reg);
	if (is_number || BPF_MODE(insn->code) == BPF_MEM)
		return;
	/* an atomic operation gives back what was there */
	s->reg[0] = unknown;
	if (insn->src_reg < REGS)
		s->reg[insn->src_reg] = unknown;
}

static struct value operand(const struct registers *s,
			    const struct bpf_insn *insn)
{
	return BPF_SRC(insn->code) == BPF_K ? number((int64_t)insn->imm) :
					      reg(s, insn->src_reg);
}

/* 32-bit operations, signed moves and swaps: records need none. */
static void calculate(struct registers *s, const struct bpf_insn *insn)
{
	struct value *dst = &s->reg[insn->dst_reg];

	if (BPF_CLASS(insn->code) != BPF_ALU64 || insn->off)
		*dst = unknown;
	else
		*dst = value_calculate(BPF_OP(insn->code), *dst,
				       operand(s, insn));
}

unsigned int registers_branch(const struct registers *s,
			      const struct bpf_insn *insn)
{
	if (BPF_OP(insn->code) == BPF_JA)
		return REACH_JUMP;
	if (BPF_CLASS(insn->code) != BPF_JMP)
		return REACH_NEXT | REACH_JUMP;
	return value_compare(BPF_OP(insn->code), reg(s, insn->dst_reg),
			     operand(s, insn));
}

void registers_step(struct registers *s, const struct bpf_insn *insn,
		    const struct constant_maps *maps, int spills)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_LD:
		s->reg[insn->dst_reg] =
			insn_is_wide(insn) ? wide_value(maps, insn) : unknown;
		break;
	case BPF_LDX:
		load(s, insn, maps, spills);
		break;
	case BPF_ST:
	case BPF_STX:
		store(s, insn, spills);
		break;
	case BPF_ALU:
	case BPF_ALU64:
		calculate(s, insn);
		break;
	default: /* a call */
		for (int i = 0; i <= ARGUMENTS; i++)
			s->reg[i] = unknown;
	}
}

static bool agree(struct value *a, const struct value *b, unsigned int n)
{
	bool changed = false;

	for (unsigned int i = 0; i < n; i++) {
		if (a[i].kind == UNKNOWN || value_same(&a[i], &b[i]))
			continue;
		a[i] = unknown;
		changed = true;
	}
	return changed;
}

bool registers_agree(struct registers *s, const struct registers *other)
{
	bool changed = agree(s->reg, other->reg, REGS);

	return agree(s->spill, other->spill, SPILLS) || changed;
}
