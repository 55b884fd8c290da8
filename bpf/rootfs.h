/* SPDX-License-Identifier: GPL-2.0-only */
/* rootfs: its record and counters, for rootfs.bpf.c and rootfs_disk.h. */
#ifndef ROOTFS_H
#define ROOTFS_H

#include "decide.h"

PROTECTION(rootfs, ROOTFS);

#endif /* ROOTFS_H */
