/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files built into the binary: the BPF object and the policy. */
#ifndef OBJECT_H
#define OBJECT_H

#include <stddef.h>

extern const unsigned char bpf_object_gz_start[]; /* gzip(1), one member */
extern const size_t bpf_object_gz_size;

extern const char compiled_policy_start[]; /* not NUL-terminated */
extern const size_t compiled_policy_size;

/**
 * embedded_unpack - the BPF object, in new memory
 * @size: gets its size in bytes
 *
 * Return: memory to be freed by the caller, or NULL with errno set.
 */
void *embedded_unpack(size_t *size);

#endif /* OBJECT_H */
