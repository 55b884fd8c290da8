// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * matrix seal moves - moves the mounts that the pins depend on, and others, as a
 * process that is not PID 1, in a root that was entered. Each attempt that works is
 * undone. "matrix seal lose" moves the bpffs to where the kernel removes it.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal.h"
#include "ways/helpers.h"
#include "ways/newmount.h"

#define MOVE_MOUNT_F_EMPTY   0x4 /* include/uapi/linux/mount.h */
#define MOVE_MOUNT_T_EMPTY   0x40
#define MOVE_MOUNT_SET_GROUP 0x100
#define OPEN_TREE_CLONE	     1
#ifndef MOVE_MOUNT_BENEATH
#define MOVE_MOUNT_BENEATH 0x200
#endif
#define SIDE "/run/side"

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

int seal_by_mount(const char *from, const char *to)
{
	return result(mount(from, to, NULL, MS_MOVE, NULL));
}

int seal_by_move_mount(const char *from, const char *to)
{
	return result(syscall(SYS_move_mount, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int seal_there_and_back(int (*move)(const char *from, const char *to),
			const char *what, const char *to)
{
	int ret;

	mkdir(to, 0755);
	ret = move(what, to);
	/* A race may have taken it away meanwhile. */
	if (!ret)
		move(to, what);
	return ret;
}

static int bpffs_by_mount(void)
{
	return seal_there_and_back(seal_by_mount, BPFFS, SIDE);
}

static int bpffs_by_move_mount(void)
{
	return seal_there_and_back(seal_by_move_mount, BPFFS, SIDE);
}

static int sys_by_mount(void)
{
	return seal_there_and_back(seal_by_mount, "/sys", SIDE);
}

static int sys_by_move_mount(void)
{
	return seal_there_and_back(seal_by_move_mount, "/sys", SIDE);
}

static int sys_by_open_tree(void)
{
	int fd = syscall(SYS_open_tree, AT_FDCWD, "/sys", 0), ret;

	mkdir(SIDE, 0755);
	ret = result(syscall(SYS_move_mount, fd, "", AT_FDCWD, SIDE,
			     MOVE_MOUNT_F_EMPTY));
	close(fd);
	return ret ? ret : seal_by_move_mount(SIDE, "/sys");
}

/* /sys joins the peers of a copy. */
static int join_group(void)
{
	int ret;

	mkdir(SIDE, 0755);
	if (mount("/sys", SIDE, NULL, MS_BIND, NULL) ||
	    mount(NULL, SIDE, NULL, MS_SHARED, NULL))
		return -ENOSYS;
	ret = result(syscall(SYS_move_mount, AT_FDCWD, SIDE, AT_FDCWD, "/sys",
			     MOVE_MOUNT_SET_GROUP));
	mount(NULL, "/sys", NULL, MS_PRIVATE, NULL);
	umount2(SIDE, MNT_DETACH);
	return ret;
}

/*
 * A private copy joins the peers of /sys by way of another peer. From then on
 * an unmount in the copy unmounts the bpffs, and the kernel has asked the hook
 * before.
 */
static int join_peers(void)
{
	int ret;

	mkdir(SIDE, 0755);
	mkdir("/run/copy", 0755);
	if (mount(NULL, "/sys", NULL, MS_SHARED, NULL) ||
	    mount("/sys", SIDE, NULL, MS_BIND, NULL) ||
	    mount("/sys", "/run/copy", NULL, MS_BIND, NULL) ||
	    mount(NULL, "/run/copy", NULL, MS_PRIVATE, NULL))
		return -ENOSYS;
	ret = result(syscall(SYS_move_mount, AT_FDCWD, SIDE, AT_FDCWD,
			     "/run/copy", MOVE_MOUNT_SET_GROUP));
	mount(NULL, "/sys", NULL, MS_PRIVATE, NULL);
	umount2("/run/copy", MNT_DETACH);
	umount2(SIDE, MNT_DETACH);
	return ret;
}

static int tmpfs_at(const char *where)
{
	mkdir(where, 0755);
	return result(mount("none", where, "tmpfs", 0, NULL));
}

/* The root goes to another root, and comes back. */
static int exchange_root(void)
{
	int ret = tmpfs_at(SIDE);

	mkdir(SIDE "/old", 0755);
	if (ret)
		return -ENOSYS;
	ret = result(syscall(SYS_pivot_root, SIDE, SIDE "/old"));
	if (!ret)
		ret = result(syscall(SYS_pivot_root, "/old", "/old" SIDE));
	umount2(SIDE, MNT_DETACH);
	return ret;
}

static int move_other(int (*move)(const char *from, const char *to))
{
	int ret = tmpfs_at(SIDE);

	mkdir("/run/other", 0755);
	if (ret)
		return -ENOSYS;
	ret = move(SIDE, "/run/other");
	umount2(ret ? SIDE : "/run/other", MNT_DETACH);
	return ret;
}

static int other_by_mount(void)
{
	return move_other(seal_by_mount);
}

static int other_by_move_mount(void)
{
	return move_other(seal_by_move_mount);
}

/* What a container engine does in the mount namespace of a container. */
static int in_container(int (*run)(void))
{
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -ENOSYS;
	return run();
}

static int container_pivots(void)
{
	return in_container(exchange_root);
}

static int container_moves(void)
{
	int ret = in_container(sys_by_mount);

	return ret ? ret : sys_by_move_mount();
}

/* Container engines do that with a volume below /dev. */
static int volume(void)
{
	int from, ret = tmpfs_at(SIDE);

	if (ret)
		return -ENOSYS;
	from = mount_clone("/sys");
	if (from < 0)
		return -ENOSYS;
	ret = mount_attach(from, SIDE, 0);
	close(from);
	return ret;
}

static int volume_elsewhere(void)
{
	if (mount(NULL, "/sys", NULL, MS_SHARED, NULL) || unshare(CLONE_NEWNS))
		return -ENOSYS;
	return volume();
}

static int join_peers_elsewhere(void)
{
	if (mount(NULL, "/sys", NULL, MS_SHARED, NULL) || unshare(CLONE_NEWNS))
		return -ENOSYS;
	return join_peers();
}

static const struct {
	const char *name;
	int (*run)(void);
} moves[] = {
	{ "the bpffs by mount", bpffs_by_mount },
	{ "the bpffs by move_mount", bpffs_by_move_mount },
	{ "/sys by mount", sys_by_mount },
	{ "/sys by move_mount", sys_by_move_mount },
	{ "/sys by open_tree", sys_by_open_tree },
	{ "the root by pivot_root", exchange_root },
	{ "/sys to a group of peers", join_group },
	{ "a copy to the peers of /sys", join_peers },
	{ "the same in another mount namespace", join_peers_elsewhere },
	{ "another mount by mount", other_by_mount },
	{ "another mount by move_mount", other_by_move_mount },
	{ "a shared volume over another in a container", volume_elsewhere },
	{ "its own root in a container", container_pivots },
	{ "its own /sys in a container", container_moves },
};

int seal_moves(void)
{
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	for (size_t i = 0; i < sizeof(moves) / sizeof(*moves); i++) {
		int ret = seal_in_child(moves[i].run);

		printf("# moves: %s: %s\n", moves[i].name,
		       ret ? strerror(-ret) : "it worked");
	}
	return 0;
}

static int lose_by(int (*move)(const char *from, const char *to))
{
	pid_t pid = child_waiting();
	char path[40];
	int ret;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	ret = move(BPFFS, path);
	child_end(pid);
	return ret;
}

int seal_lose_pins(void)
{
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	return lose_by(seal_by_mount);
}

int seal_lose(void)
{
	int ret = seal_lose_pins();

	printf("# lose: by mount: %s\n", ret ? strerror(-ret) : "it worked");
	ret = lose_by(seal_by_move_mount);
	printf("# lose: by move_mount: %s\n",
	       ret ? strerror(-ret) : "it worked");
	return 0;
}

/* As PID 1: moves what an initramfs moves, and becomes another program. */
int seal_enter(char **argv)
{
	static const char *const from[] = { "/run", "/sys", "/proc", "/dev" };
	char to[64];

	for (int i = 0; i < 4; i++) {
		snprintf(to, sizeof(to), "%s%s", argv[0], from[i]);
		if (seal_by_mount(from[i], to))
			perror(to);
	}
	execvp(argv[1], argv + 1);
	return 71;
}
