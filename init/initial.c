// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "initial.h"
#include "log.h"
#include "pins.h"

/* include/linux/proc_ns.h: the numbers of the first of their kind. */
#define PROC_PID_INIT_INO  0xEFFFFFFCu
#define PROC_USER_INIT_INO 0xEFFFFFFDu

/*
 * A policy may keep /proc/1/ns from everyone (escape's ptrace). What is in
 * force already knows the numbers: they do not change before a reboot.
 */
static bool in_force(unsigned int inum[BPFLOCK_NSS])
{
	struct pinned in;
	bool found = false;

	for (int i = 0; i < BPFLOCK_PROTECTIONS && !found; i++) {
		if (!pins_read(&protections[i], &in) && in.has_policy) {
			memcpy(inum, in.policy.ns_inum,
			       sizeof(in.policy.ns_inum));
			found = true;
		}
		pins_close(&in);
	}
	return found;
}

int initial_read(unsigned int inum[BPFLOCK_NSS])
{
	struct stat st;
	char path[32];

	for (int i = 0; i < BPFLOCK_NSS; i++) {
		snprintf(path, sizeof(path), "/proc/1/ns/%s", ns_names[i]);
		inum[i] = stat(path, &st) ? 0 : st.st_ino;
	}
	if (!inum[BPFLOCK_NS_MNT] && !in_force(inum)) {
		log_error("stat /proc/1/ns/mnt: %s: run as root",
			  strerror(errno));
		return -EPERM;
	}
	if ((inum[BPFLOCK_NS_PID] &&
	     inum[BPFLOCK_NS_PID] != PROC_PID_INIT_INO) ||
	    (inum[BPFLOCK_NS_USER] &&
	     inum[BPFLOCK_NS_USER] != PROC_USER_INIT_INO)) {
		log_error("/proc/1 is not the machine's first process: run "
			  "on the host, not in a container");
		return -EPERM;
	}
	return 0;
}
