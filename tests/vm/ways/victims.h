/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Host processes, the victims of escape's attempts. */
#ifndef VICTIMS_H
#define VICTIMS_H

#include <sys/types.h>

#include "engine/callers.h"

struct victim {
	pid_t pid;
	int pidfd;
};

extern struct victim in_host; /* in all initial namespaces */
extern struct victim in_trust; /* in a trusted cgroup, another mount ns */
extern struct victim apart; /* at the host's root, in a mount ns of its own */
extern struct victim moved; /* the same, but a service until it is moved */
extern int host_mnt_path; /* the host's mount namespace, O_PATH */
extern volatile char victim_memory; /* at the same address in a victim */

#define SLICE "/sys/fs/cgroup/system.slice"

/*
 * victim_lay - make a victim, a child that lies down when it has become what it is
 * @become: called in the child: 0, or it fails
 *
 * Return: 0, or not.
 */
int victim_lay(struct victim *v, int (*become)(void));

/*
 * victim_service - the calling process becomes a service with a mount namespace of
 * its own
 * @cgroup: the directory of its cgroup in SLICE
 */
int victim_service(const char *cgroup);

const char *need_victims(void);

/* need_apart - apart and moved */
const char *need_apart(void);

/* put_back - moved is a service again */
void put_back(void);

#define OPENED "/run"

/*
 * take_given - the host's mount namespace from a host process, or -1; the
 * process opens the directory OPENED before
 */
int take_given(void);

/* in_trusted_cgroup - is this process host by its cgroup? */
int in_trusted_cgroup(void);

#endif /* VICTIMS_H */
