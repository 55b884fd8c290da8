/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A copy of what the lock decides by, for the tool to read: a map with one element
 * that no process can write any more, and no program. Helpers of some kernels write
 * even into maps with BPF_F_RDONLY_PROG, where they have a pointer to the element
 * (CVE-2024-49861 is one case). The copy is in a queue, since no program gets such
 * a pointer there (kernel/bpf/queue_stack_maps.c).
 */
#ifndef COPY_H
#define COPY_H

#include <stddef.h>

/**
 * copy_make - make a map with a copy
 * @name: its name, of which the kernel keeps 15 bytes; the word of a protection
 *	comes first, so that self guards it
 * @value: what is copied
 * @size: its size in bytes
 *
 * Return: a descriptor or -errno.
 */
int copy_make(const char *name, const void *value, size_t size);

/**
 * copy_read - read a copy back
 * @path: the pin of the map
 * @value: gets it, if there is no error
 * @size: its size in bytes
 *
 * Return: 0 or -errno (-EINVAL: processes or programs can write the map; -EPROTO:
 * they cannot, but it is of another type or size).
 */
int copy_read(const char *path, void *value, size_t size);

#endif /* COPY_H */
