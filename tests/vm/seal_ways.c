// SPDX-License-Identifier: GPL-2.0-or-later
/* Attacks on the lock with bpf(2). */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "seal.h"

#define OUR_MAP "kimg_counters"

static const struct bpf_insn return_0[] = {
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = 0 },
	{ .code = BPF_JMP | BPF_EXIT },
};

static int bpf(int cmd, union bpf_attr *attr)
{
	int ret = syscall(SYS_bpf, cmd, attr, sizeof(*attr));

	return ret < 0 ? -errno : ret;
}

static int load(int type, int attach, uint32_t btf_id, const char *name)
{
	union bpf_attr attr = { .prog_type = type,
				.insns = (uintptr_t)return_0,
				.insn_cnt = 2,
				.license = (uintptr_t) "GPL",
				.expected_attach_type = attach,
				.attach_btf_id = btf_id };

	strcpy(attr.prog_name, name);
	return bpf(BPF_PROG_LOAD, &attr);
}

static int close_result(int fd)
{
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

/* What follows a type in BTF (Documentation/bpf/btf.rst). */
static size_t behind(const struct btf_type *t)
{
	unsigned int n = BTF_INFO_VLEN(t->info);

	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case 17: /* declaration tag */
		return 4;
	case BTF_KIND_ARRAY:
		return sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_DATASEC:
	case 19: /* 64-bit enum */
		return 12 * n;
	case BTF_KIND_ENUM:
	case BTF_KIND_FUNC_PROTO:
		return 8 * n;
	default:
		return 0;
	}
}

static uint32_t find_function(const char *btf, const char *name)
{
	const struct btf_header *h = (const void *)btf;
	const char *strings = btf + h->hdr_len + h->str_off;
	const char *at = btf + h->hdr_len + h->type_off;
	const char *end = at + h->type_len;

	for (uint32_t id = 1; at < end; id++) {
		const struct btf_type *t = (const void *)at;

		if (BTF_INFO_KIND(t->info) == BTF_KIND_FUNC &&
		    !strcmp(strings + t->name_off, name))
			return id;
		at += sizeof(*t) + behind(t);
	}
	return 0;
}

static uint32_t function_id(const char *name)
{
	size_t size = 32 << 20, len;
	FILE *f = fopen("/sys/kernel/btf/vmlinux", "re");
	char *btf = malloc(size);
	uint32_t id = 0;

	len = f && btf ? fread(btf, 1, size, f) : 0;
	if (len > sizeof(struct btf_header))
		id = find_function(btf, name);
	if (f)
		fclose(f);
	free(btf);
	return id;
}

/* the numbers are found before anything keeps /sys from being read */
static uint32_t lsm_id, security_id;

static int pin(int fd, const char *path)
{
	union bpf_attr attr = { .pathname = (uintptr_t)path, .bpf_fd = fd };

	return bpf(BPF_OBJ_PIN, &attr);
}

static int make_map(const char *name)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY,
				.key_size = 4,
				.value_size = 4,
				.max_entries = 1 };

	strcpy(attr.map_name, name);
	return bpf(BPF_MAP_CREATE, &attr);
}

static int make_link(void)
{
	int prog = load(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0, "seal_test");
	union bpf_attr attr = {
		.raw_tracepoint = { .name = (uintptr_t) "sched_process_exit",
				    .prog_fd = prog }
	};
	int fd;

	if (prog < 0)
		return prog;
	fd = bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
	close(prog);
	return fd;
}

static void pin_new(int fd, const char *path)
{
	if (fd < 0)
		return;
	if (access(path, F_OK))
		pin(fd, path);
	close(fd);
}

