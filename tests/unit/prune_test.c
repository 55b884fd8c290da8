// SPDX-License-Identifier: GPL-2.0-or-later
/* prune_text(): small programs, and what must be left of them. */
#include <stdlib.h>
#include <string.h>

#include "prune_cases.h"
#include "tap.h"

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
						WIDE(2, BPF_PSEUDO_FUNC, 4, 0),
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

	TEST("a callback", loop, left);
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

int main(void)
{
	test_branches();
	test_values();
	test_functions();
	test_callback();
	test_refused();
	return tap_end();
}
