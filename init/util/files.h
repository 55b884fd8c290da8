/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading files whose size is not known before. */
#ifndef FILES_H
#define FILES_H

#include <stddef.h>
#include <sys/types.h>

/** file_read - read up to @size - 1 bytes and a NUL; the length or -errno */
ssize_t file_read(const char *path, char *buf, size_t size);

/**
 * file_read_all - read a file into new memory (with a NUL behind it)
 * @path: the file; sysfs and procfs files, which have no size, too
 * @data: the memory, to be freed by the caller
 *
 * Return: the length or -errno.
 */
ssize_t file_read_all(const char *path, char **data);

/**
 * file_in_memory - make an empty memfd
 *
 * It is not executable, where the kernel knows such files (6.3 and later).
 * Return: a descriptor, or -1 and errno.
 */
int file_in_memory(const char *name);

#endif /* FILES_H */
