// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * join_programs(): what the joined program returns, run by a small interpreter,
 * and that functions which are the same are there once.
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/join.h"
#include "tap.h"
#include "util/insn.h"

#define MOV(dst, value)	     INSN(BPF_ALU64 | BPF_MOV | BPF_K, dst, 0, 0, value)
#define ADD(dst, value)	     INSN(BPF_ALU64 | BPF_ADD | BPF_K, dst, 0, 0, value)
#define JNE(dst, value, off) INSN(BPF_JMP | BPF_JNE | BPF_K, dst, 0, off, value)
#define CALL(off)	     INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, off)
#define EXIT		     INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

#define LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Each denies one argument, spoils the registers, and calls what others call. */
#define PROGRAM(argument, verdict, first, second)                             \
	{                                                                     \
		JNE(1, argument, 2), /* to the first call */                  \
			MOV(0, verdict), EXIT, /* denied */                   \
			MOV(6, 77), CALL(first), CALL(second),                \
			EXIT, /* at 7: calls what follows */                  \
			CALL(1), EXIT, /* at 9 */                             \
			MOV(0, 0), ADD(0, 0),                                 \
			EXIT, /* at 12: a third one, which nobody else has */ \
			ADD(1, verdict), MOV(0, 0), EXIT,                     \
	}

static const struct bpf_insn one[] = PROGRAM(1, -1, 2, 6),
			     two[] = PROGRAM(2, -2, 2, 6),
			     three[] = PROGRAM(3, -3, 2, 6);

/* Of the same length as the others' last function, and calls another one. */
static const struct bpf_insn four[] = {
	CALL(1), EXIT, CALL(1), EXIT, MOV(0, 0), ADD(0, 4), EXIT,
};

static long run(const struct bpf_insn *insn, long argument, int depth)
{
	long r[11] = { [1] = argument };

	for (;; insn++) {
		switch (insn->code) {
		case BPF_ALU64 | BPF_MOV | BPF_K:
			r[insn->dst_reg] = insn->imm;
			break;
		case BPF_ALU64 | BPF_MOV | BPF_X:
			r[insn->dst_reg] = r[insn->src_reg];
			break;
		case BPF_ALU64 | BPF_ADD | BPF_K:
			r[insn->dst_reg] += insn->imm;
			break;
		case BPF_JMP | BPF_JNE | BPF_K:
			insn += r[insn->dst_reg] != insn->imm ? insn->off : 0;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			insn += r[insn->dst_reg] == insn->imm ? insn->off : 0;
			break;
		case BPF_JMP | BPF_CALL:
			r[0] = depth < 8 ? run(insn + insn->imm + 1, r[1],
					       depth + 1) :
					   -99;
			r[1] = -1000; /* a call leaves no arguments */
			break;
		default:
			return r[0];
		}
	}
}

static void test_results(const struct bpf_insn *joined)
{
	static const long results[] = { 4, -1, -2, -3, 4 };
	char what[40];

	for (long i = 0; i < (long)LEN(results); i++) {
		snprintf(what, sizeof(what), "argument %ld: %ld", i,
			 results[i]);
		tap(run(joined, i, 0) == results[i], what);
	}
}

/* Of argument 1 the first program says that it concerns nobody. */
static void test_first(const struct program_text *others, unsigned int n)
{
	static const struct bpf_insn first[] = { MOV(0, 0), JNE(1, 1, 1), EXIT,
						 MOV(0, 1), EXIT };
	struct program_text text[8] = { { first, LEN(first) } };
	struct bpf_insn *joined;
	size_t len = 0;

	memcpy(text + 1, others, n * sizeof(*others));
	joined = join_programs(text, n + 1, true, &len);
	tap(joined && !run(joined, 1, 0),
	    "what concerns nobody is allowed at once");
	tap(joined && run(joined, 2, 0) == -2 && run(joined, 9, 0) == 4,
	    "the rest is decided as before");
	free(joined);
}

int main(void)
{
	static const struct program_text text[] = {
		{ one, LEN(one) },
		{ two, LEN(two) },
		{ three, LEN(three) },
		{ four, LEN(four) },
	};
	static struct program_text many[18];
	struct bpf_insn *joined;
	size_t len = 0, calls = 1 + LEN(text) * 3 + 1;

	joined = join_programs(text, LEN(text), false, &len);
	if (!tap(joined, "joined"))
		return tap_end();
	test_results(joined);
	/* Of the first three the main functions (7) and the last ones (3), once
	 * what they share (2 and 3); of the fourth all but what calls (2). */
	tap(len == calls + 3 * (7 + 3) + 2 + 3 + LEN(four),
	    "each function once");
	free(joined);

	test_first(text, LEN(text));
	for (size_t i = 0; i < LEN(many); i++)
		many[i] = text[0];
	tap(!join_programs(many, LEN(many), false, &len), "too many programs");
	joined = join_programs(many, 17, false, &len);
	tap(joined && len == 1 + 17 * 3 + 1 + LEN(one), "17 times the same");
	if (joined)
		tap(run(joined, 1, 0) == -1 && !run(joined, 5, 0),
		    "it does the same");
	free(joined);
	return tap_end();
}
