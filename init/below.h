/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BELOW_H
#define BELOW_H

#include <stdbool.h>

#include "../bpf/bpflock.h"

/**
 * below_make - which block devices others are made of, now
 *
 * Members of device-mapper and md devices, the devices of a mounted btrfs,
 * and of the files behind loop devices; of those again what they are made
 * of, and the whole disks of all.
 */
void below_make(struct bpflock_policy *out);

/**
 * below_initramfs - the device number of PID 1's root
 *
 * If that is the kernel's first one, the initramfs; else 0.
 */
unsigned int below_initramfs(void);

/** below_root_writable - is the file system that PID 1's root is on? */
bool below_root_writable(void);

#endif /* BELOW_H */
