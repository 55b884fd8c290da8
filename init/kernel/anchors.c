// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/anchors.h"
#include "kernel/merge.h"
#include "util/insn.h"

#define FSCONFIG_CREATE 6 /* FSCONFIG_CMD_CREATE of linux/mount.h */

/*
 * "self_lock_1ff": the hook's tag, and the protections that the program has, as
 * bits. The kernel keeps 15 bytes of a name, which the longest one has.
 */
static void anchor_name(char name[BPF_OBJ_NAME_LEN], unsigned int of, int hook)
{
	snprintf(name, BPF_OBJ_NAME_LEN, "self_%s_%x", anchor_hooks[hook].tag,
		 of);
}

/*
 * The hierarchy need not be mounted anywhere: this mount goes with its
 * descriptor. fsopen(2), 5.2.
 */
static int root_cgroup(void)
{
	int fs = syscall(SYS_fsopen, "cgroup2", 1 /* FSOPEN_CLOEXEC */), fd;

	if (fs < 0)
		return -errno;
	fd = -1;
	if (!syscall(SYS_fsconfig, fs, FSCONFIG_CREATE, NULL, NULL, 0))
		fd = syscall(SYS_fsmount, fs, 1 /* FSMOUNT_CLOEXEC */, 0);
	if (fd < 0)
		fd = -errno;
	close(fs);
	return fd;
}

void anchors_open(struct anchors *a)
{
	a->n = 0;
	a->cgroup = root_cgroup();
}

void anchors_close(struct anchors *a)
{
	for (unsigned int i = 0; i < a->n; i++)
		if (a->one[i].prog >= 0)
			close(a->one[i].prog);
	if (a->cgroup >= 0)
		close(a->cgroup);
}

/* The program that follows becomes a function, which these call. */
static const struct bpf_insn turned[] = {
	INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, 5),
	INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 2, 0),
	INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0),
	INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 1),
	INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
};

#define TURNED (sizeof(turned) / sizeof(turned[0]))

/*
 * load_copy - load a program once more, for the root cgroup
 * @prog: the program, which is loaded
 *
 * Return: a descriptor or -errno.
 */
static int load_copy(const struct bpf_program *prog, const char *name)
{
	size_t len = bpf_program__insn_cnt(prog);
	LIBBPF_OPTS(bpf_prog_load_opts, opts,
		    .expected_attach_type = BPF_LSM_CGROUP);
	struct bpf_prog_info info = { 0 };
	uint32_t info_len = sizeof(info);
	struct bpf_insn *insns;
	int fd;

	if (bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &info_len))
		return -errno;
	if (!info.attach_btf_id) /* told from 6.0 on */
		return -EOPNOTSUPP;
	insns = malloc((TURNED + len) * sizeof(*insns));
	if (!insns)
		return -ENOMEM;
	memcpy(insns, turned, sizeof(turned));
	memcpy(insns + TURNED, bpf_program__insns(prog), len * sizeof(*insns));
	opts.attach_btf_id = info.attach_btf_id;
	fd = bpf_prog_load(BPF_PROG_TYPE_LSM, name, "GPL", insns, TURNED + len,
			   &opts);
	if (fd < 0)
		fd = -errno;
	free(insns);
	return fd;
}

static bool is_sysctl(int hook)
{
	return anchor_hooks[hook].type == BPF_CGROUP_SYSCTL;
}

static int load_sysctl(const struct bpf_program *prog, const char *name)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts,
		    .expected_attach_type = BPF_CGROUP_SYSCTL);
	int fd = bpf_prog_load(BPF_PROG_TYPE_CGROUP_SYSCTL, name, "GPL",
			       bpf_program__insns(prog),
			       bpf_program__insn_cnt(prog), &opts);

	return fd < 0 ? -errno : fd;
}

static void load_one(struct anchors *a, const struct bpf_program *prog,
		     unsigned int of, int hook)
{
	char name[BPF_OBJ_NAME_LEN];

	if (a->n == ANCHORS_MAX)
		return;
	anchor_name(name, of, hook);
	a->one[a->n++] = (struct anchor){ of, hook,
					  is_sysctl(hook) ?
						  load_sysctl(prog, name) :
						  load_copy(prog, name) };
}

