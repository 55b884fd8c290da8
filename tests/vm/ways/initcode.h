/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INITCODE_H
#define INITCODE_H

/*
 * initcode FOREIGN OWN ETC PROGRAM ...: maps and executes a copy of busybox at
 * FOREIGN, maps OWN of the root and ETC, says what worked, and becomes PROGRAM.
 */
int initcode(char **argv);

#endif /* INITCODE_H */
