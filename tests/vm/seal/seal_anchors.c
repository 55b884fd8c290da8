// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Attempts on the programs that a sealed lock attaches to the root cgroup. Where
 * there are none, the attempts are made on a program of their own.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "seal/seal.h"
#include "seal/seal_bpf.h"
#include "ways/helpers.h"

#define LSM_CGROUP 43 /* 6.0 */
#define PLACES	   10 /* hooks with such programs: CGROUP_LSM_NUM */
#define IDS	   64

/* A program of the lock, and what one of this process in its place is. */
struct anchor {
	const char *name;
	int prog_type, type;
	const char *function;
};

static const struct anchor at_bpf = { "self_bpf", BPF_PROG_TYPE_LSM, LSM_CGROUP,
				      "bpf_lsm_bpf" };
static const struct anchor at_sysctl = { "self_sysctl",
					 BPF_PROG_TYPE_CGROUP_SYSCTL,
					 BPF_CGROUP_SYSCTL, NULL };

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

/* A descriptor of the lock's program; -ENOENT, or -EPERM if looking is denied. */
static int anchored(const struct anchor *a)
{
	uint32_t ids[IDS];
	union bpf_attr attr = { .query = { .target_fd = root_cgroup(),
					   .attach_type = a->type,
					   .query_flags = BPF_F_QUERY_EFFECTIVE,
					   .prog_ids = (uintptr_t)ids,
					   .prog_cnt = IDS } };

	if (bpf(BPF_PROG_QUERY, &attr))
		return -ENOENT;
	for (uint32_t i = 0; i < attr.query.prog_cnt; i++) {
		union bpf_attr get = { .prog_id = ids[i] };
		int prog = bpf(BPF_PROG_GET_FD_BY_ID, &get);

		if (prog == -EPERM || (prog >= 0 && has_name(prog, a->name)))
			return prog;
		close(prog);
	}
	return -ENOENT;
}

/* A program of this process, which allows everything. */
static int own(const struct anchor *a)
{
	return bpf_load_return(a->prog_type, a->type,
			       a->function ? bpf_function(a->function) : 0, 1);
}

static int attach_to(int dir, int prog, int type, int flags, int replace)
{
	union bpf_attr attr = { .target_fd = dir,
				.attach_bpf_fd = prog,
				.attach_type = type,
				.attach_flags = flags,
				.replace_bpf_fd = replace };

	return bpf(BPF_PROG_ATTACH, &attr);
}

static int attach(int prog, int type, int flags, int replace)
{
	return attach_to(root_cgroup(), prog, type, flags, replace);
}

static int detach(int prog, int type)
{
	union bpf_attr attr = { .target_fd = root_cgroup(),
				.attach_bpf_fd = prog,
				.attach_type = type };

	return bpf(BPF_PROG_DETACH, &attr);
}

/* The anchored program, or one of this process in the same place. */
static int target(const struct anchor *a)
{
	int prog = anchored(a), ret;

	if (prog != -ENOENT)
		return prog;
	prog = own(a);
	if (prog < 0)
		return prog;
	ret = attach(prog, a->type, BPF_F_ALLOW_MULTI, 0);
	return ret ? ret : prog;
}

int anchor_detach(void)
{
	int prog = target(&at_bpf);

	return prog < 0 ? prog : detach(prog, LSM_CGROUP);
}

int anchor_detach_sysctl(void)
{
	int prog = target(&at_sysctl);

	return prog < 0 ? prog : detach(prog, BPF_CGROUP_SYSCTL);
}

/* It allows what others before it deny, from 5.18 on. */
static int own_overruling(void)
{
	const struct bpf_insn insns[] = { MOV_IMM(1, 0),
					  CALL(BPF_FUNC_set_retval),
					  MOV_IMM(0, 1), EXIT() };
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_CGROUP_SYSCTL,
				.expected_attach_type = BPF_CGROUP_SYSCTL };

	return bpf_load(&attr, insns, 4);
}

/* The child ends in that cgroup. */
static int write_below(void)
{
	char procs[64];
	int ret;

	snprintf(procs, sizeof(procs), "/proc/self/fd/%d/below/cgroup.procs",
		 root_cgroup());
	ret = write_file(procs, "0\n");
	return ret ? ret : ftrace_write();
}

/* Beside the anchored program, and alone in a cgroup below. */
int ftrace_by_sysctl(void)
{
	int prog = own_overruling(), below, ret;

	if (prog < 0)
		return prog;
	mkdirat(root_cgroup(), "below", 0755);
	below = openat(root_cgroup(), "below", O_DIRECTORY);
	attach_to(below, prog, BPF_CGROUP_SYSCTL, 0, 0);
	attach(prog, BPF_CGROUP_SYSCTL, BPF_F_ALLOW_MULTI, 0);
	ret = seal_in_child(write_below);
	close(below);
	unlinkat(root_cgroup(), "below", AT_REMOVEDIR);
	detach(prog, BPF_CGROUP_SYSCTL);
	return ret;
}

/*
 * With a program that allows everything. Under the seal none can be loaded, and
 * the anchored one itself stands for it.
 */
static int with_other(int (*make)(int other, int prog))
{
	int prog = target(&at_bpf), other, ret;

	if (prog < 0)
		return prog;
	other = own(&at_bpf);
	ret = make(other < 0 ? prog : other, prog);
	if (other >= 0) {
		detach(other, LSM_CGROUP);
		detach(prog, LSM_CGROUP);
	}
	return ret;
}

static int replace(int other, int prog)
{
	return attach(other, LSM_CGROUP, BPF_F_ALLOW_MULTI | BPF_F_REPLACE,
		      prog);
}

static int beside(int other, int prog)
{
	(void)prog;
	return attach(other, LSM_CGROUP, BPF_F_ALLOW_MULTI, 0);
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
		const struct anchor at = { NULL, BPF_PROG_TYPE_LSM, LSM_CGROUP,
					   hooks[i] };
		int ret = attach(own(&at), LSM_CGROUP, BPF_F_ALLOW_MULTI, 0);

		if (ret) {
			printf("# take the place for %s: %s\n", hooks[i],
			       strerror(-ret));
			return 71;
		}
	}
	return 0;
}
