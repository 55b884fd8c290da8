/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The roots that the machine can leave the initramfs for. */
#ifndef NEWROOTS_H
#define NEWROOTS_H

#include "bpf/bpflock.h"

struct newroots {
	unsigned int n;
	unsigned int dev[BPFLOCK_NEWROOTS_MAX]; /* dev_t */
};

/**
 * newroots_read - find the file systems that can become the root of PID 1
 * @out: receives them
 *
 * Such a file system is mounted on a directory of the initramfs, and has
 * directories /proc and /sys. There is none once PID 1 has left the initramfs.
 * More than BPFLOCK_NEWROOTS_MAX are reported, and the rest is not in the list.
 */
void newroots_read(struct newroots *out);

#endif /* NEWROOTS_H */
