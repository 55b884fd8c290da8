/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The guest's disk: a loop device with a minix file system. */
#ifndef DISK_H
#define DISK_H

#include <sys/types.h>

extern char disk_node[32];
extern dev_t disk_dev;

const char *need_disk(void);

/* loop_attach - a loop device over the file; 0 or -1. @node: its path */
int loop_attach(const char *path, char node[32]);

#endif /* DISK_H */
