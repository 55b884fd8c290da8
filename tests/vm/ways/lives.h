/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LIVES_H
#define LIVES_H

/*
 * serve: makes children that end, forever. begin SECONDS: opens the memory of new
 * tasks and writes there; end SECONDS: opens the mount namespace of tasks. A line
 * tells whether that worked.
 */
int lives(char **argv);

#endif /* LIVES_H */
