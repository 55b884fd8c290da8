/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A compressed stream, unpacked by the program of its format. */
#ifndef UNPACK_H
#define UNPACK_H

#include <stdio.h>
#include <sys/types.h>

struct unpack {
	const char *program; /* NULL: no format that the kernel knows */
	FILE *out;
	pid_t pid;
};

/**
 * unpack_start - start the program that unpacks the rest of a file
 * @u: gets the program, and in @out what it prints
 * @in: a file (no pipe), which stands at the first byte of the stream
 *
 * The formats and their first bytes are those of the kernel's
 * lib/decompress.c.
 *
 * Return: 0, or -errno: -EBADMSG if the format is unknown.
 */
int unpack_start(struct unpack *u, FILE *in);

/**
 * unpack_end - wait until the program is done
 *
 * Return: 0, -ENOEXEC if there is no such program, or -EBADMSG if it failed.
 */
int unpack_end(struct unpack *u);

#endif /* UNPACK_H */
