/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The root about to be entered: can it take /sys, and the pins with it? */
#ifndef NEWROOT_H
#define NEWROOT_H

/**
 * newroot_prepare - have a free folder for /sys in the new root
 * @root: where the new root is mounted
 *
 * What switches the root moves /sys there, but unmounts it where that folder
 * is missing or has something mounted on it already (switch_root of
 * util-linux), or leaves it behind (systemd). So the folder is made, and what
 * is on it unmounted.
 *
 * Return: 0 or -errno, reported with what to do.
 */
int newroot_prepare(const char *root);

#endif /* NEWROOT_H */