/* The first id whose map has that name, or 0. */
static uint32_t map_named(const char *name)
{
	union bpf_attr attr = { 0 };

	while (!bpf(BPF_MAP_GET_NEXT_ID, &attr)) {
		struct bpf_map_info info = { 0 };
		uint32_t id = attr.next_id;
		int fd;

		memset(&attr, 0, sizeof(attr));
		attr.map_id = id;
		attr.open_flags = BPF_F_RDONLY;
		fd = bpf(BPF_MAP_GET_FD_BY_ID, &attr);
		if (fd >= 0) {
			memset(&attr, 0, sizeof(attr));
			attr.info.bpf_fd = fd;
			attr.info.info_len = sizeof(info);
			attr.info.info = (uintptr_t)&info;
			bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
			close(fd);
		}
		if (!strcmp(info.name, name))
			return id;
		memset(&attr, 0, sizeof(attr));
		attr.start_id = id;
	}
	return 0;
}

static uint32_t our_map, link_id;

void seal_objects(void)
{
	union bpf_attr attr = { 0 };

	if (!lsm_id) {
		lsm_id = function_id("bpf_lsm_file_open");
		security_id = function_id("security_bpf");
	}
	pin_new(make_map("seal_test"), PIN);
	pin_new(make_link(), PIN_LINK);
	our_map = map_named(OUR_MAP);
	if (!our_map) {
		/* a control: kept open, nothing of the lock is there */
		if (make_map(OUR_MAP) >= 0)
			our_map = map_named(OUR_MAP);
	}
	bpf(BPF_LINK_GET_NEXT_ID, &attr);
	link_id = attr.next_id;
}

int load_lsm(void)
{
	return close_result(
		load(BPF_PROG_TYPE_LSM, BPF_LSM_MAC, lsm_id, "other"));
}

int load_modify_return(void)
{
	return close_result(load(BPF_PROG_TYPE_TRACING, BPF_MODIFY_RETURN,
				 security_id, "other"));
}

/* No function is named to replace, so it never loads; the errno tells. */
int load_extension(void)
{
	int fd = load(BPF_PROG_TYPE_EXT, 0, 0, "other");

	return fd == -EPERM ? fd : 0;
}

int load_filter(void)
{
	return close_result(
		load(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0, "other"));
}

static int map_by_id(uint32_t flags)
{
	union bpf_attr attr = { .map_id = our_map, .open_flags = flags };

	return bpf(BPF_MAP_GET_FD_BY_ID, &attr);
}

int map_to_read(void)
{
	return close_result(map_by_id(BPF_F_RDONLY));
}

int map_to_write(void)
{
	return close_result(map_by_id(0));
}

int map_update(void)
{
	uint64_t value[2] = { 0 };
	uint32_t key = 0;
	union bpf_attr attr = { 0 };
	int ret, fd = map_by_id(0);

	if (fd < 0)
		return fd;
	attr.map_fd = fd;
	attr.key = (uintptr_t)&key;
	attr.value = (uintptr_t)value;
	ret = bpf(BPF_MAP_UPDATE_ELEM, &attr);
	close(fd);
	return ret;
}

int map_make_ours(void)
{
	return close_result(make_map(OUR_MAP));
}

static int get(const char *path)
{
	union bpf_attr attr = { .pathname = (uintptr_t)path };

	return close_result(bpf(BPF_OBJ_GET, &attr));
}

int get_map(void)
{
	return get(PIN);
}

int get_link(void)
{
	return get(PIN_LINK);
}

int link_by_id(void)
{
	union bpf_attr attr = { .link_id = link_id };

	return close_result(bpf(BPF_LINK_GET_FD_BY_ID, &attr));
}

int pin_over(void)
{
	int ret, fd = make_map("seal_test");

	if (fd < 0)
		return fd;
	unlink(OUTSIDE);
	ret = pin(fd, OUTSIDE);
	close(fd);
	if (!ret && rename(OUTSIDE, PIN))
		ret = -errno;
	unlink(OUTSIDE);
	return ret;
}

int pin_outside(void)
{
	int ret, fd = make_map("seal_test");

	if (fd < 0)
		return fd;
	unlink(OUTSIDE);
	ret = pin(fd, OUTSIDE);
	close(fd);
	if (!ret && (chmod(OUTSIDE, 0640) || unlink(OUTSIDE)))
		ret = -errno;
	return ret;
}
