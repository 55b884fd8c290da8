/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef EXIT_STATUS_H
#define EXIT_STATUS_H

#include <errno.h>

/* Exit status of every command (bpflock(8)); the numbers of sysexits(3). */
enum status {
	STATUS_DONE = 0,
	STATUS_NOT_ENFORCED = 1,
	STATUS_USAGE = 64,
	STATUS_POLICY = 65,
	STATUS_KERNEL = 69,
	STATUS_SYSTEM = 71,
	STATUS_MAY_NOT = 77,
};

/** status_of - the exit status that stands for a -errno, or for 0 */
static inline enum status status_of(int err)
{
	switch (err) {
	case 0:
		return STATUS_DONE;
	case -EPERM:
	case -EACCES:
		return STATUS_MAY_NOT;
	case -EOPNOTSUPP:
		return STATUS_KERNEL;
	default:
		return STATUS_SYSTEM;
	}
}

#endif /* EXIT_STATUS_H */
