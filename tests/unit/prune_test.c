// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * prune_text(): small programs by hand, and random ones, which a small interpreter
 * runs before and after. What is left must do the same.
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/prune.h"
#include "tap.h"
#include "util/insn.h"

#define MOV(dst, value)	     INSN(BPF_ALU64 | BPF_MOV | BPF_K, dst, 0, 0, value)
#define COPY(dst, src)	     INSN(BPF_ALU64 | BPF_MOV | BPF_X, dst, src, 0, 0)
#define ADD(dst, value)	     INSN(BPF_ALU64 | BPF_ADD | BPF_K, dst, 0, 0, value)
#define JEQ(dst, value, off) INSN(BPF_JMP | BPF_JEQ | BPF_K, dst, 0, off, value)
#define JA(off)		     INSN(BPF_JMP | BPF_JA, 0, 0, off, 0)
#define CALL(off)	     INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, off)
#define HELPER(number)	     INSN(BPF_JMP | BPF_CALL, 0, 0, 0, number)
#define EXIT		     INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)
#define WIDE(dst, src, low, high)                          \
	INSN(BPF_LD | BPF_IMM | BPF_DW, dst, src, 0, low), \
		INSN(0, 0, 0, 0, high)
#define RECORD(dst, off)    WIDE(dst, BPF_PSEUDO_MAP_VALUE, FD, off)
#define LOAD(dst, src, off) INSN(BPF_LDX | BPF_MEM | BPF_W, dst, src, off, 0)
#define SPILL(src, off)	    INSN(BPF_STX | BPF_MEM | BPF_DW, 10, src, off, 0)
#define UNSPILL(dst, off)   INSN(BPF_LDX | BPF_MEM | BPF_DW, dst, 10, off, 0)

#define LEN(a) (sizeof(a) / sizeof((a)[0]))
#define FD     7 /* of the record */

static const uint32_t record[8] = { 0, 1, 0x80000000, 5 };
static const struct constant_map map = { FD, record, sizeof(record) };
static const struct constant_maps maps = { &map, 1 };

/* ---- By hand ------------------------------------------------------------- */

static void test_same(const char *what, const struct bpf_insn *from, size_t n,
		      const struct bpf_insn *to, size_t m)
{
	struct program_text text = { from, n };
	struct pruned left = { 0 };
	bool done = prune_text(&text, &maps, &left);

	if (!tap(done && left.len == m &&
			 !memcmp(left.insns, to, m * sizeof(*to)),
		 what))
		printf("# %zu instructions are left, not %zu\n",
		       done ? left.len : 0, m);
	free(left.insns);
}

#define TEST(what, from, to) test_same(what, from, LEN(from), to, LEN(to))

static void test_branches(void)
{
	static const struct bpf_insn zero[] = { RECORD(2, 0), LOAD(2, 2, 0),
						MOV(0, 0),    JEQ(2, 0, 1),
						MOV(0, 1),    EXIT },
				     zero_left[] = { RECORD(2, 0),
						     LOAD(2, 2, 0), MOV(0, 0),
						     EXIT };
	static const struct bpf_insn one[] = { RECORD(2, 4), LOAD(2, 2, 0),
					       MOV(0, 0),    JEQ(2, 0, 1),
					       MOV(0, 1),    EXIT },
				     one_left[] = { RECORD(2, 4), LOAD(2, 2, 0),
						    MOV(0, 0), MOV(0, 1),
						    EXIT };
	static const struct bpf_insn argument[] = { MOV(0, 0), JEQ(1, 0, 1),
						    MOV(0, 1), EXIT };
	static const struct bpf_insn outside[] = { RECORD(2, 32), LOAD(2, 2, 0),
						   MOV(0, 0),	  JEQ(2, 0, 1),
						   MOV(0, 1),	  EXIT };
	static const struct bpf_insn loop[] = { MOV(2, 0), MOV(0, 0),
						ADD(2, 1), JEQ(2, 5, 1),
						JA(-3),	   EXIT };

	TEST("a branch that is always taken", zero, zero_left);
	TEST("a branch that is never taken", one, one_left);
	TEST("an argument is not known", argument, argument);
	TEST("what is behind the record is not known", outside, outside);
	TEST("a loop changes its counter", loop, loop);
}

