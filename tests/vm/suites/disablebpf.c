// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpf(2), command by command. The objects that a command needs are made before
 * the lock is there, so that no attempt needs a second command.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <linux/filter.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/token.h"
#include "ways/helpers.h"
#include "ways/abi.h"
#include "engine/apply.h"
#include "suites/disablebpf_ops.h"

#define CGROUP	      "/sys/fs/cgroup/bflk"
#define BPFFS	      "/run/bpffs"
#define COMMON_ATTRS  (1 << 16)
#define I386_BPF      357
#define NO_COMMAND    1000
#define TOKEN_FD_FLAG (1u << 16) /* BPF_F_TOKEN_FD */

static int map, skb, skb2, raw_tp, cgroup, cgroup_link, bpffs;

static int sys_bpf(int cmd, union bpf_attr *attr)
{
	int ret = syscall(SYS_bpf, cmd, attr, sizeof(*attr));

	return ret < 0 ? -errno : ret;
}

/* For commands that return a descriptor: 0 or -errno. */
static int sys_bpf_close(int cmd, union bpf_attr *attr)
{
	int fd = sys_bpf(cmd, attr);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static void fill_map(union bpf_attr *attr)
{
	memset(attr, 0, sizeof(*attr));
	attr->map_type = BPF_MAP_TYPE_ARRAY;
	attr->key_size = 4;
	attr->value_size = 4;
	attr->max_entries = 1;
}

static const struct bpf_insn return_1[] = {
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = 1 },
	{ .code = BPF_JMP | BPF_EXIT },
};

static void fill_prog(union bpf_attr *attr, int type)
{
	memset(attr, 0, sizeof(*attr));
	attr->prog_type = type;
	attr->insns = (uintptr_t)return_1;
	attr->insn_cnt = 2;
	attr->license = (uintptr_t) "GPL";
}

static int load_prog(int type)
{
	union bpf_attr attr;

	fill_prog(&attr, type);
	return sys_bpf(BPF_PROG_LOAD, &attr);
}

static int link_cgroup(void)
{
	union bpf_attr attr = { .link_create = {
					.prog_fd = skb,
					.target_fd = cgroup,
					.attach_type = BPF_CGROUP_INET_INGRESS,
				} };

	return sys_bpf(BPF_LINK_CREATE, &attr);
}

static int pin_as(const char *name)
{
	union bpf_attr attr = { .pathname = (uintptr_t)name, .bpf_fd = map };

	return fchdir(bpffs) ? -errno : sys_bpf(BPF_OBJ_PIN, &attr);
}

