/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls for fire.c that reach the hooks of mounting and of attributes. */
#ifndef FIRE_MOUNTS_H
#define FIRE_MOUNTS_H

/** ask_mount_calls - mount(2), move_mount(2), pivot_root(2), all of them wrong */
void ask_mount_calls(void);

/** ask_attributes - change those of a file in memory */
void ask_attributes(void);

#endif /* FIRE_MOUNTS_H */
