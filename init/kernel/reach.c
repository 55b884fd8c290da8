// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "kernel/reach.h"
#include "kernel/registers.h"

#define FRAME_SIZE 512 /* bytes */

/* What there is to know of an instruction beforehand. */
struct place {
	struct registers *state; /* what paths that meet here agree on */
	uint8_t spills; /* the first word of its frame that only spills use */
	bool function; /* one begins here */
	bool meets; /* paths can meet here */
	bool queued;
};

struct walk {
	const struct program_text *text;
	const struct constant_maps *maps;
	uint8_t *reach;
	struct place *place;
	uint32_t *queue; /* places to go on from */
	size_t waiting;
	bool failed;
};

bool is_branch(const struct bpf_insn *insn)
{
	uint8_t op = BPF_OP(insn->code);

	return (BPF_CLASS(insn->code) == BPF_JMP ||
		BPF_CLASS(insn->code) == BPF_JMP32) &&
	       op != BPF_CALL && op != BPF_EXIT;
}

static bool is_callback(const struct bpf_insn *insn)
{
	return insn_is_wide(insn) && insn->src_reg == BPF_PSEUDO_FUNC;
}

bool names_function(const struct bpf_insn *insn)
{
	return is_callback(insn) || (insn->code == (BPF_JMP | BPF_CALL) &&
				     insn->src_reg == BPF_PSEUDO_CALL);
}

/* ---- Paths --------------------------------------------------------------- */

/* A path comes to a place where paths meet. */
static void meet(struct walk *w, size_t to, const struct registers *s)
{
	struct place *place = &w->place[to];
	bool changed = !place->state;

	if (changed) {
		place->state = malloc(sizeof(*s));
		if (!place->state) {
			w->failed = true;
			return;
		}
		*place->state = *s;
	}
	if (registers_agree(place->state, s))
		changed = true;
	if (changed && !place->queued) {
		place->queued = true;
		w->queue[w->waiting++] = to;
	}
}

/* A function begins with its arguments, a callback with nothing known. */
static void enter(struct walk *w, size_t at, const struct registers *s)
{
	const struct bpf_insn *insn = &w->text->insns[at];
	struct registers begin = { 0 };

	for (int i = 1; i <= ARGUMENTS && !is_callback(insn); i++)
		begin.reg[i] = s->reg[i];
	meet(w, at + insn->imm + 1, &begin);
}

/* Goes on from a place until the path ends, or meets others. */
static void follow(struct walk *w, size_t begin)
{
	struct registers s = *w->place[begin].state;

	for (size_t at = begin; at < w->text->len; at++) {
		const struct bpf_insn *insn = &w->text->insns[at];
		unsigned int where = REACH_NEXT;

		if (w->place[at].meets && at != begin) {
			meet(w, at, &s);
			return;
		}
		if (is_branch(insn))
			where = registers_branch(&s, insn);
		w->reach[at] |= where;
		if (where & REACH_JUMP)
			meet(w, at + insn->off + 1, &s);
		if (!(where & REACH_NEXT) || insn->code == (BPF_JMP | BPF_EXIT))
			return;
		if (names_function(insn))
			enter(w, at, &s);
		if (!is_branch(insn))
			registers_step(&s, insn, w->maps, w->place[at].spills);
		if (insn_is_wide(insn))
			w->reach[++at] = REACH_NEXT;
	}
	w->failed = true; /* behind the end */
}

/* ---- Before -------------------------------------------------------------- */

/* Is it one that clang does not make of such code, and that this does not know? */
static bool is_strange(const struct bpf_insn *insn)
{
	bool writes = BPF_CLASS(insn->code) != BPF_ST &&
		      BPF_CLASS(insn->code) != BPF_STX && !is_branch(insn) &&
		      BPF_CLASS(insn->code) != BPF_JMP;

	return insn->code == (BPF_JMP32 | BPF_JA) ||
	       (writes && insn->dst_reg >= REGS);
}

/* Return: false if a place is outside, or an instruction is not known. */
static bool find_places(struct walk *w)
{
	for (size_t i = 0; i < w->text->len; i++) {
		const struct bpf_insn *insn = &w->text->insns[i];
		size_t to = i + 1;

		if (is_strange(insn))
			return false;
		if (!is_branch(insn) && !names_function(insn))
			continue;
		to += is_branch(insn) ? insn->off : insn->imm;
		if (to >= w->text->len)
			return false;
		w->place[to].meets = true;
		w->place[to].function |= names_function(insn);
	}
	return true;
}

/*
 * find_spills - which words of each frame do only spills use?
 *
 * clang puts them below the variables. The lowest address of a variable is one
 * that the function computes, by adding a number to a register.
 */
static void find_spills(struct walk *w)
{
	const struct bpf_insn *insn = w->text->insns;
	size_t end;

	for (size_t i = 0; i < w->text->len; i = end) {
		int lowest = 0;

		for (end = i; end < w->text->len; end++) {
			if (end > i && w->place[end].function)
				break;
			if (insn[end].code == (BPF_ALU64 | BPF_ADD | BPF_K) &&
			    insn[end].imm < lowest &&
			    insn[end].imm >= -FRAME_SIZE)
				lowest = insn[end].imm;
		}
		for (size_t at = i; at < end; at++)
			w->place[at].spills = (7 - lowest) / 8;
	}
}

static void follow_all(struct walk *w)
{
	static const struct registers begin;

	find_spills(w);
	meet(w, 0, &begin);
	while (w->waiting && !w->failed) {
		size_t at = w->queue[--w->waiting];

		w->place[at].queued = false;
		follow(w, at);
	}
}

bool reach_find(const struct program_text *text,
		const struct constant_maps *maps, uint8_t *reach)
{
	struct walk w = { .text = text,
			  .maps = maps,
			  .reach = reach,
			  .place = calloc(text->len, sizeof(*w.place)),
			  .queue = calloc(text->len, sizeof(*w.queue)) };

	memset(reach, 0, text->len);
	w.failed = !w.place || !w.queue || !find_places(&w);
	if (!w.failed)
		follow_all(&w);
	for (size_t i = 0; w.place && i < text->len; i++)
		free(w.place[i].state);
	free(w.place);
	free(w.queue);
	return !w.failed;
}
