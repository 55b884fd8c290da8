// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/join.h"
#include "kernel/merge.h"

#define MERGE_HOOK_MAX 16 /* programs at one hook */

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

/* bpf/first.bpf.c has a program for some hooks. */
static bool is_first(const struct bpf_program *prog)
{
	return !strncmp(bpf_program__name(prog), "first_", 6);
}

static bool same_hook(const struct bpf_program *a, const struct bpf_program *b)
{
	return !strcmp(bpf_program__section_name(a),
		       bpf_program__section_name(b));
}

static bool joins(const struct bpf_program *prog,
		  const struct bpf_program *head)
{
	return bpf_program__autoload(prog) && same_hook(prog, head) &&
	       !is_first(prog) && !has_callback(prog);
}

/* The programs of a hook while they become one. */
struct hook {
	struct bpf_program *prog[MERGE_HOOK_MAX];
	unsigned int n;
	const struct bpf_program *first; /* of bpf/first.bpf.c, or NULL */
};

/* Return: false if there is no room, so that they stay alone. */
static bool find_hook(struct hook *h, struct bpf_object *obj,
		      const struct bpf_program *head)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, obj) {
		if (is_first(prog) && same_hook(prog, head))
			h->first = prog;
		if (!joins(prog, head))
			continue;
		if (h->n == MERGE_HOOK_MAX)
			return false;
		h->prog[h->n++] = prog;
	}
	return true;
}

static struct program_text text_of(const struct bpf_program *prog)
{
	return (struct program_text){ bpf_program__insns(prog),
				      bpf_program__insn_cnt(prog) };
}

static bool join(const struct hook *h)
{
	struct program_text text[MERGE_HOOK_MAX + 1];
	struct bpf_insn *insns;
	unsigned int n = 0;
	size_t len;
	bool done;

	if (h->first)
		text[n++] = text_of(h->first);
	for (unsigned int i = 0; i < h->n; i++)
		text[n++] = text_of(h->prog[i]);
	insns = join_programs(text, n, h->first, &len);
	done = insns && !bpf_program__set_insns(h->prog[0], insns, len);
	free(insns);
	return done;
}

static void merge_hook(struct merged *m, struct bpf_object *obj,
		       struct bpf_program *head)
{
	struct hook h = { 0 };

	if (!find_hook(&h, obj, head) || h.n < 2 || m->n + h.n > MERGE_MAX ||
	    !join(&h))
		return;
	for (unsigned int i = 0; i < h.n; i++) {
		m->prog[m->n] = h.prog[i];
		m->head[m->n++] = head;
		bpf_program__set_autoload(h.prog[i], h.prog[i] == head);
	}
}

static bool is_head(const struct merged *m, const struct bpf_program *prog)
{
	for (unsigned int i = 0; i < m->n; i++)
		if (m->head[i] == prog)
			return true;
	return false;
}

void merge_prepare(struct bpf_object *obj)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, obj)
		if (is_first(prog))
			bpf_program__set_autoload(prog, true);
}

void merge_programs(struct merged *m, struct bpf_object *obj)
{
	struct bpf_program *prog;

	m->n = 0;
	bpf_object__for_each_program(prog, obj)
		if (joins(prog, prog) && !is_head(m, prog))
			merge_hook(m, obj, prog);
	bpf_object__for_each_program(prog, obj)
		if (is_first(prog))
			bpf_program__set_autoload(prog, false);
}

const struct bpf_program *merged_head(const struct merged *m,
				      const struct bpf_program *prog)
{
	for (unsigned int i = 0; i < m->n; i++)
		if (m->prog[i] == prog)
			return m->head[i];
	return bpf_program__autoload(prog) ? prog : NULL;
}
