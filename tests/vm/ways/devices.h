/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Block devices that boots need. Both return 0 or an exit status. */
#ifndef DEVICES_H
#define DEVICES_H

/* array_make - /dev/md0 of that device */
int array_make(const char *member);

/* verity_make - a dm-verity device; commas in the table stand for blanks */
int verity_make(char *table);

#endif /* DEVICES_H */
