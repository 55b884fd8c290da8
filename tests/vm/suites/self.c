// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts on the lock itself, which kimg=restrict brings. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/filesystems.h"
#include "ways/helpers.h"
#include "ways/uring.h"
#include "engine/callers.h"
#include "seal/seal.h"
#include "suites/self_ops.h"

#define NEW_PIN PINS "/test_new"
#define TRUSTED "/sys/fs/cgroup/" UDEVD
#define LISTED	"/sys/fs/cgroup/" LISTED_CGROUP
/* Its hash is that of the trusted name: fs/kernfs/dir.c:kernfs_name_hash(). */
#define LONG_NAME \
	"/sys/fs/cgroup/system.slice/longer-than-31-bytes-XP48vDpGYgU71"
#define CGROUPS	 "/sys/fs/cgroup/"
#define SERVICE	 CGROUPS OTHER
#define IN_SLICE CGROUPS "system.slice/system-x.slice/x@1.service"
/* Its hash is that of system.slice. */
#define HASH_SLICE CGROUPS "c-126ebc58c.slice/x.service"
#define INIT	   CGROUPS INIT_SCOPE
#define NEW_CGROUP CGROUPS "system.slice/new"
#define FTRACE	   "/proc/sys/kernel/ftrace_enabled"

#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif

static int result(int ret)
{
	return ret ? -errno : 0;
}

/* ftrace: denied to all processes, through every mount of proc */

static int ftrace_truncate(void)
{
	return open_close(FTRACE, O_WRONLY | O_TRUNC);
}

static int ftrace_read(void)
{
	char text[8];
	int n = read_file(FTRACE, text, sizeof(text));

	return n < 0 ? n : 0;
}

static const char *need_ftrace(void)
{
	return node_missing(FTRACE);
}

/* pins */

/* Puts back what an attempt has moved or removed. */
static void restore(void)
{
	unlink(OUTSIDE);
	unlink(NEW_PIN);
	rmdir(NEW_PIN);
	unlink(PIN);
	mkdir(TEST_DIR, 0700);
	pin_at(PIN);
}

static const char *make_pins(void)
{
	mkdir(BPFFS, 0700);
	if (access(PINS, F_OK)) {
		mount("bpf", BPFFS, "bpf", 0, "mode=0700");
		mount(BPFFS, JAIL BPFFS, NULL, MS_BIND, NULL);
	}
	mkdir(PINS, 0700);
	restore();
	return node_missing(PIN);
}

static int pin_new(void)
{
	return pin_at(NEW_PIN);
}

/* mounts */

/* It keeps the host from making pins, and from "bpflock late". */
static int bpffs_read_only(void)
{
	if (mount(NULL, BPFFS, NULL, MS_REMOUNT | MS_RDONLY, NULL))
		return -errno;
	return result(mount(NULL, BPFFS, NULL, MS_REMOUNT, NULL));
}

/* trust */

static int join(const char *file)
{
	char path[128];

	snprintf(path, sizeof(path), TRUSTED "/%s", file);
	return write_file(path, "0");
}

static int join_procs(void)
{
	return join("cgroup.procs");
}

/* open(2) is denied. A thread alone cannot join for other reasons. */
static int join_threads(void)
{
	return open_close(TRUSTED "/cgroup.threads", O_WRONLY);
}

static int join_workers(void)
{
	return join("udev/cgroup.procs");
}

static int join_listed(void)
{
	return write_file(LISTED "/cgroup.procs", "0");
}

static int join_below_listed(void)
{
	return write_file(LISTED "/a/b/cgroup.procs", "0");
}

static int join_long_name(void)
{
	return write_file(LONG_NAME "/udev/cgroup.procs", "0");
}

/* include/uapi/linux/sched.h struct clone_args */
static int clone_into(const char *cgroup)
{
	uint64_t args[11] = { CLONE_INTO_CGROUP };
	int dir = open(cgroup, O_PATH | O_DIRECTORY | O_CLOEXEC);
	long pid;

	if (dir < 0)
		return -errno;
	args[4] = SIGCHLD;
	args[10] = dir;
	pid = syscall(SYS_clone3, args, sizeof(args));
	if (!pid)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	close(dir);
	return pid < 0 ? -errno : 0;
}

static int clone_into_trusted(void)
{
	return clone_into(TRUSTED);
}

static int join_elsewhere(void)
{
	return open_close("/sys/fs/cgroup/system.slice/cgroup.procs", O_WRONLY);
}

