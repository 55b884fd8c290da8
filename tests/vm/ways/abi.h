/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * System calls by their 32-bit and x32 numbers, made from this 64-bit program
 * (ways/alone is a 32-bit program). x86 only, as the virtual machines are.
 */
#ifndef ABI_H
#define ABI_H

#include <stddef.h>

/*
 * What these return is what the kernel did: a value or -errno. Pointers that
 * are given to the 32-bit call must lie below 4 GiB: static objects do, and
 * what low_memory() returns.
 */
long syscall_raw(long nr, long a, long b, long c);
long syscall_i386(long nr, long a, long b, long c);
long syscall_i386_4(long nr, long a, long b, long c, long d);
long syscall_x32(long nr, long a, long b, long c);

/* NULL, or why this kernel cannot run such calls */
const char *need_i386(void);
const char *need_x32(void);

/* low_memory - a copy below 4 GiB; the eighth call after this reuses it */
void *low_memory(const void *data, size_t size);

/* open(2), chmod(2) and mount(2) by their 32-bit numbers: 0, fd or -errno */
int i386_open(const char *path, int flags);
int i386_chmod(const char *path, int mode);
int i386_mount(const char *dev, const char *where, const char *type,
	       unsigned long flags);

#endif /* ABI_H */
