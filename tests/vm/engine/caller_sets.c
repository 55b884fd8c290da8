// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/callers.h"

const struct caller host = { "host" };
const struct caller mntns = { "mntns", NS_MNT };
const struct caller container = { "container", NS_CONTAINER,
				  .cgroup = "system.slice/docker-1.scope" };
static const struct caller service = { "service", NS_MNT, .cgroup = OTHER };
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

const struct caller *const basic_callers[] = { &host,	 &mntns,     &container,
					       &service, &in_chroot, NULL };
const struct caller *const two_callers[] = { &host, &mntns, NULL };
const struct caller *const other_callers[] = { &mntns, &container, NULL };
const struct caller *const self_callers[] = { &host, &mntns, &container,
					      &only_pid, NULL };
const struct caller *const scope_callers[] = {
	&only_mnt,    &only_pid, &only_net,    &only_user,
	&only_ipc,    &only_uts, &only_cgroup, &only_time,
	&of_children, &host,	 &container,   NULL
};

#define IN(path) (&(const struct caller){ "in " path, NS_MNT, .cgroup = path })
#define SERVICE(what, ...)                                               \
	(&(const struct caller){ "in a service: " what, .cgroup = OTHER, \
				 __VA_ARGS__ })
#define INIT(what, kinds, ...)                                             \
	(&(const struct caller){ "in init.scope: " what, NS_MNT | (kinds), \
				 .cgroup = INIT_SCOPE, __VA_ARGS__ })
#define LONG "dev-disk-by\\x2duuid-01234567\\x2d89ab\\x2dcdef"
const struct caller *const cgroup_callers[] = {
	IN(UDEVD),
	IN(UDEVD "/udev"),
	IN(UDEVD "/workers"),
	IN(UDEVD "/child"),
	IN(OTHER "/workers"),
	IN(UDEVD "/udev/child"),
	IN(OTHER "/udev"),
	IN("user.slice/systemd-udevd.service/udev"),
	IN("system.slice/x.slice/systemd-udevd.service/udev"),
	IN("system.slice"),
	IN("systemd-udevd.service"),
	IN(OTHER),
	IN("system.slice/systemd-udevd.servic"),
	IN("system.slice/systemd-udevd.service2"),
	IN("system.slice/x/systemd-udevd.service"),
	IN("user.slice/" UDEVD),
	IN("a/b/c/d/" UDEVD),
	/* services of the host */
	IN("system.slice/system-x.slice/x@1.service"),
	IN("system.slice/" LONG ".service"),
	IN("system.slice/" LONG LONG ".service"),
	SERVICE("net, ipc, uts", .ns = NS_MNT | NS_NET | NS_IPC | NS_UTS),
	/* and what looks like one */
	SERVICE("pid", .ns = NS_MNT | NS_PID),
	SERVICE("user", .ns = NS_MNT | NS_USER),
	SERVICE("cgroup", .ns = NS_MNT | NS_CGROUP),
	SERVICE("other root", .ns = NS_MNT, .other_root = 1),
	IN("other.service"),
	IN("user.slice/other.service"),
	IN("machine.slice/other.service"),
	IN("system.slic2/other.service"),
	IN("system.slice/docker-1.scope"),
	IN("system.slice/docker-1.scope/other.service"),
	IN("system.slice/other.service/payload"),
	IN("system.slice/other.service/other.service"),
	IN("system.slice/x.slice/x-y.slice/other.service"),
	IN("user.slice/system.slice/other.service"),
	/* PID 1 and its generators, and what looks like them */
	IN(INIT_SCOPE),
	INIT("pid", NS_PID),
	INIT("user", NS_USER),
	INIT("cgroup", NS_CGROUP),
	INIT("other root", 0, .other_root = 1),
	IN(INIT_SCOPE "/child"),
	IN(INIT_SCOPE "/other.service"),
	IN("user.slice/" INIT_SCOPE),
	IN("system.slice/" INIT_SCOPE),
	IN(INIT_SCOPE "2"),
	IN(LIKE_INIT_SCOPE),
	&host,
	&container,
	NULL,
};
