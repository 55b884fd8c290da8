/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The initramfs part: apply the policy, and go on. */
#ifndef BOOT_H
#define BOOT_H

#include <stdbool.h>

/**
 * boot_main - bpflock-init, from an initramfs or as its first process
 * @root: the root about to be entered, to be prepared for /sys; NULL: unknown
 * @argv: the arguments of what the first process becomes; NULL-terminated
 * @named: argv[0] says what that is; otherwise exec= of the policy does
 *
 * Return: exit status (enum status). As PID 1 it does not return: it becomes
 * the next program.
 */
int boot_main(const char *root, char **argv, bool named);

#endif /* BOOT_H */