static int plain_fork(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	return result(waitpid(pid, NULL, 0) != pid);
}

/* services, which are trusted by default */

static int join_service(void)
{
	return write_file(SERVICE "/cgroup.procs", "0");
}

static int join_service_threads(void)
{
	return open_close(SERVICE "/cgroup.threads", O_WRONLY);
}

static int join_in_slice(void)
{
	return write_file(IN_SLICE "/cgroup.procs", "0");
}

static int join_hash_slice(void)
{
	return write_file(HASH_SLICE "/cgroup.procs", "0");
}

static int join_init(void)
{
	return write_file(INIT "/cgroup.procs", "0");
}

static int join_init_threads(void)
{
	return open_close(INIT "/cgroup.threads", O_WRONLY);
}

static int clone_into_init(void)
{
	return clone_into(INIT);
}

static int join_by_mount(const char *procs)
{
	int ret;

	mkdir("/run/cgroup2", 0755);
	if (mount(CGROUPS, "/run/cgroup2", NULL, MS_BIND, NULL))
		return -errno;
	ret = write_file(procs, "0");
	umount("/run/cgroup2");
	return ret;
}

static int join_by_new_mount(void)
{
	return join_by_mount("/run/cgroup2/" OTHER "/cgroup.procs");
}

static int join_init_by_mount(void)
{
	return join_by_mount("/run/cgroup2/" INIT_SCOPE "/cgroup.procs");
}

static int join_like_init(void)
{
	return write_file(CGROUPS LIKE_INIT_SCOPE "/cgroup.procs", "0");
}

static int join_below_init(void)
{
	return write_file(INIT "/child/cgroup.procs", "0");
}

static int join_by_uring(void)
{
	int fd = uring_open_by_worker(SERVICE "/cgroup.procs", O_WRONLY);

	return fd < 0 ? fd : 0;
}

static struct {
	struct file_handle h;
	char room[128];
} handle;

