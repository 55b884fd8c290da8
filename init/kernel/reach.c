// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "kernel/reach.h"

#define REGS	   10 /* without the frame pointer */
#define FRAME	   10 /* the frame pointer */
#define ARGUMENTS  5 /* registers 1 to 5 */
#define SPILLS	   24 /* the upper words of a frame, of 8 bytes each */
#define FRAME_SIZE 512 /* bytes of a frame */

struct state {
	struct value reg[REGS];
	struct value spill[SPILLS];
};

/* What there is to know of an instruction beforehand. */
struct place {
	struct state *state; /* where paths meet: what they agree on, or NULL */
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

static const struct value unknown;

static bool is_wide(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

bool is_branch(const struct bpf_insn *insn)
{
	uint8_t op = BPF_OP(insn->code);

	return (BPF_CLASS(insn->code) == BPF_JMP ||
		BPF_CLASS(insn->code) == BPF_JMP32) &&
	       op != BPF_CALL && op != BPF_EXIT;
}

static bool is_callback(const struct bpf_insn *insn)
{
	return is_wide(insn) && insn->src_reg == BPF_PSEUDO_FUNC;
}

bool names_function(const struct bpf_insn *insn)
{
	return is_callback(insn) || (insn->code == (BPF_JMP | BPF_CALL) &&
				     insn->src_reg == BPF_PSEUDO_CALL);
}

static struct value reg(const struct state *s, int n)
{
	return n < REGS ? s->reg[n] : unknown;
}

/* ---- Values -------------------------------------------------------------- */

static struct value wide_value(const struct walk *w,
			       const struct bpf_insn *insn)
{
	uint64_t high = (uint32_t)insn[1].imm, low = (uint32_t)insn->imm;

	if (!insn->src_reg)
		return number(high << 32 | low);
	if (insn->src_reg == BPF_PSEUDO_BTF_ID)
		return (struct value){ KERNEL, 0, 0 };
	for (unsigned int i = 0; i < w->maps->n; i++)
		if (insn->src_reg == BPF_PSEUDO_MAP_VALUE &&
		    w->maps->map[i].fd == insn->imm)
			return (struct value){ IN_MAP, i, high };
	return unknown;
}

/* What is in a map. Programs and loader have the same byte order. */
static struct value in_map(const struct walk *w, const struct bpf_insn *insn,
			   struct value from)
{
	const struct constant_map *map = &w->maps->map[from.map];
	uint64_t at = from.number + insn->off, n = 0;
	uint64_t size = BPF_SIZE(insn->code) == BPF_DW ? 8 : 4;

	if ((BPF_SIZE(insn->code) != BPF_W && size != 8) || at > map->size ||
	    map->size - at < size)
		return unknown;
	memcpy(&n, (const char *)map->value + at, size);
	return number(n);
}

/*
 * spill_of - where the state has the word of the frame that is accessed
 *
 * Return: NULL if it is not a whole word that only spills use.
 */
static struct value *spill_of(const struct walk *w, struct state *s, size_t at,
			      int base)
{
	const struct bpf_insn *insn = &w->text->insns[at];
	int word = -insn->off / 8 - 1;

	if (base != FRAME || insn->off % 8 || word < w->place[at].spills ||
	    word >= SPILLS || BPF_SIZE(insn->code) != BPF_DW)
		return NULL;
	return &s->spill[word];
}

static void load(const struct walk *w, struct state *s, size_t at)
{
	const struct bpf_insn *insn = &w->text->insns[at];
	struct value *spill = spill_of(w, s, at, insn->src_reg);
	struct value from = reg(s, insn->src_reg), v = unknown;

	if (BPF_MODE(insn->code) == BPF_MEM && spill)
		v = *spill;
	else if (BPF_MODE(insn->code) == BPF_MEM && from.kind == IN_MAP)
		v = in_map(w, insn, from);
	s->reg[insn->dst_reg] = v;
}

static void store(const struct walk *w, struct state *s, size_t at)
{
	const struct bpf_insn *insn = &w->text->insns[at];
	struct value *spill = spill_of(w, s, at, insn->dst_reg);
	bool is_number = BPF_CLASS(insn->code) == BPF_ST;

	if (spill)
		*spill = is_number ? number((int64_t)insn->imm) :
				     reg(s, insn->src_reg);
	if (is_number || BPF_MODE(insn->code) == BPF_MEM)
		return;
	/* an atomic operation gives back what was there */
	s->reg[0] = unknown;
	if (insn->src_reg < REGS)
		s->reg[insn->src_reg] = unknown;
	if (spill)
		*spill = unknown;
}

static struct value operand(const struct state *s, const struct bpf_insn *insn)
{
	return BPF_SRC(insn->code) == BPF_K ? number((int64_t)insn->imm) :
					      reg(s, insn->src_reg);
}

/* 32-bit operations, signed moves and swaps: records need none. */
static void calculate(struct state *s, const struct bpf_insn *insn)
{
	struct value *dst = &s->reg[insn->dst_reg];

	if (BPF_CLASS(insn->code) != BPF_ALU64 || insn->off)
		*dst = unknown;
	else
		*dst = value_calculate(BPF_OP(insn->code), *dst,
				       operand(s, insn));
}

static unsigned int branch(const struct state *s, const struct bpf_insn *insn)
{
	if (BPF_OP(insn->code) == BPF_JA)
		return REACH_JUMP;
	if (BPF_CLASS(insn->code) != BPF_JMP)
		return REACH_NEXT | REACH_JUMP;
	return value_compare(BPF_OP(insn->code), reg(s, insn->dst_reg),
			     operand(s, insn));
}

/* ---- Paths --------------------------------------------------------------- */

static void agree(struct value *a, const struct value *b, unsigned int n,
		  bool *changed)
{
	for (unsigned int i = 0; i < n; i++) {
		if (a[i].kind == UNKNOWN || value_same(&a[i], &b[i]))
			continue;
		a[i] = unknown;
		*changed = true;
	}
}

/* A path comes to a place where paths meet. */
static void meet(struct walk *w, size_t to, const struct state *s)
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
	agree(place->state->reg, s->reg, REGS, &changed);
	agree(place->state->spill, s->spill, SPILLS, &changed);
	if (changed && !place->queued) {
		place->queued = true;
		w->queue[w->waiting++] = to;
	}
}

/* A function begins with its arguments, a callback with nothing known. */
static void enter(struct walk *w, size_t at, const struct state *s)
{
	const struct bpf_insn *insn = &w->text->insns[at];
	struct state begin = { 0 };

	for (int i = 1; i <= ARGUMENTS && !is_callback(insn); i++)
		begin.reg[i] = s->reg[i];
	meet(w, at + insn->imm + 1, &begin);
}

/* What an instruction that is no branch does. */
static void step(struct walk *w, struct state *s, size_t at)
{
	const struct bpf_insn *insn = &w->text->insns[at];

	if (names_function(insn))
		enter(w, at, s);
	switch (BPF_CLASS(insn->code)) {
	case BPF_LD:
		s->reg[insn->dst_reg] = is_wide(insn) ? wide_value(w, insn) :
							unknown;
		break;
	case BPF_LDX:
		load(w, s, at);
		break;
	case BPF_ST:
	case BPF_STX:
		store(w, s, at);
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

/* Goes on from a place until the path ends, or meets others. */
static void follow(struct walk *w, size_t begin)
{
	struct state s = *w->place[begin].state;

	for (size_t at = begin; at < w->text->len; at++) {
		const struct bpf_insn *insn = &w->text->insns[at];
		unsigned int where = REACH_NEXT;

		if (w->place[at].meets && at != begin) {
			meet(w, at, &s);
			return;
		}
		if (is_branch(insn))
			where = branch(&s, insn);
		w->reach[at] |= where;
		if (where & REACH_JUMP)
			meet(w, at + insn->off + 1, &s);
		if (!(where & REACH_NEXT) || insn->code == (BPF_JMP | BPF_EXIT))
			return;
		if (!is_branch(insn))
			step(w, &s, at);
		if (is_wide(insn))
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
	static const struct state begin;

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
