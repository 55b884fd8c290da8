/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A BPF instruction: linux/bpf.h. */
#ifndef INSN_H
#define INSN_H

#include <linux/bpf.h>

#define INSN(c, dst, src, o, i)                                              \
	{                                                                    \
		.code = (c), .dst_reg = (dst), .src_reg = (src), .off = (o), \
		.imm = (i)                                                   \
	}

#endif /* INSN_H */
