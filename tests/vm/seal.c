// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * matrix seal HOW - attacks on the lock, most of which would take it off.
 *
 *   control   no lock: each must work, and what it broke is made again
 *   others    a lock that is not sealed: for those who are not host each
 *             must fail; the host is not asked
 *   sealed    each must fail for all
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attempt.h"
#include "seal.h"

#define FTRACE "/proc/sys/kernel/ftrace_enabled"
#define NEW_PID_CALLER                                              \
	(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | \
	 CLONE_NEWUTS | CLONE_NEWCGROUP)

enum { HOST = 1, MNTNS = 2, CONTAINER = 4, ALL = 7, HERE = 3 };

static const struct {
	const char *name;
	int bit;
	int flags;
} who[] = {
	{ "host", HOST, 0 },
	{ "mntns", MNTNS, CLONE_NEWNS },
	{ "container", CONTAINER, NEW_PID_CALLER },
};

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

static int pin_unlink(void)
{
	return result(unlink(PIN));
}

static int link_unlink(void)
{
	return result(unlink(PIN_LINK));
}

static int pin_rename(void)
{
	return result(rename(PIN, PINS "/test_new"));
}

static int pin_move_out(void)
{
	return result(rename(PIN, OUTSIDE));
}

static int pin_link(void)
{
	return result(link(PIN, OUTSIDE));
}

static int folder_rmdir(void)
{
	return result(rmdir(FOLDER));
}

static int pin_chmod(void)
{
	return result(chmod(PIN, 0666));
}

static int pins_chmod(void)
{
	return result(chmod(PINS, 0755));
}

static int pin_chown(void)
{
	return result(chown(PIN, 1000, 1000));
}

static int pin_times(void)
{
	return result(utimensat(AT_FDCWD, PIN, NULL, 0));
}

static int pins_rename(void)
{
	return result(rename(PINS, BPFFS "/moved"));
}

static int init_seize(void)
{
	return result(ptrace(PTRACE_SEIZE, 1, NULL, NULL));
}

static int init_mem(void)
{
	return open_close("/proc/1/mem", O_RDWR);
}

static int init_write(void)
{
	char nothing[1] = { 0 };
	struct iovec from = { nothing, 1 }, to = { (void *)16, 1 };

	/* nothing is mapped there: EFAULT comes after the check */
	if (process_vm_writev(1, &from, 1, &to, 1, 0) >= 0 || errno == EFAULT)
		return 0;
	return -errno;
}

static int ftrace_write(void)
{
	return write_file(FTRACE, "1\n");
}

static int rmdir_elsewhere(void)
{
	mkdir("/run/folder", 0755);
	return result(rmdir("/run/folder"));
}

static int trace_child(void)
{
	pid_t pid = fork();
	int ret;

	if (!pid) {
		pause();
		_exit(0);
	}
	ret = result(ptrace(PTRACE_SEIZE, pid, NULL, NULL));
	kill(pid, 9);
	waitpid(pid, NULL, 0);
	return ret;
}

