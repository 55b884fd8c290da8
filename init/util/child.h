/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CHILD_H
#define CHILD_H

/**
 * child_run - call a function in a child process, and wait for it
 * @act: returns 0 or -errno
 *
 * Return: what the function returned, -errno if there is no child, or -EINTR
 * if a signal killed it.
 */
int child_run(int (*act)(void));

#endif /* CHILD_H */