/* The program that a protection has at a hook, or NULL. */
static const struct bpf_program *find_program(const struct bpf_object *obj,
					      const struct merged *m,
					      int protection, int hook)
{
	const struct bpf_program *prog;
	char name[64];

	if (!(anchor_hooks[hook].of & (1u << protection)))
		return NULL;
	snprintf(name, sizeof(name), "%s_%s", protections[protection].key,
		 anchor_hooks[hook].name);
	prog = bpf_object__find_program_by_name(obj, name);
	return !prog || is_sysctl(hook) ? prog : merged_head(m, prog);
}

static void load_hook(struct anchors *a, const struct bpf_object *obj,
		      const struct merged *m, int hook)
{
	const struct bpf_program *prog[BPFLOCK_PROTECTIONS];
	unsigned int left = 0, of;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		prog[i] = find_program(obj, m, i, hook);
		left |= (unsigned int)!!prog[i] << i;
	}
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		of = 0;
		for (int k = i; k < BPFLOCK_PROTECTIONS; k++)
			if (prog[k] == prog[i])
				of |= left & (1u << k);
		if (of)
			load_one(a, prog[i], of, hook);
		left &= ~of;
	}
}

void anchors_load(struct anchors *a, const struct bpf_object *obj,
		  const struct merged *merged)
{
	if (a->cgroup < 0)
		return;
	for (int hook = 0; hook < ANCHOR_HOOKS; hook++)
		load_hook(a, obj, merged, hook);
}

static int attach_one(const struct anchors *a, const struct anchor *one)
{
	if (one->prog < 0)
		return one->prog;
	return bpf_prog_attach(one->prog, a->cgroup,
			       anchor_hooks[one->hook].type, BPF_F_ALLOW_MULTI);
}

unsigned int anchors_attach(const struct anchors *a, unsigned int which)
{
	unsigned int failed = 0;
	bool kept = false; /* by the program of self at bpf */

	/* The most important hooks come first, and get a place first. */
	for (unsigned int i = 0; i < a->n; i++) {
		const struct anchor *one = &a->one[i];

		if (one->of & ~which)
			continue;
		if ((one->hook && !kept) || attach_one(a, one))
			failed |= 1u << one->hook;
		else if (one->of & (1u << BPFLOCK_SELF))
			kept = true;
	}
	return failed;
}

static void add_anchored(struct anchored *out, const char *name)
{
	char tag[BPF_OBJ_NAME_LEN];
	unsigned int of;

	if (sscanf(name, "self_%15[a-z]_%x", tag, &of) != 2)
		return;
	for (int hook = 0; hook < ANCHOR_HOOKS; hook++)
		for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
			if (!strcmp(tag, anchor_hooks[hook].tag) &&
			    of & (1u << i))
				out->hooks[i] |= 1u << hook;
}

/* Return: false if looking is denied. */
static bool add_program(struct anchored *out, uint32_t id)
{
	struct bpf_prog_info info = { 0 };
	uint32_t len = sizeof(info);
	int fd = bpf_prog_get_fd_by_id(id);

	if (fd < 0)
		return errno != EPERM;
	if (!bpf_prog_get_info_by_fd(fd, &info, &len))
		add_anchored(out, info.name);
	close(fd);
	return true;
}

static void read_type(struct anchored *out, int cgroup,
		      enum bpf_attach_type type)
{
	uint32_t ids[2 * ANCHORS_MAX], n = 2 * ANCHORS_MAX;

	/* Those in effect: for the root cgroup the same, without more arrays. */
	if (!bpf_prog_query(cgroup, type, BPF_F_QUERY_EFFECTIVE, NULL, ids, &n))
		for (uint32_t i = 0; i < n && add_program(out, ids[i]); i++)
			;
}

void anchors_read(struct anchored *out)
{
	int cgroup = root_cgroup();

	memset(out, 0, sizeof(*out));
	if (cgroup < 0)
		return;
	read_type(out, cgroup, BPF_LSM_CGROUP);
	read_type(out, cgroup, BPF_CGROUP_SYSCTL);
	close(cgroup);
}
