/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Block devices that boots and attempts need. */
#ifndef DEVICES_H
#define DEVICES_H

#include <sys/types.h>

/* array_make - /dev/md0 of that device; 0 or an exit status */
int array_make(const char *member);

/*
 * verity_make - a dm-verity device, of the name "root"; 0 or an exit status
 * @table: commas stand for blanks
 */
int verity_make(char *table);

/* linear_make - a device of that name over the first sectors of another; 0 or -errno */
int linear_make(const char *name, const char *device, dev_t *dev);

/* mapper_drop - removes it, if it is there */
void mapper_drop(const char *name);

#endif /* DEVICES_H */