static int join_by_handle(void)
{
	int dir = open(CGROUPS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return result(open_by_handle_at(dir, &handle.h, O_WRONLY) < 0);
}

static int make_service(void)
{
	return result(mkdir(NEW_CGROUP ".service", 0755));
}

static int make_in_slice(void)
{
	return result(
		mkdir(CGROUPS "system.slice/system-x.slice/new.service", 0755));
}

static int make_scope(void)
{
	return result(mkdir(NEW_CGROUP ".scope", 0755));
}

static void remove_new(void)
{
	rmdir(NEW_CGROUP ".service");
	rmdir(NEW_CGROUP ".scope");
	rmdir(CGROUPS "system.slice/system-x.slice/new.service");
}

/* As systemd does in a container that shares the cgroups of the host. */
static int make_in_scope(void)
{
	mkdir(CGROUPS "system.slice/docker-1.scope/system.slice", 0755);
	return result(mkdir(CGROUPS "system.slice/docker-1.scope/system.slice/"
				    "x.service",
			    0755));
}

static void remove_in_scope(void)
{
	rmdir(CGROUPS "system.slice/docker-1.scope/system.slice/x.service");
}

static int join_below(void)
{
	return open_close(SERVICE "/payload/cgroup.procs", O_WRONLY);
}

static const char *make_services(void)
{
	mkdir(CGROUPS "system.slice", 0755);
	mkdir(SERVICE, 0755);
	mkdir(SERVICE "/payload", 0755);
	mkdir(CGROUPS "system.slice/docker-1.scope", 0755);
	mkdir(CGROUPS "system.slice/system-x.slice", 0755);
	mkdir(IN_SLICE, 0755);
	mkdir(CGROUPS "c-126ebc58c.slice", 0755);
	mkdir(HASH_SLICE, 0755);
	mkdir(INIT, 0755);
	mkdir(INIT "/child", 0755);
	mkdir(CGROUPS LIKE_INIT_SCOPE, 0755);
	return node_missing(HASH_SLICE "/cgroup.procs");
}

static const char *need_ring(void)
{
	const char *why = make_services();

	return why ? why : need_uring();
}

static const char *need_handle(void)
{
	const char *why = make_services();
	int id;

	handle.h.handle_bytes = sizeof(handle.room);
	return why ? why :
	       name_to_handle_at(AT_FDCWD, SERVICE "/cgroup.procs", &handle.h,
				 &id, 0) ?
		     "no file handles in cgroup2" :
		     NULL;
}

static const char *make_cgroups(void)
{
	mkdir("/sys/fs/cgroup/system.slice", 0755);
	mkdir(TRUSTED, 0755);
	mkdir(TRUSTED "/udev", 0755);
	mkdir(LONG_NAME, 0755);
	mkdir(LONG_NAME "/udev", 0755);
	mkdir(LISTED, 0755);
	mkdir(LISTED "/a", 0755);
	mkdir(LISTED "/a/b", 0755);
	return node_missing(LISTED "/a/b/cgroup.procs");
}

static int lower_trusted;

static const char *need_lower(void)
{
	const char *why = make_cgroups();

	return why ? why :
		     need_ecryptfs(TRUSTED, "/run/ecryptfs-cgroup",
				   &lower_trusted);
}

static int join_lower(void)
{
	return open_lower(lower_trusted, "cgroup.procs");
}

static const struct attempt attempts[] = {
	{ "ftrace", NULL, "write", need_ftrace, ftrace_write },
	{ "ftrace", NULL, "truncate", need_ftrace, ftrace_truncate },
	{ "ftrace", NULL, "other proc", need_ftrace, ftrace_other_proc },
	{ NULL, NULL, "ftrace: read", need_ftrace, ftrace_read },
	{ "pins", NULL, "unlink", make_pins, pin_unlink, restore },
	{ "pins", NULL, "rmdir", make_pins, pin_rmdir, restore },
	{ "pins", NULL, "rename", make_pins, pin_rename, restore },
	{ "pins", NULL, "move out", make_pins, pin_move_out, restore },
	{ "pins", NULL, "rename over", make_pins, pin_over, restore },
	{ "pins", NULL, "link", make_pins, pin_link, restore },
	{ "pins", NULL, "mkdir", make_pins, pin_mkdir, restore },
	{ "pins", NULL, "new pin", make_pins, pin_new, restore },
	{ "mounts", NULL, "remount the bpffs read-only", make_pins,
	  bpffs_read_only },
	{ NULL, NULL, "pin elsewhere", make_pins, pin_outside, restore },
	{ "trust", NULL, "procs", make_cgroups, join_procs },
	{ "trust", NULL, "threads", make_cgroups, join_threads },
	{ "trust", NULL, "the cgroup of udevd's workers", make_cgroups,
	  join_workers },
	{ "trust", NULL, "a long name with its hash", make_cgroups,
	  join_long_name },
	{ "trust", NULL, "a listed cgroup", make_cgroups, join_listed },
	{ "trust", NULL, "below a listed cgroup", make_cgroups,
	  join_below_listed },
	{ "trust", NULL, "below eCryptfs", need_lower, join_lower },
	{ "trust", NULL, "clone3", make_cgroups, clone_into_trusted },
	{ "trust", NULL, "a service", make_services, join_service },
	{ "trust", NULL, "a service by its threads", make_services,
	  join_service_threads },
	{ "trust", NULL, "a service in a slice", make_services, join_in_slice },
	{ "trust", NULL, "below a slice with the hash", make_services,
	  join_hash_slice },
	{ "trust", NULL, "another mount of cgroup2", make_services,
	  join_by_new_mount },
	{ "trust", NULL, "a service by io_uring", need_ring, join_by_uring },
	{ "trust", NULL, "a service by its handle", need_handle,
	  join_by_handle },
	{ "trust", NULL, "make a service", make_services, make_service,
	  remove_new },
	{ "trust", NULL, "make one in a slice", make_services, make_in_slice,
	  remove_new },
	{ "trust", NULL, "init.scope", make_services, join_init },
	{ "trust", NULL, "init.scope by its threads", make_services,
	  join_init_threads },
	{ "trust", NULL, "init.scope by clone3", make_services,
	  clone_into_init },
	{ "trust", NULL, "init.scope in another mount of cgroup2",
	  make_services, join_init_by_mount },
	{ NULL, NULL, "a name with the hash of init.scope", make_services,
	  join_like_init },
	{ NULL, NULL, "below init.scope", make_services, join_below_init },
	{ NULL, NULL, "make a scope", make_services, make_scope, remove_new },
	{ NULL, NULL, "make a service in a scope", make_services, make_in_scope,
	  remove_in_scope },
	{ NULL, NULL, "below a service", make_services, join_below },
	{ NULL, NULL, "cgroup elsewhere", make_cgroups, join_elsewhere },
	{ NULL, NULL, "fork", NULL, plain_fork },
	{ 0 },
};

SUITE(self, "kimg");