static void test_values(void)
{
	static const struct bpf_insn spilled[] = {
		RECORD(2, 0),	SPILL(2, -8),  HELPER(1),
		UNSPILL(2, -8), LOAD(2, 2, 0), MOV(0, 0),
		JEQ(2, 0, 1),	MOV(0, 1),     EXIT
	};
	static const struct bpf_insn spilled_left[] = {
		RECORD(2, 0),  SPILL(2, -8), HELPER(1), UNSPILL(2, -8),
		LOAD(2, 2, 0), MOV(0, 0),    EXIT
	};
	/* -8 is above the lowest address of a variable */
	static const struct bpf_insn variable[] = {
		COPY(3, 10),	ADD(3, -16),   RECORD(2, 0), SPILL(2, -8),
		UNSPILL(2, -8), LOAD(2, 2, 0), MOV(0, 0),    JEQ(2, 0, 1),
		MOV(0, 1),	EXIT
	};
	static const struct bpf_insn clobbered[] = { MOV(2, 0), HELPER(1),
						     MOV(0, 0), JEQ(2, 0, 1),
						     MOV(0, 1), EXIT };

	TEST("a value in the frame", spilled, spilled_left);
	TEST("a variable in the frame is not known", variable, variable);
	TEST("a call leaves no arguments", clobbered, clobbered);
}

static void test_functions(void)
{
	/* main calls the first function with 0, and the second one never */
	static const struct bpf_insn calls[] = {
		MOV(1, 0),    CALL(4),
		JEQ(1, 9, 0), RECORD(1, 0),
		EXIT,	      /* at 6: */ MOV(0, 3),
		JEQ(1, 0, 1), CALL(1),
		EXIT,	      /* at 10: */ MOV(0, 7),
		EXIT
	};
	static const struct bpf_insn left[] = { MOV(1, 0),    CALL(4),
						JEQ(1, 9, 0), RECORD(1, 0),
						EXIT,	      MOV(0, 3),
						EXIT };
	struct bpf_func_info funcs[] = { { 0, 11 }, { 6, 12 }, { 10, 13 } };
	struct program_text text = { calls, LEN(calls) };
	struct pruned out = { .funcs = funcs, .n_funcs = LEN(funcs) };
	bool done = prune_text(&text, &maps, &out);

	tap(done && out.len == LEN(left) &&
		    !memcmp(out.insns, left, sizeof(left)),
	    "a function that nobody calls");
	tap(out.n_funcs == 2 && !funcs[0].insn_off && funcs[1].insn_off == 6 &&
		    funcs[1].type_id == 12,
	    "function information of what is left");
	free(out.insns);
}

static void test_callback(void)
{
	static const struct bpf_insn loop[] = { RECORD(2, 0),
						LOAD(2, 2, 0),
						JEQ(2, 0, 1),
						MOV(3, 1),
						WIDE(2, BPF_PSEUDO_FUNC, 3, 0),
						HELPER(181),
						MOV(0, 0),
						EXIT,
						/* at 10: */ MOV(0, 0),
						JEQ(1, 0, 1),
						MOV(0, 1),
						EXIT };
	static const struct bpf_insn left[] = {
		RECORD(2, 0), LOAD(2, 2, 0), WIDE(2, BPF_PSEUDO_FUNC, 4, 0),
		HELPER(181),  MOV(0, 0),     EXIT,
		MOV(0, 0),    JEQ(1, 0, 1),  MOV(0, 1),
		EXIT
	};

	/* WIDE at 5 names what is at 5 + 4 + 1 */
	struct bpf_insn from[LEN(loop)];

	memcpy(from, loop, sizeof(loop));
	from[5].imm = 4;
	TEST("a callback", from, left);
}

static void test_refused(void)
{
	static const struct bpf_insn far[] = {
		INSN(BPF_JMP32 | BPF_JA, 0, 0, 0, 1), MOV(0, 0), EXIT
	};
	static const struct bpf_insn open[] = { MOV(0, 0) };
	struct program_text text = { far, LEN(far) };
	struct pruned out = { 0 };

	tap(!prune_text(&text, &maps, &out), "an unknown jump: it stays");
	text = (struct program_text){ open, LEN(open) };
	tap(!prune_text(&text, &maps, &out), "no end: it stays");
}

/* ---- At random ----------------------------------------------------------- */

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
	test_branches();
	test_values();
	test_functions();
	test_callback();
	test_refused();
	test_random(20000);
	return tap_end();
}
