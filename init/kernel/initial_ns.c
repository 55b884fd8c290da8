// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "kernel/initial_ns.h"
#include "kernel/record.h"
#include "util/log.h"

/* include/linux/proc_ns.h: the numbers of the first of their kind. */
#define PROC_PID_INIT_INO  0xEFFFFFFCu
#define PROC_USER_INIT_INO 0xEFFFFFFDu

/* Does the policy deny or report /proc/1/ns to everyone? */
static bool escape_reports(const struct in_force *now)
{
	struct masks m = record_masks(&now->one[BPFLOCK_ESCAPE].record);

	return (m.deny_host | m.audit_host) & BPFLOCK_BIT(ESCAPE_PTRACE);
}

/*
 * A record in force has the numbers: they do not change before a reboot. A
 * process that can read a record while escape denies is on the host.
 */
static bool from_record(unsigned int inum[BPFLOCK_NSS],
			const struct in_force *now)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (!now->one[i].has_record)
			continue;
		memcpy(inum, now->one[i].record.ns_inum,
		       sizeof(now->one[i].record.ns_inum));
		return true;
	}
	return false;
}

int initial_ns_read(unsigned int inum[BPFLOCK_NSS], const struct in_force *now)
{
	struct stat st;
	char path[32];

	if (escape_reports(now) && from_record(inum, now))
		return 0;
	for (int i = 0; i < BPFLOCK_NSS; i++) {
		snprintf(path, sizeof(path), "/proc/1/ns/%s", ns_names[i]);
		inum[i] = stat(path, &st) ? 0 : st.st_ino;
	}
	if (!inum[BPFLOCK_NS_MNT] && !from_record(inum, now)) {
		log_error("stat /proc/1/ns/mnt: %s: run this as root",
			  strerror(errno));
		return -EPERM;
	}
	if ((inum[BPFLOCK_NS_PID] &&
	     inum[BPFLOCK_NS_PID] != PROC_PID_INIT_INO) ||
	    (inum[BPFLOCK_NS_USER] &&
	     inum[BPFLOCK_NS_USER] != PROC_USER_INIT_INO)) {
		log_error("/proc/1 is not the machine's first process: run "
			  "this on the host, not in a container");
		return -EPERM;
	}
	return 0;
}