static const struct attack {
	const char *name;
	int (*run)(void);
	int callers;
	int innocent; /* must work in all three */
	const char *needs; /* a symbol of the kernel */
	int sealed_only; /* without a descriptor of ours it is no attack */
} attacks[] = {
	{ "unlink a pin", pin_unlink, ALL },
	{ "unlink a link's pin", link_unlink, ALL },
	{ "rename a pin", pin_rename, ALL },
	{ "move a pin out", pin_move_out, ALL },
	{ "rename over a pin", pin_over, ALL },
	{ "rename the folder of the pins", pins_rename, ALL },
	{ "link to a pin", pin_link, ALL },
	{ "rmdir a folder of pins", folder_rmdir, ALL },
	{ "chmod a pin", pin_chmod, ALL },
	{ "chmod the folder of the pins", pins_chmod, ALL },
	{ "chown a pin", pin_chown, ALL },
	{ "set times of a pin", pin_times, ALL },
	{ "umount the bpffs", umount_bpffs, HOST },
	{ "umount -l the bpffs", umount_bpffs_lazily, HOST },
	{ "umount -l /sys", umount_sys_lazily, HOST },
	{ "umount -l /sys in a peer namespace", umount_by_peer, HOST },
	{ "mount over the bpffs", cover_bpffs, HOST },
	{ "mount over the pins", cover_pins, HOST },
	{ "mount over /sys/fs", cover_fs, HOST },
	{ "mount over /sys", cover_sys, HOST },
	{ "bind over the bpffs", cover_by_bind, HOST },
	{ "move over the bpffs", cover_by_move, HOST },
	{ "move_mount over the bpffs", cover_by_move_mount, HOST },
	{ "move_mount beneath the bpffs", cover_beneath, HOST, 0,
	  "MNT_TREE_BENEATH" },
	{ "rmdir /sys", rmdir_sys, MNTNS | CONTAINER },
	{ "rename /sys", rename_sys, MNTNS | CONTAINER },
	{ "rename over /sys", rename_over_sys, MNTNS | CONTAINER },
	/* under the seal the copy stays: only PID 1 may unmount it */
	{ "umount -l of a shared copy", umount_by_copy, HOST },
	{ "BPF_OBJ_GET of a map", get_map, MNTNS | CONTAINER },
	{ "BPF_OBJ_GET of a link", get_link, MNTNS | CONTAINER },
	{ "BPF_LINK_GET_FD_BY_ID", link_by_id, MNTNS | CONTAINER },
	{ "BPF_MAP_GET_FD_BY_ID to read", map_to_read, MNTNS | CONTAINER },
	{ "BPF_MAP_GET_FD_BY_ID to write", map_to_write, ALL },
	{ "BPF_MAP_UPDATE_ELEM", map_update, ALL },
	{ "a map called like ours", map_make_ours, ALL },
	{ "write the address of the bpffs by a program", forge_bpffs, ALL },
	{ "load an LSM program", load_lsm, ALL },
	{ "load fmod_ret on security_bpf", load_modify_return, ALL },
	{ "load an extension", load_extension, ALL, .sealed_only = 1 },
	{ "PTRACE_SEIZE of PID 1", init_seize, HERE },
	{ "open /proc/1/mem for writing", init_mem, HERE },
	{ "process_vm_writev to PID 1", init_write, HERE },
	{ "write ftrace_enabled", ftrace_write, ALL },
	{ "a pin elsewhere", pin_outside, ALL, 1 },
	{ "umount one's own copies", umount_own_copy, ALL, 1 },
	{ "mount elsewhere", mount_elsewhere, ALL, 1 },
	{ "rmdir elsewhere", rmdir_elsewhere, ALL, 1 },
	{ "trace a child", trace_child, ALL, 1 },
	{ "load a socket filter", load_filter, ALL, 1 },
	{ 0 },
};

static int *answer; /* shared with the caller */

/* Only children are in a new pid namespace. */
static void act(const struct attack *a, int flags)
{
	pid_t pid;

	if (flags && unshare(flags)) {
		*answer = -ENOSYS;
		return;
	}
	if (!(flags & CLONE_NEWPID)) {
		*answer = a->run();
		return;
	}
	pid = fork();
	if (!pid) {
		*answer = a->run();
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static int attack_as(const struct attack *a, int flags)
{
	pid_t pid;

	*answer = -ECHILD;
	fflush(stdout);
	pid = fork();
	if (!pid) {
		alarm(30);
		act(a, flags);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	return *answer;
}

static void prepare(void)
{
	mkdir(FOLDER, 0700);
	seal_objects();
}

static int as_expected(const struct attack *a, int refused, int ret)
{
	if (!refused || a->innocent)
		return !ret;
	return (ret == -EPERM || ret == -EACCES) && seal_pins_there();
}

static int try_one(const struct attack *a, const char *how, int n, int test)
{
	int refused = strcmp(how, "control"), ret, ok;

	if (!refused)
		seal_repair();
	prepare();
	ret = attack_as(a, who[n].flags);
	ok = as_expected(a, refused, ret);
	printf("%sok %d seal %s: %s as %s\n", ok ? "" : "not ", test, how,
	       a->name, who[n].name);
	if (!ok)
		printf("#   %s%s\n", ret ? strerror(-ret) : "it worked",
		       seal_pins_there() ? "" : ", and the pins are gone");
	return ok;
}

int seal_main(const char *how)
{
	int others = !strcmp(how, "others"), tests = 0, failures = 0;

	answer = mmap(NULL, sizeof(*answer), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (answer == MAP_FAILED)
		return 71;
	for (const struct attack *a = attacks; a->name; a++) {
		if (a->needs && !kernel_knows(a->needs))
			continue;
		for (int n = 0; n < 3; n++) {
			if (!(a->callers & who[n].bit) ||
			    (others && (a->sealed_only ||
					(who[n].bit == HOST && !a->innocent))))
				continue;
			failures += !try_one(a, how, n, ++tests);
		}
	}
	printf("1..%d\n", tests);
	return !!failures;
}
