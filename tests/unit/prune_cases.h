/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of prune_text() share: instructions, and a record. */
#ifndef PRUNE_CASES_H
#define PRUNE_CASES_H

#include "kernel/prune.h"
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

#endif /* PRUNE_CASES_H */
