/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prepare the new root for /sys, which takes the pins along. */
#ifndef NEWROOT_H
#define NEWROOT_H

/**
 * newroot_prepare - make a free directory for /sys in the new root
 * @root: where the new root is mounted
 *
 * The program that switches the root moves /sys to that directory. If the directory
 * is missing, or something is mounted on it, switch_root of util-linux
 * unmounts /sys instead, and systemd leaves it behind; the pins are lost
 * either way. So this makes the directory, and unmounts what is on it.
 *
 * Return: 0 or -errno, reported with the remedy.
 */
int newroot_prepare(const char *root);

#endif /* NEWROOT_H */
