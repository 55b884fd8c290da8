/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that the Makefile names, as they are: see embedded.h. */

	.section .rodata

	.macro	packed name, file
	.balign 8
	.global \name
\name:
	.quad	2f - 1f
1:	.incbin	"\file"
2:
	.endm

	packed	bpf_object_gz, BPF_OBJECT
	packed	old_bpf_object_gz, OLD_BPF_OBJECT
#ifdef OPERATIONS
	packed	operations_gz, OPERATIONS
#endif

	.balign 8
	.global compiled_policy_size, compiled_policy_start
compiled_policy_size:
	.quad	1f - compiled_policy_start
compiled_policy_start:
	.incbin	COMPILED_POLICY
1:

	.section .note.GNU-stack, "", %progbits
