/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What races with mounts have in common: seal_race.c. */
#ifndef SEAL_RACE_H
#define SEAL_RACE_H

#include <sys/types.h>

#define SIDE  "/run/race"
#define BUSY  "/run/busy" /* with 200 mounts */
#define COPY  "/run/copies"
#define OTHER "/run/another"

/* makes the directories and mounts above, in private mounts */
void race_prepare(void);

/* copies the mounts below BUSY once, which keeps the tree of mounts locked */
void race_copy_tree(void);

/* runs a function again and again, in a process of its own */
pid_t race_repeat(void (*run)(void));

void race_end(pid_t pid);

#endif /* SEAL_RACE_H */
