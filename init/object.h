/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is built into the binary: the BPF object and the policy text. */
#ifndef OBJECT_H
#define OBJECT_H

#include <stddef.h>

extern const unsigned char bpf_object_start[];
extern const size_t bpf_object_size;

extern const char compiled_policy_start[]; /* not NUL-terminated */
extern const size_t compiled_policy_size;

#endif /* OBJECT_H */
