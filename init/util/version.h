/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef VERSION_H
#define VERSION_H

/** version_print - "bpflock 0.1.0" on standard output */
void version_print(void);

#endif /* VERSION_H */
