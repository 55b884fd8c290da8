/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The block devices below others, and the file system of PID 1's root. */
#ifndef ROOTDEV_H
#define ROOTDEV_H

#include <stdbool.h>

#include "bpf/bpflock.h"

struct rootdev {
	unsigned int initramfs_dev; /* from rootdev_initramfs() */
	bool more; /* than these: the rest is not guarded */
	unsigned int n;
	unsigned int upper[BPFLOCK_BELOW_MAX]; /* dev_t */
	unsigned int lower[BPFLOCK_BELOW_MAX]; /* dev_t of a device below it */
};

/**
 * rootdev_read - record which block devices underlie others, as of now
 *
 * These are the members of device-mapper and md devices, the devices of a
 * mounted btrfs, and the device of the file behind a loop device; then the
 * devices below those, and the whole disk of each partition. More than
 * BPFLOCK_BELOW_MAX pairs are reported; @more is then set.
 */
void rootdev_read(struct rootdev *out);

/**
 * rootdev_initramfs - the device number (dev_t) of the initramfs
 * @known: the number if a record in force has it, or 0. A look at the root of
 *	PID 1 can be denied (escape.ptrace).
 *
 * Return: 0 if it is not the root of PID 1 any more.
 */
unsigned int rootdev_initramfs(unsigned int known);

/** rootdev_writable - is the file system of PID 1's root writable? */
bool rootdev_writable(void);

#endif /* ROOTDEV_H */
