/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files that the Makefile names, as they are: see object.h. */

	.section .rodata

	.balign 8
	.global bpf_object_gz_size, bpf_object_gz_start
bpf_object_gz_size:
	.quad	1f - bpf_object_gz_start
bpf_object_gz_start:
	.incbin	BPF_OBJECT
1:

	.balign 8
	.global old_bpf_object_gz_size, old_bpf_object_gz_start
old_bpf_object_gz_size:
	.quad	1f - old_bpf_object_gz_start
old_bpf_object_gz_start:
	.incbin	OLD_BPF_OBJECT
1:

	.balign 8
	.global compiled_policy_size, compiled_policy_start
compiled_policy_size:
	.quad	1f - compiled_policy_start
compiled_policy_start:
	.incbin	COMPILED_POLICY
1:

	.section .note.GNU-stack, "", %progbits
