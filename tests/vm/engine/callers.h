/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Callers make attempts: processes in the namespaces that a rule is about. */
#ifndef CALLERS_H
#define CALLERS_H

#include "engine/attempt.h"

/* The namespaces in which a caller differs from PID 1, in the order of rule.c. */
enum {
	NS_MNT = 1 << 0,
	NS_PID = 1 << 1,
	NS_NET = 1 << 2,
	NS_USER = 1 << 3,
	NS_IPC = 1 << 4,
	NS_UTS = 1 << 5,
	NS_CGROUP = 1 << 6,
	NS_TIME = 1 << 7,
};

#define JAIL "/jail" /* the root of "chroot", with a copy of all mounts */
#define ROOT "/run/root2" /* another directory, with the same in it */

#define NS_CHROOT    (1 << 8) /* not a namespace, but limits a caller as well */
#define NS_ANY	     0x1ff
#define NS_CONTAINER (0xff & ~NS_USER)

struct caller {
	const char *name;
	unsigned int ns; /* NS_ bits */
	int no_fork; /* unshares pid and time for children only */
	int chrooted;
	int other_root; /* another directory than that of PID 1 is its root */
	const char *cgroup; /* v2 path that it is put into */
};

#define OTHER	      "system.slice/other.service"
#define UDEVD	      "system.slice/systemd-udevd.service" /* trusted by default */
#define INIT_SCOPE    "init.scope" /* where systemd's generators are */
#define LISTED_CGROUP "listed" /* trusted beside services where self is tried */

/* It has the hash of init.scope (fs/kernfs/dir.c:kernfs_name_hash()), and its end. */
#define LIKE_INIT_SCOPE "c-681c2803.init.scope"

/* caller_sets.c: the sets end with NULL */
extern const struct caller host, mntns, container;
extern const struct caller *const basic_callers[];
extern const struct caller *const two_callers[]; /* a host and an other process */
extern const struct caller *const other_callers[]; /* no host process */
extern const struct caller *const self_callers[];
extern const struct caller *const scope_callers[]; /* a namespace each */
extern const struct caller *const cgroup_callers[]; /* in a cgroup each */

#define RESULT_DIED    1 /* the attempt's process did not report */
#define RESULT_SETUP   2 /* the caller could not be made */
#define RESULT_UNASKED 3

/* callers_init - mounts, cgroups and the chroot that callers need */
int callers_init(void);

/*
 * call_as - make every attempt[i] with ask[i] set, as that caller
 * @result: what each returned, or one of RESULT_*
 */
void call_as(const struct caller *c, const struct attempt *attempts,
	     const char *ask, int n, int *result);

#endif /* CALLERS_H */
