// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/join.h"
#include "util/insn.h"

#define FUNCS_MAX  256
#define TEXTS_MAX  17
#define CALL_INSNS 3 /* for each program: the argument, the call, the way out */

/* A function. The program itself is one as well. */
struct func {
	const struct bpf_insn *insns;
	unsigned int len;
	int same; /* the function that stands for it, -1: not known yet */
	unsigned int at; /* where it will be */
};

struct join {
	unsigned int n, funcs;
	bool first; /* the first program tells whether to call the others */
	unsigned int main[TEXTS_MAX]; /* of each program: its first function */
	struct func func[FUNCS_MAX];
};

static bool is_call(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_CALL) &&
	       insn->src_reg == BPF_PSEUDO_CALL;
}

static const struct bpf_insn *callee(const struct bpf_insn *call)
{
	return call + call->imm + 1;
}

/* Where the next function begins. */
static size_t next_func(const struct program_text *text, size_t at)
{
	size_t next = text->len, to;

	for (size_t i = 0; i < text->len; i++) {
		if (!is_call(&text->insns[i]))
			continue;
		to = callee(&text->insns[i]) - text->insns;
		if (to > at && to < next)
			next = to;
	}
	return next;
}

/* A function goes on until the next one. Return: false if they are too many. */
static bool find_funcs(struct join *j, const struct program_text *text)
{
	size_t at, next;

	for (unsigned int i = 0; i < j->n; i++) {
		j->main[i] = j->funcs;
		for (at = 0; at < text[i].len; at = next) {
			if (j->funcs == FUNCS_MAX)
				return false;
			next = next_func(&text[i], at);
			j->func[j->funcs++] = (struct func){ text[i].insns + at,
							     next - at, -1, 0 };
		}
	}
	return true;
}

static unsigned int func_at(const struct join *j, const struct bpf_insn *insn)
{
	unsigned int i = 0;

	while (j->func[i].insns != insn)
		i++;
	return i;
}

/* The callees of both are known already. */
static bool equal(const struct join *j, const struct func *a,
		  const struct func *b)
{
	if (a->len != b->len)
		return false;
	for (unsigned int i = 0; i < a->len; i++) {
		const struct bpf_insn *x = &a->insns[i], *y = &b->insns[i];

		if (is_call(x) && is_call(y) ?
			    j->func[func_at(j, callee(x))].same !=
				    j->func[func_at(j, callee(y))].same :
			    memcmp(x, y, sizeof(*x)))
			return false;
	}
	return true;
}

/* BPF programs do not recurse, and call at most 8 functions deep. */
static void find_same(struct join *j, struct func *f)
{
	if (f->same >= 0)
		return;
	for (unsigned int i = 0; i < f->len; i++)
		if (is_call(&f->insns[i]))
			find_same(j,
				  &j->func[func_at(j, callee(&f->insns[i]))]);
	f->same = f - j->func;
	for (unsigned int i = 0; i < j->funcs; i++)
		if (j->func[i].same == (int)i && &j->func[i] != f &&
		    equal(j, &j->func[i], f)) {
			f->same = i;
			return;
		}
}

/* Return: the length of all, in instructions. */
static size_t place_funcs(struct join *j)
{
	size_t at = 1 + j->n * CALL_INSNS + 1;

	for (unsigned int i = 0; i < j->funcs; i++) {
		if (j->func[i].same != (int)i)
			continue;
		j->func[i].at = at;
		at += j->func[i].len;
	}
	return at;
}

static int offset_of(const struct join *j, unsigned int func, size_t call)
{
	return (int)j->func[j->func[func].same].at - (int)call - 1;
}

/* The argument is in register 1, and stays in register 6. */
static void write_calls(const struct join *j, struct bpf_insn *insn)
{
	const struct bpf_insn
		keep = INSN(BPF_ALU64 | BPF_MOV | BPF_X, 6, 1, 0, 0),
		give = INSN(BPF_ALU64 | BPF_MOV | BPF_X, 1, 6, 0, 0),
		call = INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, 0),
		leave = INSN(BPF_JMP | BPF_JNE | BPF_K, 0, 0, 0, 0),
		allow = INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 0, 0),
		end = INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
	int last = 1 + j->n * CALL_INSNS, at = 0;

	insn[at++] = keep;
	for (unsigned int i = 0; i < j->n; i++) {
		insn[at++] = give;
		insn[at] = call;
		insn[at].imm = offset_of(j, j->main[i], at);
		at++;
		insn[at] = j->first && !i ? allow : leave;
		insn[at].off = last - at - 1;
		at++;
	}
	insn[at] = end;
}

static void write_func(const struct join *j, const struct func *f,
		       struct bpf_insn *insn)
{
	memcpy(insn + f->at, f->insns, f->len * sizeof(*insn));
	for (unsigned int i = 0; i < f->len; i++)
		if (is_call(&f->insns[i]))
			insn[f->at + i].imm =
				offset_of(j, func_at(j, callee(&f->insns[i])),
					  f->at + i);
}

struct bpf_insn *join_programs(const struct program_text *text, unsigned int n,
			       bool first, size_t *len)
{
	static struct join j;
	struct bpf_insn *insn;

	j.n = n;
	j.first = first;
	j.funcs = 0;
	if (n > TEXTS_MAX || !find_funcs(&j, text))
		return NULL;
	for (unsigned int i = 0; i < j.funcs; i++)
		find_same(&j, &j.func[i]);
	*len = place_funcs(&j);
	insn = malloc(*len * sizeof(*insn));
	if (!insn)
		return NULL;
	write_calls(&j, insn);
	for (unsigned int i = 0; i < j.funcs; i++)
		if (j.func[i].same == (int)i)
			write_func(&j, &j.func[i], insn);
	return insn;
}
