// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * prune_text(): random programs, which a small interpreter runs before and after. What
 * is left must do the same. The interpreter shares no code with what it tests.
 */
#include <stdlib.h>
#include <string.h>

#include "prune_cases.h"
#include "tap.h"

#define FUNCS		4
#define FUNC_LEN	40 /* with two for the end */
#define ARGUMENTS_TRIED 6

static uint32_t seed = 1;

static uint32_t any(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

/* Registers 0 to 5, numbers that often meet, jumps ahead, calls of what follows. */
static void make_insn(struct bpf_insn *insn, int at, int func)
{
	static const uint8_t ops[] = { BPF_ADD, BPF_SUB, BPF_AND, BPF_OR,
				       BPF_XOR, BPF_MOV, BPF_MOV, BPF_LSH,
				       BPF_RSH, BPF_ARSH };
	static const uint8_t jumps[] = { BPF_JEQ,  BPF_JNE,  BPF_JGT,  BPF_JGE,
					 BPF_JLT,  BPF_JLE,  BPF_JSET, BPF_JSGT,
					 BPF_JSGE, BPF_JSLT, BPF_JSLE, BPF_JA };
	int left = FUNC_LEN - 2 - at, dst = any(6), src = any(6);
	int word = -8 * (1 + (int)any(4));
	uint8_t from = any(2) ? BPF_K : BPF_X;

	*insn = (struct bpf_insn)MOV(dst, (int)any(3) - 1);
	switch (any(8)) {
	case 0:
	case 1:
		*insn = (struct bpf_insn)INSN(BPF_ALU64 | ops[any(10)] | from,
					      dst, src, 0, (int)any(4) - 1);
		break;
	case 2:
		*insn = (struct bpf_insn)LOAD(dst, src, 4 * any(4));
		break;
	case 3:
		*insn = (struct bpf_insn)SPILL(src, word);
		break;
	case 4:
		*insn = (struct bpf_insn)UNSPILL(dst, word);
		break;
	case 5:
	case 6:
		*insn = (struct bpf_insn)INSN(BPF_JMP | jumps[any(12)] | from,
					      dst, src,
					      any(left > 8 ? 9 : left + 1),
					      (int)any(4) - 1);
		break;
	default:
		if (func < FUNCS - 1)
			*insn = (struct bpf_insn)CALL(FUNC_LEN - at - 1);
	}
}

static void make_program(struct bpf_insn *insn)
{
	static const struct bpf_insn address[] = { RECORD(2, 0) };

	for (int func = 0; func < FUNCS; func++, insn += FUNC_LEN) {
		memcpy(insn, address, sizeof(address));
		for (int at = 2; at < FUNC_LEN - 1; at++)
			make_insn(&insn[at], at, func);
		insn[FUNC_LEN - 1] = (struct bpf_insn)EXIT;
	}
}

static uint64_t calculated(const struct bpf_insn *insn, uint64_t x, uint64_t y)
{
	switch (BPF_OP(insn->code)) {
	case BPF_ADD:
		return x + y;
	case BPF_SUB:
		return x - y;
	case BPF_AND:
		return x & y;
	case BPF_OR:
		return x | y;
	case BPF_XOR:
		return x ^ y;
	case BPF_LSH:
		return x << (y & 63);
	case BPF_RSH:
		return x >> (y & 63);
	case BPF_ARSH:
		return (int64_t)x >> (y & 63);
	default:
		return y;
	}
}

static bool jumps(const struct bpf_insn *insn, uint64_t x, uint64_t y)
{
	switch (BPF_OP(insn->code)) {
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
	case BPF_JSET:
		return x & y;
	case BPF_JSGT:
		return (int64_t)x > (int64_t)y;
	case BPF_JSGE:
		return (int64_t)x >= (int64_t)y;
	case BPF_JSLT:
		return (int64_t)x < (int64_t)y;
	case BPF_JSLE:
		return (int64_t)x <= (int64_t)y;
	default:
		return true;
	}
}

/* Outside the record all words are 3. */
static uint32_t in_record(uint64_t at)
{
	uint32_t word = 3;

	if (at <= sizeof(record) - sizeof(word))
		memcpy(&word, (const char *)record + at, sizeof(word));
	return word;
}

/* A call leaves 0 in the arguments. */
static uint64_t run(const struct bpf_insn *insn, const uint64_t *arguments)
{
	uint64_t r[11] = { 0 }, frame[4] = { 0 };

	memcpy(r + 1, arguments, 5 * sizeof(*r));
	for (;; insn++) {
		uint64_t y = BPF_SRC(insn->code) == BPF_K ?
				     (uint64_t)(int64_t)insn->imm :
				     r[insn->src_reg];
		uint64_t at = r[insn->src_reg] + insn->off - (uintptr_t)record;

		switch (BPF_CLASS(insn->code)) {
		case BPF_LD:
			r[insn->dst_reg] = (uintptr_t)record + insn[1].imm;
			insn++;
			break;
		case BPF_LDX:
			r[insn->dst_reg] = insn->src_reg == 10 ?
						   frame[-insn->off / 8 - 1] :
						   in_record(at);
			break;
		case BPF_STX:
			frame[-insn->off / 8 - 1] = r[insn->src_reg];
			break;
		case BPF_ALU64:
			r[insn->dst_reg] =
				calculated(insn, r[insn->dst_reg], y);
			break;
		default:
			if (insn->code == (BPF_JMP | BPF_EXIT))
				return r[0];
			if (insn->code == (BPF_JMP | BPF_CALL)) {
				r[0] = run(insn + insn->imm + 1, r + 1);
				memset(r + 1, 0, 5 * sizeof(*r));
			} else if (jumps(insn, r[insn->dst_reg], y)) {
				insn += insn->off;
			}
		}
	}
}

static bool does_the_same(const struct bpf_insn *a, const struct bpf_insn *b)
{
	for (uint64_t i = 0; i < ARGUMENTS_TRIED; i++) {
		uint64_t arguments[5] = { i - 1, i / 2, any(3), i, 1 };

		if (run(a, arguments) != run(b, arguments))
			return false;
	}
	return true;
}

static void test_random(unsigned int times)
{
	struct bpf_insn insns[FUNCS * FUNC_LEN];
	struct program_text text = { insns, LEN(insns) };
	unsigned int wrong = 0, refused = 0;
	unsigned long gone = 0;

	for (unsigned int i = 0; i < times; i++) {
		struct pruned left = { 0 };

		make_program(insns);
		if (!prune_text(&text, &maps, &left)) {
			refused++;
			continue;
		}
		wrong += !does_the_same(insns, left.insns);
		gone += text.len - left.len;
		free(left.insns);
	}
	printf("# %u programs, %lu of %lu instructions left out\n", times, gone,
	       (unsigned long)times * LEN(insns));
	tap(!refused && !wrong && gone > times,
	    "random programs do the same, and are shorter");
}

int main(void)
{
	test_random(20000);
	return tap_end();
}
