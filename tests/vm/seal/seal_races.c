// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * matrix seal races - moves the mounts that the pins depend on while another
 * process unmounts the place that they go to, and a third one keeps the kernel
 * busy with the tree of mounts (namespace_sem). The hooks are asked before that
 * lock is taken, so what they see may have changed when the kernel acts. As a
 * process that is not PID 1, in a root that was entered. seal_copies.c does the same
 * with copies of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal.h"
#include "seal/seal_race.h"
#include "ways/helpers.h"

#define MOVE_MOUNT_SET_GROUP 0x100 /* include/uapi/linux/mount.h */

#define IN SIDE "/in"

#define ROUNDS	1000
#define RETRIES 50000 /* of what must work once */

/* ---- What goes on beside the attack -------------------------------------- */

static void side_comes(void)
{
	mount("none", SIDE, "tmpfs", 0, NULL);
	mkdir(IN, 0755);
}

static void side_is_unmounted(void)
{
	side_comes();
	umount2(SIDE, MNT_DETACH);
}

static void side_is_moved(void)
{
	side_comes();
	mount(SIDE, COPY, NULL, MS_MOVE, NULL);
	umount2(COPY, MNT_DETACH);
	umount2(SIDE, MNT_DETACH);
}

static void peer_is_unmounted(void)
{
	mount("/sys", SIDE, NULL, MS_BIND | MS_REC, NULL);
	mount(NULL, SIDE, NULL, MS_SHARED, NULL);
	umount2(SIDE, MNT_DETACH);
}

/* ---- Attacks: 0 if it worked, and is undone; -errno ----------------------- */

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

static int root_by_pivot(void)
{
	return result(syscall(SYS_pivot_root, SIDE, IN));
}

static int sys_to_peers(void)
{
	return result(syscall(SYS_move_mount, AT_FDCWD, SIDE, AT_FDCWD, "/sys",
			      MOVE_MOUNT_SET_GROUP));
}

/* In a mount namespace of its own, where nothing is mounted there. */
static int sys_removed(void)
{
	return result(rmdir("/sys"));
}

static int sys_renamed(void)
{
	int ret = result(rename("/sys", "/sys.old"));

	return ret ? ret : (rename("/sys.old", "/sys"), 0);
}

static int sys_unmounted(void)
{
	return result(umount2("/sys", MNT_DETACH));
}

/* For comparison: a mount that no pin depends on */
static int other_by_move_mount(void)
{
	int ret;

	mount("none", OTHER, "tmpfs", 0, NULL);
	ret = seal_by_move_mount(OTHER, IN);
	umount2(ret ? OTHER : IN, MNT_DETACH);
	return ret;
}

static const struct {
	const char *name;
	void (*beside)(void);
	int (*attack)(void); /* or NULL: */
	int (*move)(const char *from, const char *to); /* to IN, and back */
	const char *what;
	bool elsewhere; /* in a mount namespace of its own */
} races[] = {
	{ "mount the bpffs, umount -l", side_is_unmounted,
	  .move = seal_by_mount, .what = BPFFS },
	{ "move_mount the bpffs, umount -l", side_is_unmounted,
	  .move = seal_by_move_mount, .what = BPFFS },
	{ "move_mount the bpffs, move", side_is_moved,
	  .move = seal_by_move_mount, .what = BPFFS },
	{ "mount /sys, umount -l", side_is_unmounted, .move = seal_by_mount,
	  .what = "/sys" },
	{ "move_mount /sys, umount -l", side_is_unmounted,
	  .move = seal_by_move_mount, .what = "/sys" },
	{ "pivot_root, umount -l", side_is_unmounted, root_by_pivot },
	{ "umount -l /sys, move", side_is_moved, sys_unmounted },
	{ "set_group of /sys, umount -l a peer", peer_is_unmounted,
	  sys_to_peers },
	{ "rmdir /sys elsewhere, umount -l", side_is_unmounted, sys_removed,
	  .elsewhere = true },
	{ "rename /sys elsewhere, move", side_is_moved, sys_renamed,
	  .elsewhere = true },
	{ "move_mount another mount, umount -l", side_is_unmounted,
	  other_by_move_mount },
};

/* ---- One race ------------------------------------------------------------- */

static int attack(int r, unsigned int rounds)
{
	bool beside = races[r].attack == other_by_move_mount;
	unsigned int worked = 0, denied = 0, i;

	if (races[r].elsewhere &&
	    (unshare(CLONE_NEWNS) ||
	     mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	     umount2("/sys", MNT_DETACH)))
		perror("a mount namespace without /sys");
	for (i = 0; i < rounds || (beside && !worked && i < RETRIES); i++) {
		int ret = races[r].attack ?
				  races[r].attack() :
				  seal_there_and_back(races[r].move,
						      races[r].what, IN);

		worked += !ret;
		denied += ret == -EPERM;
		usleep(i % 8 * 50);
	}
	printf("# race%s: %s: %u rounds, %u denied, %u worked\n",
	       beside ? " beside the pins" : "", races[r].name, i, denied,
	       worked);
	return 0;
}

static void race(int r, unsigned int rounds)
{
	pid_t busy = race_repeat(race_copy_tree),
	      beside = race_repeat(races[r].beside);
	pid_t attacker = fork();

	if (!attacker)
		_exit(attack(r, rounds));
	if (attacker > 0)
		waitpid(attacker, NULL, 0);
	race_end(beside);
	race_end(busy);
	while (!umount2(COPY, MNT_DETACH))
		;
	while (!umount2(SIDE, MNT_DETACH))
		;
}

int seal_races(void)
{
	race_prepare();
	for (int r = 0; r < (int)(sizeof(races) / sizeof(races[0])); r++)
		race(r, ROUNDS);
	umount2(BUSY, MNT_DETACH);
	return 0;
}
