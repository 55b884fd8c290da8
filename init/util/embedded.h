/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files built into the binary: the BPF objects, the policy, and texts. */
#ifndef OBJECT_H
#define OBJECT_H

#include <stddef.h>

/* A file as gzip(1) makes it, of one member. */
struct embedded {
	size_t size;
	unsigned char start[];
};

extern const struct embedded bpf_object_gz;
extern const struct embedded old_bpf_object_gz; /* for kernels before 5.11 */
extern const struct embedded operations_gz; /* init/cmd/operations.txt */

extern const char compiled_policy_start[]; /* not NUL-terminated */
extern const size_t compiled_policy_size;

/**
 * embedded_unpack - one of these files, in new memory
 * @file: which
 * @size: gets its unpacked size in bytes
 *
 * Return: memory to be freed by the caller, or NULL with errno set.
 */
void *embedded_unpack(const struct embedded *file, size_t *size);

#endif /* OBJECT_H */
