/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files built into the binary: the BPF objects and the policy. */
#ifndef OBJECT_H
#define OBJECT_H

#include <stdbool.h>
#include <stddef.h>

/* gzip(1), one member; the old one is for kernels before 5.11 */
extern const unsigned char bpf_object_gz_start[], old_bpf_object_gz_start[];
extern const size_t bpf_object_gz_size, old_bpf_object_gz_size;

extern const char compiled_policy_start[]; /* not NUL-terminated */
extern const size_t compiled_policy_size;

/**
 * embedded_unpack - a BPF object, in new memory
 * @old: the one for kernels before 5.11
 * @size: gets its size in bytes
 *
 * Return: memory to be freed by the caller, or NULL with errno set.
 */
void *embedded_unpack(bool old, size_t *size);

#endif /* OBJECT_H */
