/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose locked memory the lock is charged to, before 5.11. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <sys/types.h>

/*
 * Before 5.11 the kernel charges BPF programs and maps to the real user who
 * makes them, and compares the sum with RLIMIT_MEMLOCK of whoever makes the next
 * one (kernel/bpf/syscall.c:bpf_charge_memlock()). Charged to root, the lock
 * would leave nothing of the usual 64 KiB to the other programs of root.
 */

/**
 * account_begin - have what follows charged to a user whom nobody is
 *
 * Only the real user changes, so the process keeps its capabilities, and access
 * to files. From 5.11 on, and where the process may not change it, nothing
 * happens.
 *
 * Return: for account_end().
 */
uid_t account_begin(void);

/** account_end - be the user again who called account_begin() */
void account_end(uid_t before);

#endif /* ACCOUNT_H */
