/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INITCODE_H
#define INITCODE_H

/*
 * initcode FOREIGN OWN ETC PROGRAM ...: maps and executes a copy of busybox at
 * FOREIGN, maps OWN of the root and ETC, says what worked, and becomes PROGRAM.
 */
int initcode(char **argv);

/*
 * initumount DIRECTORY: as PID 1, unmounts the bpffs as long as there is another mount
 * of it: a peer at DIRECTORY, then one below procfs. Then moves it to DIRECTORY. Says
 * what worked, and powers off.
 */
int initumount(char **argv);

#endif /* INITCODE_H */
