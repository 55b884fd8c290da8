/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Many bind mounts. */
#ifndef BINDS_H
#define BINDS_H

/* binds_make - N WHERE OF: bind-mounts OF at WHERE/0 to WHERE/N-1. 0 or 1 */
int binds_make(char **argv);

#endif /* BINDS_H */
