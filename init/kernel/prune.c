// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "kernel/prune.h"

/*
 * stays - is instruction i left?
 * @place: where those behind it will be, and how many there are, from the end on
 */
static bool stays(const struct program_text *text, const uint8_t *reach,
		  const uint32_t *place, size_t i)
{
	const struct bpf_insn *insn = &text->insns[i];
	bool jumps = is_branch(insn);

	if (!reach[i] || (jumps && reach[i] == REACH_NEXT))
		return false;
	/* a jump to what is next then */
	return !jumps || reach[i] != REACH_JUMP || insn->off < 0 ||
	       place[i + 1] != place[i + 1 + insn->off];
}

/* place[i]: how many are left from i on. Return: how many are left. */
static size_t count(const struct program_text *text, const uint8_t *reach,
		    uint32_t *place)
{
	place[text->len] = 0;
	for (size_t i = text->len; i-- > 0;)
		place[i] = place[i + 1] + stays(text, reach, place, i);
	return place[0];
}

static void write(const struct program_text *text, const uint8_t *reach,
		  const uint32_t *place, struct bpf_insn *out)
{
	for (size_t i = 0; i < text->len; i++) {
		const struct bpf_insn *from = &text->insns[i];
		size_t to = i + 1;

		if (place[i] == place[i + 1])
			continue;
		*out = *from;
		if (is_branch(from)) {
			if (reach[i] == REACH_JUMP)
				*out = (struct bpf_insn){ .code = BPF_JMP |
								  BPF_JA };
			to += from->off;
			out->off = (int)place[i + 1] - (int)place[to];
		} else if (names_function(from)) {
			to += from->imm;
			out->imm = (int)place[i + 1] - (int)place[to];
		}
		out++;
	}
}

/* Functions that nobody calls any more are gone. */
static void move_funcs(const uint8_t *reach, const uint32_t *place,
		       struct pruned *out)
{
	unsigned int left = 0;

	for (unsigned int i = 0; i < out->n_funcs; i++) {
		struct bpf_func_info f = out->funcs[i];

		if (!reach[f.insn_off])
			continue;
		f.insn_off = place[0] - place[f.insn_off];
		out->funcs[left++] = f;
	}
	out->n_funcs = left;
}

bool prune_text(const struct program_text *text,
		const struct constant_maps *maps, struct pruned *out)
{
	uint32_t *place = calloc(text->len + 1, sizeof(*place));
	uint8_t *reach = calloc(text->len + 1, 1);

	out->insns = NULL;
	if (place && reach && reach_find(text, maps, reach)) {
		out->len = count(text, reach, place);
		out->insns = malloc(out->len * sizeof(*out->insns));
	}
	if (out->insns) {
		write(text, reach, place, out->insns);
		move_funcs(reach, place, out);
	}
	free(place);
	free(reach);
	return out->insns;
}
