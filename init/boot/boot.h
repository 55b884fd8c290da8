/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpflock-init: apply the policy at boot, and go on. */
#ifndef BOOT_H
#define BOOT_H

#include <stdbool.h>

/**
 * boot_main - bpflock-init, in an initramfs or as PID 1
 * @root: the root about to be entered, to be prepared for /sys; NULL: unknown
 * @argv: the arguments of the program that PID 1 becomes; NULL-terminated
 * @named: argv[0] names that program; otherwise exec= of the policy does
 *
 * Return: exit status (enum status). PID 1 does not return: it becomes the
 * next program.
 */
int boot_main(const char *root, char **argv, bool named);

#endif /* BOOT_H */
