// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * matrix seal copies - copies /sys, whose mounts are peers, to a mount that another
 * process unmounts at the same time, as host and from another mount namespace.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal.h"
#include "seal/seal_race.h"

#define COPIES 200

struct copies {
	int copied, unmounted, both;
};

static const char *at(int i, const char *name)
{
	static char path[48];

	snprintf(path, sizeof(path), SIDE "/%d%s", i, name);
	return path;
}

/*
 * A copy of /sys comes to a mount that is about to go. The copy is a peer, so
 * the bpffs would go with its copy.
 */
static void copy_once(int i, struct copies *n)
{
	int copied, status = 1;
	pid_t pid;

	mkdir(at(i, ""), 0755);
	mount("none", at(i, ""), "tmpfs", 0, NULL);
	mkdir(at(i, "/in"), 0755);
	pid = fork();
	if (!pid) {
		usleep(i % 16 * 50);
		_exit(umount2(at(i, ""), MNT_DETACH) ? 1 : 0);
	}
	usleep(i / 16 % 16 * 50);
	copied = !mount("/sys", at(i, "/in"), NULL, MS_BIND | MS_REC, NULL);
	waitpid(pid, &status, 0);
	n->copied += copied;
	n->unmounted += !status;
	n->both += copied && !status;
}

static int copy_often(const char *where)
{
	struct copies n = {};
	int i;

	for (i = 0; i < COPIES; i++)
		copy_once(i, &n);
	printf("# copies%s: %d copied, %d unmounted, %d both, the pins are %s\n",
	       where, n.copied, n.unmounted, n.both,
	       access(PINS, F_OK) ? "lost" : "there");
	mount(NULL, "/sys", NULL, MS_REC | MS_PRIVATE, NULL);
	for (i = 0; i < COPIES; i++) {
		umount2(at(i, "/in"), MNT_DETACH);
		umount2(at(i, ""), MNT_DETACH);
	}
	return 0;
}

/* In a mount namespace of its own, which systemd's would be like by default */
static int copy_elsewhere(void)
{
	if (unshare(CLONE_NEWNS))
		return -errno;
	return copy_often(" elsewhere");
}

int seal_copies(void)
{
	pid_t busy;

	race_prepare();
	mount(NULL, "/sys", NULL, MS_REC | MS_SHARED, NULL);
	busy = race_repeat(race_copy_tree);
	seal_in_child(copy_elsewhere);
	mount(NULL, "/sys", NULL, MS_REC | MS_SHARED, NULL);
	copy_often("");
	race_end(busy);
	while (!umount2(COPY, MNT_DETACH))
		;
	umount2(BUSY, MNT_DETACH);
	return 0;
}
