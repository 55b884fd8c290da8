/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef READD_H
#define READD_H

/*
 * readd OTHER: takes away the disk that the root is on, and has the bus looked
 * through again. Says whether the disk, which is not OTHER, can be written then.
 */
int readd(char **argv);

#endif /* READD_H */
