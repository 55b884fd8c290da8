// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * matrix seal newroot - in the initramfs, with a root mounted on /newroot: moves
 * the mounts that the pins depend on, takes away the root that they may
 * be moved to, and both at the same moment. As a process that is not PID 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal.h"
#include "ways/helpers.h"

#define ROOT   "/newroot"
#define SIDE   "/run/side"
#define BIND   "/bind"
#define PLAIN  "/plain"
#define ROUNDS 1000

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

static int unmount(void)
{
	return result(umount2(ROOT, MNT_DETACH));
}

static int move_by_mount(void)
{
	return seal_there_and_back(seal_by_mount, ROOT, SIDE);
}

static int move_by_move_mount(void)
{
	return seal_there_and_back(seal_by_move_mount, ROOT, SIDE);
}

/* A bind mount of the root is on a directory of a process. */
static int move_to_process(void)
{
	int ret = result(mount(ROOT, "/proc/self/attr", NULL, MS_BIND, NULL));

	if (ret)
		return ret;
	ret = seal_by_move_mount("/sys", "/proc/self/attr/proc");
	if (!ret)
		seal_by_move_mount("/proc/self/attr/proc", "/sys");
	umount2("/proc/self/attr", MNT_DETACH);
	return ret;
}

/* On a file system that is mounted in the new root */
static int move_below(void)
{
	int ret = result(mount("none", ROOT "/mnt", "tmpfs", 0, NULL));

	mkdir(ROOT "/mnt/x", 0755);
	if (!ret)
		ret = seal_there_and_back(seal_by_move_mount, "/sys",
					  ROOT "/mnt/x");
	umount2(ROOT "/mnt", MNT_DETACH);
	return ret;
}

static int pivot_to_below(void)
{
	int ret = result(mount("none", ROOT "/mnt", "tmpfs", 0, NULL));

	mkdir(ROOT "/mnt/x", 0755);
	if (!ret)
		ret = result(syscall(SYS_pivot_root, ROOT, ROOT "/mnt/x"));
	umount2(ROOT "/mnt", MNT_DETACH);
	return ret;
}

static int unmount_bind(void)
{
	mkdir(BIND, 0755);
	if (mount(ROOT, BIND, NULL, MS_BIND, NULL))
		return -ENOSYS;
	return result(umount2(BIND, MNT_DETACH));
}

static int elsewhere(unsigned long propagation)
{
	return result(unshare(CLONE_NEWNS)) ?:
		       result(mount(NULL, "/", NULL, MS_REC | propagation,
				    NULL));
}

/* Where the root is not mounted, its directory can be removed. */
static int remove_directory(int (*run)(void))
{
	if (elsewhere(MS_PRIVATE) || umount2(ROOT, MNT_DETACH))
		return -ENOSYS;
	return run();
}

static int by_rmdir(void)
{
	return result(rmdir(ROOT));
}

static int by_rename(void)
{
	return result(rename(ROOT, "/renamed"));
}

static int rmdir_root(void)
{
	return remove_directory(by_rmdir);
}

static int rename_root(void)
{
	return remove_directory(by_rename);
}

static int unmount_peer(void)
{
	int ret;

	mount(NULL, "/", NULL, MS_SHARED, NULL);
	ret = elsewhere(MS_SHARED);
	return ret ? ret : unmount();
}

static int unmount_copy(void)
{
	return elsewhere(MS_PRIVATE) ?: unmount();
}

static int unmount_other(void)
{
	mkdir(SIDE, 0755);
	if (mount("none", SIDE, "tmpfs", 0, NULL))
		return -ENOSYS;
	return result(umount2(SIDE, MNT_DETACH));
}

static int rmdir_other(void)
{
	mkdir(PLAIN, 0755);
	return result(rmdir(PLAIN));
}

static int move_to_root(void)
{
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	return seal_by_mount("/sys", ROOT "/sys");
}

/* The last one takes /sys to the new ROOT, where it stays. */
static const struct {
	const char *name;
	int (*run)(void);
} attempts[] = {
	{ "unmount it", unmount },
	{ "move it by mount", move_by_mount },
	{ "move it by move_mount", move_by_move_mount },
	{ "move /sys to it on a process", move_to_process },
	{ "move /sys to a mount below it", move_below },
	{ "pivot_root to a mount below it", pivot_to_below },
	{ "unmount a bind mount of it", unmount_bind },
	{ "remove its directory elsewhere", rmdir_root },
	{ "rename its directory elsewhere", rename_root },
	{ "unmount it in a peer mount namespace", unmount_peer },
	{ "unmount a private copy", unmount_copy },
	{ "unmount another mount", unmount_other },
	{ "remove another directory", rmdir_other },
	{ "move /sys to it", move_to_root },
};

static void unmount_for_ever(void)
{
	for (;;)
		umount2(ROOT, MNT_DETACH);
}

static void remove_for_ever(void)
{
	if (elsewhere(MS_PRIVATE))
		_exit(1);
	umount2(ROOT, MNT_DETACH);
	for (;;)
		rmdir(ROOT);
}

/* /sys goes from one directory of the new root to another, and back. */
static void race(const char *name, void (*beside)(void))
{
	pid_t pid = fork();
	int worked = 0;

	if (!pid)
		beside();
	mkdir(ROOT "/side", 0755);
	for (int i = 0; i < ROUNDS; i++) {
		worked += !seal_by_move_mount(ROOT "/sys", ROOT "/side");
		worked += !seal_by_move_mount(ROOT "/side", ROOT "/sys");
		usleep(i % 8 * 50);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	rmdir(ROOT "/side");
	printf("# newroot race: %s: %d of %d moves worked\n", name, worked,
	       2 * ROUNDS);
}

int seal_newroot(void)
{
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
		int ret = seal_in_child(attempts[i].run);

		printf("# newroot: %s: %s\n", attempts[i].name,
		       ret ? strerror(-ret) : "it worked");
	}
	race("unmount it", unmount_for_ever);
	race("remove its directory elsewhere", remove_for_ever);
	return 0;
}
