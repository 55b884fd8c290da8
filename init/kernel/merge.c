// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/merge.h"

static bool has_callback(const struct bpf_program *prog)
{
	const struct bpf_insn *insn = bpf_program__insns(prog);
	size_t n = bpf_program__insn_cnt(prog);

	for (size_t i = 0; i < n; i++)
		if (insn[i].code == (BPF_LD | BPF_IMM | BPF_DW) &&
		    insn[i].src_reg == BPF_PSEUDO_FUNC)
			return true;
	return false;
}

static bool joins(const struct bpf_program *prog,
		  const struct bpf_program *head)
{
	return bpf_program__autoload(prog) && !has_callback(prog) &&
	       !strcmp(bpf_program__section_name(prog),
		       bpf_program__section_name(head));
}

/* Return: false if there is no memory or no room. */
static bool add(struct merged *m, struct bpf_program *prog,
		struct bpf_program *head)
{
	size_t len = bpf_program__insn_cnt(prog);
	struct bpf_insn *copy;

	if (m->n == MERGE_MAX)
		return false;
	copy = malloc(len * sizeof(*copy));
	if (!copy)
		return false;
	memcpy(copy, bpf_program__insns(prog), len * sizeof(*copy));
	m->prog[m->n] = prog;
	m->head[m->n] = head;
	m->copy[m->n] = copy;
	m->text[m->n++] = (struct program_text){ copy, len };
	return true;
}

/* Return: false if they stay alone. */
static bool merge(struct bpf_program *head, const struct program_text *text,
		  unsigned int n)
{
	struct bpf_insn *insns;
	size_t len;
	bool done;

	if (n < 2)
		return false;
	insns = join_programs(text, n, &len);
	done = insns && !bpf_program__set_insns(head, insns, len);
	free(insns);
	return done;
}

static void drop(struct merged *m, unsigned int keep)
{
	while (m->n > keep)
		free(m->copy[--m->n]);
}

static void merge_hook(struct merged *m, struct bpf_object *obj,
		       struct bpf_program *head)
{
	unsigned int first = m->n;
	struct bpf_program *prog;
	bool all = true;

	bpf_object__for_each_program(prog, obj)
		if (joins(prog, head))
			all = all && add(m, prog, head);
	if (!all || !merge(head, m->text + first, m->n - first)) {
		drop(m, first);
		return;
	}
	for (unsigned int i = first; i < m->n; i++)
		if (m->prog[i] != head)
			bpf_program__set_autoload(m->prog[i], false);
}

void merge_programs(struct merged *m, struct bpf_object *obj)
{
	struct bpf_program *head;

	bpf_object__for_each_program(head, obj)
		if (joins(head, head) && merged_find(m, head) < 0)
			merge_hook(m, obj, head);
}

int merged_find(const struct merged *m, const struct bpf_program *prog)
{
	for (unsigned int i = 0; i < m->n; i++)
		if (m->prog[i] == prog)
			return i;
	return -1;
}

void merged_free(struct merged *m)
{
	drop(m, 0);
}
