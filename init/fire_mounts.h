/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls for fire.c that reach the hooks of mounts, files and attributes. */
#ifndef FIRE_MOUNTS_H
#define FIRE_MOUNTS_H

/** ask_new_mount - make a tmpfs that is mounted nowhere, and change it */
void ask_new_mount(void);

/** ask_mount - mount(2), move_mount(2) and pivot_root(2), all of them wrong */
void ask_mount(void);

/** ask_attributes - change those of a file in memory */
void ask_attributes(void);

/** ask_ioctl - ask /dev/null whether it is a terminal */
void ask_ioctl(void);

#endif /* FIRE_MOUNTS_H */
