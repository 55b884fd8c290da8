// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Attempts on the programs that a sealed lock attaches to the root cgroup. Where
 * there are none, the attempts are made on a program of their own.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal.h"
#include "seal/seal_bpf.h"
#include "ways/helpers.h"

#define LSM_CGROUP 43 /* 6.0 */
#define ANCHOR	   "self_bpf" /* the program at the hook bpf */
#define PLACES	   10 /* hooks with such programs: CGROUP_LSM_NUM */
#define IDS	   64
#define WAIT_S	   5 /* until the programs of lost pins are gone */

static int cgroup = -1;

/* The root of the hierarchy, mounted or not. */
static int root_cgroup(void)
{
	int fs = syscall(SYS_fsopen, "cgroup2", 0);

	if (cgroup < 0 && fs >= 0 &&
	    !syscall(SYS_fsconfig, fs, 6 /* create */, NULL, NULL, 0))
		cgroup = syscall(SYS_fsmount, fs, 0, 0);
	close(fs);
	return cgroup;
}

static int has_name(int prog, const char *name)
{
	struct bpf_prog_info info = { 0 };
	union bpf_attr attr = { .info = { .bpf_fd = prog,
					  .info_len = sizeof(info),
					  .info = (uintptr_t)&info } };

	return !bpf(BPF_OBJ_GET_INFO_BY_FD, &attr) && !strcmp(info.name, name);
}

/* A descriptor of the lock's program at the hook bpf, or -1. */
static int anchored(void)
{
	uint32_t ids[IDS];
	union bpf_attr attr = { .query = { .target_fd = root_cgroup(),
					   .attach_type = LSM_CGROUP,
					   .query_flags = BPF_F_QUERY_EFFECTIVE,
					   .prog_ids = (uintptr_t)ids,
					   .prog_cnt = IDS } };

	if (bpf(BPF_PROG_QUERY, &attr))
		return -1;
	for (uint32_t i = 0; i < attr.query.prog_cnt; i++) {
		union bpf_attr get = { .prog_id = ids[i] };
		int prog = bpf(BPF_PROG_GET_FD_BY_ID, &get);

		if (prog >= 0 && has_name(prog, ANCHOR))
			return prog;
		close(prog);
	}
	return -1;
}

/* A program of that type, which allows everything. */
static int own(const char *hook)
{
	return bpf_load_return(BPF_PROG_TYPE_LSM, LSM_CGROUP,
			       bpf_function(hook), 1);
}

static int attach(int prog, int flags, int replace)
{
	union bpf_attr attr = { .target_fd = root_cgroup(),
				.attach_bpf_fd = prog,
				.attach_type = LSM_CGROUP,
				.attach_flags = flags,
				.replace_bpf_fd = replace };

	return bpf(BPF_PROG_ATTACH, &attr);
}

static int detach(int prog)
{
	union bpf_attr attr = { .target_fd = root_cgroup(),
				.attach_bpf_fd = prog,
				.attach_type = LSM_CGROUP };

	return bpf(BPF_PROG_DETACH, &attr);
}

/* The anchored program, or one of this process in the same place. */
static int target(void)
{
	int prog = anchored(), ret;

	if (prog >= 0)
		return prog;
	prog = own("bpf_lsm_bpf");
	if (prog < 0)
		return prog;
	ret = attach(prog, BPF_F_ALLOW_MULTI, 0);
	return ret ? ret : prog;
}

int anchor_detach(void)
{
	int prog = target();

	return prog < 0 ? prog : detach(prog);
}

/*
 * With a program that allows everything. Under the seal none can be loaded, and
 * the anchored one itself stands for it.
 */
static int with_other(int (*make)(int other, int prog))
{
	int prog = target(), other, ret;

	if (prog < 0)
		return prog;
	other = own("bpf_lsm_bpf");
	ret = make(other < 0 ? prog : other, prog);
	if (other >= 0) {
		detach(other);
		detach(prog);
	}
	return ret;
}

static int replace(int other, int prog)
{
	return attach(other, BPF_F_ALLOW_MULTI | BPF_F_REPLACE, prog);
}

static int beside(int other, int prog)
{
	(void)prog;
	return attach(other, BPF_F_ALLOW_MULTI, 0);
}

static int link_beside(int other, int prog)
{
	union bpf_attr attr = { .link_create = { .prog_fd = other,
						 .target_fd = root_cgroup(),
						 .attach_type = LSM_CGROUP } };

	(void)prog;
	return close_result(bpf(BPF_LINK_CREATE, &attr));
}

int anchor_replace(void)
{
	return with_other(replace);
}

int anchor_beside(void)
{
	return with_other(beside);
}

int anchor_link(void)
{
	return with_other(link_beside);
}

/* Takes all places but two, at hooks that the lock does not anchor. */
int seal_take_places(void)
{
	static const char *const hooks[PLACES - 2] = {
		"bpf_lsm_inode_link",	"bpf_lsm_inode_symlink",
		"bpf_lsm_inode_unlink", "bpf_lsm_inode_mkdir",
		"bpf_lsm_inode_rmdir",	"bpf_lsm_inode_rename",
		"bpf_lsm_inode_create", "bpf_lsm_inode_mknod",
	};

	for (int i = 0; i < PLACES - 2; i++) {
		int ret = attach(own(hooks[i]), BPF_F_ALLOW_MULTI, 0);

		if (ret) {
			printf("# take the place for %s: %s\n", hooks[i],
			       strerror(-ret));
			return 71;
		}
	}
	return 0;
}

/* ---- Without pins --------------------------------------------------------- */

static int load_module(void)
{
	return seal_autoload() ? 0 : -EPERM;
}

static int set_iopl(void)
{
	return iopl(3) ? -errno : 0;
}

static const struct {
	const char *name;
	int (*run)(void);
} without_pins[] = {
	{ "load a module", load_module },
	{ "iopl", set_iopl },
	{ "load an LSM program", load_lsm },
	{ "load a cgroup LSM program", load_lsm_cgroup },
	{ "detach an anchored program", anchor_detach },
	{ "replace an anchored program", anchor_replace },
	{ "write ftrace_enabled", ftrace_write },
	{ "PTRACE_SEIZE of PID 1", init_seize },
	{ "umount -l /sys", umount_sys_lazily },
};

int seal_in_child(int (*run)(void))
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(-run());
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

void seal_without_pins(void)
{
	int ret;

	mount("proc", "/proc", "proc", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	ret = seal_lose_pins();
	sleep(WAIT_S);
	printf("# lost: the pins: %s\n", ret ? strerror(-ret) : "they are");
	fflush(stdout);
	system("bpflock status -v >/run/lost 2>/run/lost_err\n"
	       "echo \"# lost: status $?\"\n"
	       "sed 's/^/# lost status: /' /run/lost\n"
	       "dmesg | sed -n 's/.*] bpflock: /# lost log: /p' | tail -n 1\n");
	for (size_t i = 0; i < sizeof(without_pins) / sizeof(*without_pins);
	     i++) {
		ret = seal_in_child(without_pins[i].run);
		printf("# lost: %s: %s\n", without_pins[i].name,
		       ret ? strerror(-ret) : "it worked");
		fflush(stdout);
	}
}
