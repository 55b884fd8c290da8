/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIEGE_H
#define SIEGE_H

/*
 * siege - "FILE ...": in a mount namespace of its own, try to open the files for
 * writing, one after the other and as fast as it goes, until SIGTERM
 *
 * Prints "# siege: TRIES tries, N worked". Return: 0, or 71 if there is no mount
 * namespace.
 */
int siege(char **argv);

#endif /* SIEGE_H */
