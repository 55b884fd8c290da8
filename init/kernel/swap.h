/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Swap, where root on the host can change the memory of PID 1. */
#ifndef SWAP_H
#define SWAP_H

#include <stdbool.h>

/**
 * swap_on - does the machine swap to anything?
 *
 * The kernel swaps out pages of PID 1 when memory is short, or when root asks for
 * it (process_madvise(2)), and root can write to every device that holds them: to
 * a disk, and to a device of dm-crypt or zram, behind which the pages are
 * encrypted or compressed. The lock has no hook where a device becomes swap.
 * /proc/swaps has one line as its head (proc(5)).
 */
bool swap_on(void);

#endif /* SWAP_H */
