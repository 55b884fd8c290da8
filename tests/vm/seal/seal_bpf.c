// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <linux/btf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "seal/seal_bpf.h"

int bpf(int cmd, union bpf_attr *attr)
{
	int ret = syscall(SYS_bpf, cmd, attr, sizeof(*attr));

	return ret < 0 ? -errno : ret;
}

int close_result(int fd)
{
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

int bpf_load(union bpf_attr *attr, const struct bpf_insn *insns, int n)
{
	attr->insns = (uintptr_t)insns;
	attr->insn_cnt = n;
	attr->license = (uintptr_t) "GPL";
	strcpy(attr->prog_name, "other");
	return bpf(BPF_PROG_LOAD, attr);
}

int bpf_load_return(int type, int attach, uint32_t btf_id, int number)
{
	const struct bpf_insn insns[] = { MOV_IMM(0, number), EXIT() };
	union bpf_attr attr = { .prog_type = type,
				.expected_attach_type = attach,
				.attach_btf_id = btf_id };

	return bpf_load(&attr, insns, 2);
}

int bpf_run(int prog)
{
	char packet[64] = { 0 };
	union bpf_attr attr = { .test = { .prog_fd = prog,
					  .data_in = (uintptr_t)packet,
					  .data_size_in = sizeof(packet) } };
	int ret = bpf(BPF_PROG_TEST_RUN, &attr);

	return ret < 0 ? ret : (int)attr.test.retval;
}

int bpf_attach(int prog)
{
	union bpf_attr attr = { .raw_tracepoint = { .prog_fd = prog } };

	return bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
}

int bpf_pin(int fd, const char *path)
{
	union bpf_attr attr = { .pathname = (uintptr_t)path, .bpf_fd = fd };

	return bpf(BPF_OBJ_PIN, &attr);
}

int bpf_get(const char *path, uint32_t flags)
{
	union bpf_attr attr = { .pathname = (uintptr_t)path,
				.file_flags = flags };

	return bpf(BPF_OBJ_GET, &attr);
}

int bpf_array(const char *name, uint32_t value_size)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY,
				.key_size = 4,
				.value_size = value_size,
				.max_entries = 1 };

	strcpy(attr.map_name, name);
	return bpf(BPF_MAP_CREATE, &attr);
}

int bpf_map_by_id(uint32_t id, uint32_t flags)
{
	union bpf_attr attr = { .map_id = id, .open_flags = flags };

	return bpf(BPF_MAP_GET_FD_BY_ID, &attr);
}

int bpf_element(int cmd, int map, void *value)
{
	uint32_t key = 0;
	union bpf_attr attr = { .map_fd = map,
				.key = (uintptr_t)&key,
				.value = (uintptr_t)value };

	return bpf(cmd, &attr);
}

/* 1, 0 or -errno */
static int map_is(uint32_t id, const char *name)
{
	struct bpf_map_info info = { 0 };
	union bpf_attr attr = { 0 };
	int ret, fd = bpf_map_by_id(id, BPF_F_RDONLY);

	if (fd < 0)
		return fd;
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = (uintptr_t)&info;
	ret = bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	close(fd);
	return ret < 0 ? ret : !strcmp(info.name, name);
}

int bpf_map_named(const char *name)
{
	uint32_t id = 0;
	int ret = 0;

	for (;;) {
		union bpf_attr attr = { .start_id = id };
		int is;

		if (bpf(BPF_MAP_GET_NEXT_ID, &attr))
			return ret;
		id = attr.next_id;
		is = map_is(id, name);
		if (is > 0)
			return id;
		if (is == -EPERM)
			ret = is;
	}
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

uint32_t bpf_function(const char *name)
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