/* Once, before the lock; unprivileged processes may make maps from then on. */
static const char *make_objects(void)
{
	union bpf_attr attr;

	if (cgroup)
		return NULL;
	mkdir(CGROUP, 0755);
	mkdir(BPFFS, 0755);
	cgroup = open(CGROUP, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (mount("bpf", BPFFS, "bpf", 0, NULL))
		return "cannot mount bpffs";
	bpffs = open(BPFFS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fill_map(&attr);
	map = sys_bpf(BPF_MAP_CREATE, &attr);
	skb = load_prog(BPF_PROG_TYPE_CGROUP_SKB);
	skb2 = load_prog(BPF_PROG_TYPE_CGROUP_SKB);
	raw_tp = load_prog(BPF_PROG_TYPE_RAW_TRACEPOINT);
	cgroup_link = link_cgroup();
	if (cgroup < 0 || bpffs < 0 || map < 0 || skb < 0 || skb2 < 0 ||
	    raw_tp < 0 || cgroup_link < 0 || pin_as("kept"))
		return "cannot make the objects";
	if (write_file("/proc/sys/kernel/unprivileged_bpf_disabled", "0"))
		return "cannot set kernel.unprivileged_bpf_disabled";
	return NULL;
}

/* map_create, btf_load, prog_load */

static int map_create(void)
{
	union bpf_attr attr;

	fill_map(&attr);
	return sys_bpf_close(BPF_MAP_CREATE, &attr);
}

static int map_create_i386(void)
{
	union bpf_attr attr;
	int fd;

	fill_map(&attr);
	fd = syscall_i386(I386_BPF, BPF_MAP_CREATE,
			  (long)low_memory(&attr, sizeof(attr)), sizeof(attr));
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

/* In 7.x a flag in the command says that two more arguments follow. */
static int map_create_common(void)
{
	unsigned long long common[3] = { 0 };
	union bpf_attr attr;
	int fd;

	fill_map(&attr);
	fd = syscall(SYS_bpf, (long)(BPF_MAP_CREATE | COMMON_ATTRS), &attr,
		     sizeof(attr), common, sizeof(common));
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static const char *need_common(void)
{
	return map_create_common() ? "the kernel knows no such flag" : NULL;
}

/* The lock lets its living loader pass; to have had the same pid is not enough. */
static int map_create_pid(void)
{
	char text[16];
	int status = 0;
	pid_t pid;

	snprintf(text, sizeof(text), "%d", (int)apply_pid - 1);
	if (apply_pid > 1)
		write_file("/proc/sys/kernel/ns_last_pid", text);
	pid = fork();
	if (!pid)
		_exit(-map_create());
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -ECHILD;
	return -WEXITSTATUS(status);
}

static int btf_load(void)
{
	static const struct {
		struct btf_header h;
		struct btf_type t;
		uint32_t bits;
		char names[8];
	} btf = {
		.h = { BTF_MAGIC, BTF_VERSION, .hdr_len = sizeof(btf.h),
		       .type_len = 16, .str_off = 16, .str_len = 5 },
		.t = { 1, BTF_KIND_INT << 24, { 4 } },
		.bits = 32,
		.names = "\0int",
	};
	union bpf_attr attr = {
		.btf = (uintptr_t)&btf,
		.btf_size = sizeof(btf.h) + 16 + 5,
	};

	return sys_bpf_close(BPF_BTF_LOAD, &attr);
}

static int prog_load(void)
{
	union bpf_attr attr;

	fill_prog(&attr, BPF_PROG_TYPE_SOCKET_FILTER);
	return sys_bpf_close(BPF_PROG_LOAD, &attr);
}

/* bpf_write */

static int bpf_write_user(void)
{
	return bpf_load_calling(BPF_FUNC_probe_write_user);
}

/* link_create */

static int link_create(void)
{
	int fd = link_cgroup();

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static int raw_tracepoint_open(void)
{
	union bpf_attr attr = { .raw_tracepoint = {
					.name = (uintptr_t) "sys_enter",
					.prog_fd = raw_tp,
				} };

	return sys_bpf_close(BPF_RAW_TRACEPOINT_OPEN, &attr);
}

static int link_update(void)
{
	union bpf_attr attr = { .link_update = {
					.link_fd = cgroup_link,
					.new_prog_fd = skb2,
				} };

	return sys_bpf(BPF_LINK_UPDATE, &attr);
}

/* obj_pin, obj_get */

static int obj_pin(void)
{
	int ret = pin_as("new");

	if (!ret)
		unlinkat(bpffs, "new", 0);
	return ret;
}

static int obj_get(void)
{
	union bpf_attr attr = { .pathname = (uintptr_t) "kept" };

	if (fchdir(bpffs))
		return -errno;
	return sys_bpf_close(BPF_OBJ_GET, &attr);
}

/* prog_attach */

static void fill_attach(union bpf_attr *attr)
{
	memset(attr, 0, sizeof(*attr));
	attr->target_fd = cgroup;
	attr->attach_bpf_fd = skb;
	attr->attach_type = BPF_CGROUP_INET_EGRESS;
}

static int prog_attach(void)
{
	union bpf_attr attr;

	fill_attach(&attr);
	return sys_bpf(BPF_PROG_ATTACH, &attr);
}

static void prog_detach(void)
{
	union bpf_attr attr;

	fill_attach(&attr);
	sys_bpf(BPF_PROG_DETACH, &attr);
}

/* token_create */

static int token_close(int token)
{
	close(token);
	return 0;
}

static int token_create(void)
{
	return bpf_token(token_close);
}

/* A program type that needs privileges. The headers do not know tokens. */
static int token_prog(int token)
{
	union {
		union bpf_attr attr;
		uint32_t word[40];
	} a = { .word = { 0 } };
	int fd;

	fill_prog(&a.attr, BPF_PROG_TYPE_XDP);
	a.attr.prog_flags = TOKEN_FD_FLAG;
	a.word[144 / 4] = token; /* prog_token_fd */
	fd = syscall(SYS_bpf, BPF_PROG_LOAD, &a, sizeof(a));
	close(token);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static int token_prog_load(void)
{
	return bpf_token(token_prog);
}

/* other */

static int map_update(void)
{
	uint32_t zero = 0;
	union bpf_attr attr = { .map_fd = map,
				.key = (uintptr_t)&zero,
				.value = (uintptr_t)&zero };

	return sys_bpf(BPF_MAP_UPDATE_ELEM, &attr);
}

static int prog_next_id(void)
{
	union bpf_attr attr = { .start_id = 0 };

	return sys_bpf(BPF_PROG_GET_NEXT_ID, &attr);
}

static int map_by_id(void)
{
	union bpf_attr attr = { .map_id = 0 };

	for (uint32_t id = 1; id < 100; id++) {
		int ret;

		attr.map_id = id;
		ret = sys_bpf_close(BPF_MAP_GET_FD_BY_ID, &attr);
		if (ret != -ENOENT)
			return ret;
	}
	return -ENOENT;
}

static int object_info(void)
{
	struct bpf_map_info info = { 0 };
	union bpf_attr attr = { .info = { .bpf_fd = map,
					  .info_len = sizeof(info),
					  .info = (uintptr_t)&info } };

	return sys_bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
}

static int enable_stats(void)
{
	union bpf_attr attr = { .enable_stats = { BPF_STATS_RUN_TIME } };

	return sys_bpf_close(BPF_ENABLE_STATS, &attr);
}

/* A command of a later kernel: the hook runs before the kernel says EINVAL. */
static int no_command(void)
{
	union bpf_attr attr = { 0 };
	int ret = sys_bpf(NO_COMMAND, &attr);

	return ret == -EINVAL ? 0 : ret;
}

/* innocent */

static int classic_filter(void)
{
	struct sock_filter pass = { BPF_RET | BPF_K, 0, 0, 0xffff };
	struct sock_fprog prog = { 1, &pass };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int ret;

	ret = setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog,
			 sizeof(prog)) ?
		      -errno :
		      0;
	close(fd);
	return ret;
}

/* A program that was loaded before still runs: only bpf(2) is guarded. */
static int filter_from_before(void)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int ret;

	ret = setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &skb, sizeof(skb)) ?
		      -errno :
		      0;
	close(fd);
	/* the kernel says EINVAL, for a program type that a socket cannot have */
	return ret == -EINVAL ? 0 : ret;
}

static const struct attempt attempts[] = {
	{ "map_create", NULL, "array", make_objects, map_create, .anyone = 1 },
	{ "map_create", NULL, "32 bit", need_i386, map_create_i386 },
	{ "map_create", NULL, "BPF_COMMON_ATTRS", need_common,
	  map_create_common },
	{ "map_create", NULL, "with the loader's pid", NULL, map_create_pid },
	{ "btf_load", NULL, "one type", NULL, btf_load },
	{ "prog_load", NULL, "socket filter", NULL, prog_load },
	{ "prog_load", "token_create", "with a token", need_token,
	  token_prog_load, .leaves = NS_USER },
	{ "bpf_write",
	  "prog_load",
	  "bpf_probe_write_user",
	  NULL,
	  bpf_write_user,
	  NULL,
	  { EINVAL, EPERM } },
	{ "link_create", NULL, "to a cgroup", NULL, link_create },
	{ "link_create", NULL, "BPF_RAW_TRACEPOINT_OPEN", NULL,
	  raw_tracepoint_open },
	{ "link_create", NULL, "BPF_LINK_UPDATE", NULL, link_update },
	{ "obj_pin", NULL, "map", NULL, obj_pin },
	{ "obj_get", NULL, "map", NULL, obj_get },
	{ "prog_attach", NULL, "to a cgroup", NULL, prog_attach, prog_detach },
	{ "token_create", NULL, "in a user namespace", need_token, token_create,
	  .leaves = NS_USER },
	{ "other", NULL, "map update", NULL, map_update },
	{ "other", NULL, "next program id", NULL, prog_next_id },
	{ "other", NULL, "map by id", NULL, map_by_id },
	{ "other", NULL, "object info", NULL, object_info },
	{ "other", NULL, "BPF_ENABLE_STATS", NULL, enable_stats },
	{ "other", NULL, "unknown command", NULL, no_command },

	/* innocent */
	{ NULL, NULL, "classic socket filter", NULL, classic_filter },
	{ NULL, NULL, "descriptor from before", NULL, filter_from_before },
	{ 0 },
};

SUITE(disablebpf, NULL, .take_off = 1);
