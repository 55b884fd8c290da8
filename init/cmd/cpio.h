/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is in an initramfs: cpio archives one behind the other, and a compressed
 * one at the end, as the kernel's init/initramfs.c unpacks them
 * (Documentation/driver-api/early-userspace/buffer-format.rst).
 */
#ifndef CPIO_H
#define CPIO_H

#include <stddef.h>
#include <stdio.h>

/* Called for each regular file that has data. */
struct cpio_reader {
	/* Is the data of the file @name wanted? @name has no leading slash. */
	int (*wants)(void *arg, const char *name);
	/* The data, which is freed after the call. A NUL is behind it. */
	void (*file)(void *arg, const char *name, const char *data, size_t len);
	void *arg;
};

#define CPIO_TROUBLE 96 /* bytes for what is wrong with the file */

/**
 * cpio_read - read an initramfs
 * @in: a file (no pipe), which stands at its beginning
 * @r: gets the files; a later one of a name overrides an earlier one
 * @trouble: gets what is wrong, for a message, or ""
 *
 * gzip, bzip2, xz, lzma, lzo, lz4 and zstd are unpacked by the programs of
 * these names, found in $PATH.
 *
 * Return: 0, or -errno: -EBADMSG if the file is no whole initramfs, -ENOEXEC
 * if the program that unpacks it is missing.
 */
int cpio_read(FILE *in, const struct cpio_reader *r,
	      char trouble[CPIO_TROUBLE]);

#endif /* CPIO_H */
