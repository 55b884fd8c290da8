// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/callers.h"

const struct caller host = { "host" };
const struct caller mntns = { "mntns", NS_MNT };
const struct caller container = { "container", NS_CONTAINER };
static const struct caller udevd = { "trusted", NS_MNT, .cgroup = UDEVD };
static const struct caller in_chroot = { "chroot", .chrooted = 1 };
static const struct caller only_mnt = { "only mnt", NS_MNT };
static const struct caller only_pid = { "only pid", NS_PID };
static const struct caller only_net = { "only net", NS_NET };
static const struct caller only_user = { "only user", NS_USER };
static const struct caller only_ipc = { "only ipc", NS_IPC };
static const struct caller only_uts = { "only uts", NS_UTS };
static const struct caller only_cgroup = { "only cgroup", NS_CGROUP };
static const struct caller only_time = { "only time", NS_TIME };
static const struct caller of_children = { "pid and time of children",
					   NS_PID | NS_TIME, .no_fork = 1 };

const struct caller *const basic_callers[] = { &host,  &mntns,	   &container,
					       &udevd, &in_chroot, NULL };
const struct caller *const two_callers[] = { &host, &mntns, NULL };
const struct caller *const self_callers[] = { &host, &mntns, &container,
					      &only_pid, NULL };
const struct caller *const scope_callers[] = {
	&only_mnt,    &only_pid, &only_net,    &only_user,
	&only_ipc,    &only_uts, &only_cgroup, &only_time,
	&of_children, &host,	 &container,   NULL
};

#define IN(path) (&(const struct caller){ "in " path, NS_MNT, .cgroup = path })
const struct caller *const cgroup_callers[] = {
	IN(UDEVD),
	IN(UDEVD "/child"),
	IN(UDEVD "/a/b/c/d/e/f/g/h"),
	IN("system.slice"),
	IN("systemd-udevd.service"),
	IN("system.slice/other.service"),
	IN("system.slice/systemd-udevd.servic"),
	IN("system.slice/systemd-udevd.service2"),
	IN("system.slice/x/systemd-udevd.service"),
	IN("user.slice/" UDEVD),
	IN("a/b/c/d/" UDEVD),
	&host,
	&container,
	NULL,
};
