/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef VERSION_H
#define VERSION_H

#define VERSION_MARK "bpflock " /* stands before the version in each program */

/** version_text - "0.1.0" */
const char *version_text(void);

/** version_print - "bpflock 0.1.0" on standard output */
void version_print(void);

#endif /* VERSION_H */
