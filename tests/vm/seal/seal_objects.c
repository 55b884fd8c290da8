// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts on the lock by descriptors of its maps, links and programs. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "seal/seal.h"
#include "seal/seal_bpf.h"

#define OUR_MAP	    "self_counters"
#define POLICY_SIZE 8

static const char *const our_names[] = { OUR_MAP, "self_bpffs" };
#define OUR_MAPS (sizeof(our_names) / sizeof(*our_names))

static int our_map, our_maps[OUR_MAPS] = { -1, -1 };
static uint32_t link_id, prog_id;

static int make_link(void)
{
	int prog = bpf_load_return(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0, 0);
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
		bpf_pin(fd, path);
	close(fd);
}

/*
 * Those of the last attempt go. A program that used one is freed after a grace
 * period of RCU, and the map with it.
 */
static void drop_ours(void)
{
	int made = our_maps[0];

	for (unsigned int i = 0; i < OUR_MAPS; i++) {
		close(our_maps[i]);
		our_maps[i] = -1;
	}
	for (int i = 0; made >= 0 && i < 100 && bpf_map_named(OUR_MAP) > 0; i++)
		usleep(10000);
}

/* Without a lock: new maps with the names that its maps have. */
static void make_ours(void)
{
	drop_ours();
	our_map = bpf_map_named(OUR_MAP);
	if (our_map)
		return;
	for (unsigned int i = 0; i < OUR_MAPS; i++)
		our_maps[i] = bpf_array(our_names[i], 8);
	our_map = bpf_map_named(OUR_MAP);
}

/* The link that is pinned there; zeros if there is none. */
static struct bpf_link_info link_at(const char *path)
{
	struct bpf_link_info info = { 0 };
	int fd = bpf_get(path, 0);
	union bpf_attr attr = { .info = { .bpf_fd = fd,
					  .info_len = sizeof(info),
					  .info = (uintptr_t)&info } };

	if (fd < 0)
		return info;
	bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	close(fd);
	return info;
}

/*
 * Descriptors of pins of the lock, which a host process leaves open for the
 * attempts that hold_pins. A pin that somebody holds keeps its program attached.
 */
static int hook_path = -1, record_path = -1;

void seal_hold_pins(void)
{
	hook_path = open(HOOK, O_PATH | O_CLOEXEC);
	record_path = open(POLICY, O_PATH | O_CLOEXEC);
}

void seal_drop_pins(void)
{
	close(hook_path);
	close(record_path);
	hook_path = record_path = -1;
}

static int get_through(int fd, unsigned int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return close_result(bpf_get(path, flags));
}

int get_hook_by_fd(void)
{
	return get_through(hook_path, 0);
}

int get_record_by_fd(void)
{
	return get_through(record_path, BPF_F_RDONLY);
}

void seal_objects(void)
{
	static int btf = -1;

	if (btf < 0)
		btf = load_btf();

	pin_new(bpf_array("seal_test", 4), PIN);
	pin_new(make_link(), PIN_LINK);
	make_ours();
	prog_id = link_at(HOOK).prog_id;
	/* not the first of all links, which may be going away */
	link_id = link_at(PIN_LINK).id;
}

int map_to_read(void)
{
	return close_result(bpf_map_by_id(our_map, BPF_F_RDONLY));
}

int map_to_write(void)
{
	return close_result(bpf_map_by_id(our_map, 0));
}

int map_update(void)
{
	uint64_t value[2] = { 0 };
	int ret, fd = bpf_map_by_id(our_map, 0);

	if (fd < 0)
		return fd;
	ret = bpf_element(BPF_MAP_UPDATE_ELEM, fd, value);
	close(fd);
	return ret;
}

int map_freeze(void)
{
	int ret, fd = bpf_map_by_id(our_map, 0);

	if (fd < 0)
		return fd;
	ret = bpf(BPF_MAP_FREEZE, &(union bpf_attr){ .map_fd = fd });
	close(fd);
	return ret;
}

int map_make_ours(void)
{
	return close_result(bpf_array(OUR_MAP, 4));
}

int get_map(void)
{
	return close_result(bpf_get(PIN, 0));
}

int get_link(void)
{
	return close_result(bpf_get(PIN_LINK, 0));
}

int link_by_id(void)
{
	union bpf_attr attr = { .link_id = link_id };

	return close_result(bpf(BPF_LINK_GET_FD_BY_ID, &attr));
}

int prog_open(void)
{
	return bpf(BPF_PROG_GET_FD_BY_ID,
		   &(union bpf_attr){ .prog_id = prog_id });
}

int prog_by_id(void)
{
	return close_result(prog_open());
}

/* It gives types, nothing else. */
int btf_by_id(void)
{
	union bpf_attr attr = { 0 };

	if (bpf(BPF_BTF_GET_NEXT_ID, &attr))
		return -ENOENT;
	attr = (union bpf_attr){ .btf_id = attr.next_id };
	return close_result(bpf(BPF_BTF_GET_FD_BY_ID, &attr));
}

/* They give numbers, nothing else. */
int next_ids(void)
{
	static const int commands[] = { BPF_PROG_GET_NEXT_ID,
					BPF_MAP_GET_NEXT_ID,
					BPF_LINK_GET_NEXT_ID,
					BPF_BTF_GET_NEXT_ID };
	int ret = 0;

	for (unsigned int i = 0; i < 4 && !ret; i++)
		ret = bpf(commands[i], &(union bpf_attr){ 0 });
	return ret;
}

int link_detach(void)
{
	int ret, fd = bpf_get(HOOK, 0);

	if (fd < 0)
		return fd;
	ret = bpf(BPF_LINK_DETACH,
		  &(union bpf_attr){ .link_detach = { .link_fd = fd } });
	close(fd);
	return ret;
}

int link_update(void)
{
	int ret, prog, fd = bpf_get(HOOK, 0);
	union bpf_attr attr = { 0 };

	if (fd < 0)
		return fd;
	prog = prog_open();
	attr.link_update.link_fd = fd;
	attr.link_update.new_prog_fd = prog;
	ret = bpf(BPF_LINK_UPDATE, &attr);
	close(prog);
	close(fd);
	return ret;
}

/* With a descriptor that may write, or else one that may read. */
static int policy_open(void)
{
	int fd = bpf_get(POLICY, 0);

	return fd < 0 ? bpf_get(POLICY, BPF_F_RDONLY) : fd;
}

int policy_update(void)
{
	static char value[4096];
	int ret, fd = policy_open();

	if (fd < 0)
		return fd;
	ret = bpf_element(BPF_MAP_UPDATE_ELEM, fd, value);
	close(fd);
	return ret;
}

/*
 * A program that the kernel runs for each element of a map, and that clears the
 * first words of it: the operations that a record denies (struct masks). The value
 * is the fourth field of its context.
 */
static int load_clearing(void)
{
	const struct bpf_insn insns[] = {
		INSN(BPF_LDX | BPF_MEM | BPF_DW, 2, 1, 24, 0),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 2, 0),
		STORE_IMM(2, 0, 0),
		STORE_IMM(2, 8, 0),
		MOV_IMM(0, 0),
		EXIT(),
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_TRACING,
				.expected_attach_type = BPF_TRACE_ITER,
				.attach_btf_id =
					bpf_function("bpf_iter_bpf_map_elem") };

	return bpf_load(&attr, insns, sizeof(insns) / sizeof(*insns));
}

/* Run the program for the elements of the map. */
static int iterate(int prog, int map)
{
	union bpf_iter_link_info info = { .map.map_fd = map };
	union bpf_attr attr = { .link_create = { .prog_fd = prog,
						 .attach_type = BPF_TRACE_ITER,
						 .iter_info = (uintptr_t)&info,
						 .iter_info_len =
							 sizeof(info) } };
	int link = bpf(BPF_LINK_CREATE, &attr), fd, ret = 0;
	char byte;

	if (link < 0)
		return link;
	attr = (union bpf_attr){ .iter_create.link_fd = link };
	fd = bpf(BPF_ITER_CREATE, &attr);
	if (fd < 0 || read(fd, &byte, 1) < 0)
		ret = fd < 0 ? fd : -errno;
	close(fd);
	close(link);
	return ret;
}

int policy_iterate(void)
{
	int ret, prog, map = policy_open();

	if (map < 0)
		return map;
	prog = load_clearing();
	ret = prog < 0 ? prog : iterate(prog, map);
	close(prog);
	close(map);
	return ret;
}

/*
 * Two helpers write a number to where an argument points. The verifier took that
 * for reading (CVE-2024-49861), so they wrote into maps with BPF_F_RDONLY_PROG.
 */
int policy_by_mtu(void)
{
	int prog, ret, map = policy_open();
	const struct bpf_insn insns[] = {
		MOV_REG(6, 1),
		INSN(BPF_ST | BPF_MEM | BPF_W, 10, 0, -4, 0),
		MAP_FD(1, map),
		MOV_REG(2, 10),
		ADD_IMM(2, -4),
		CALL(BPF_FUNC_map_lookup_elem),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 6, 0),
		MOV_REG(3, 0),
		MOV_REG(1, 6),
		MOV_IMM(2, 1), /* lo */
		MOV_IMM(4, 0),
		MOV_IMM(5, 0),
		CALL(BPF_FUNC_check_mtu),
		MOV_IMM(0, 0),
		EXIT(),
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_SCHED_CLS };

	if (map < 0)
		return map;
	prog = bpf_load(&attr, insns, sizeof(insns) / sizeof(*insns));
	ret = prog < 0 ? prog : bpf_run(prog);
	close(prog);
	close(map);
	return ret;
}

/* Only loaded: attached to a cgroup, it writes when a sysctl is read there. */
int policy_by_strtol(void)
{
	int prog, map = policy_open();
	const struct bpf_insn insns[] = {
		INSN(BPF_ST | BPF_MEM | BPF_W, 10, 0, -4, 0),
		STORE_IMM(10, -16, '0'),
		MAP_FD(1, map),
		MOV_REG(2, 10),
		ADD_IMM(2, -4),
		CALL(BPF_FUNC_map_lookup_elem),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 6, 0),
		MOV_REG(4, 0),
		MOV_REG(1, 10),
		ADD_IMM(1, -16),
		MOV_IMM(2, 8),
		MOV_IMM(3, 0),
		CALL(BPF_FUNC_strtol),
		MOV_IMM(0, 1),
		EXIT(),
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_CGROUP_SYSCTL,
				.expected_attach_type = BPF_CGROUP_SYSCTL };

	if (map < 0)
		return map;
	prog = bpf_load(&attr, insns, sizeof(insns) / sizeof(*insns));
	close(map);
	return close_result(prog);
}

static int policy_map(int prot, int then)
{
	int fd = policy_open(), ret = 0;
	void *p;

	if (fd < 0)
		return fd;
	p = mmap(NULL, POLICY_SIZE, prot, MAP_SHARED, fd, 0);
	/* a shared mapping needs a writable descriptor, even to read */
	if (p == MAP_FAILED || (then && mprotect(p, POLICY_SIZE, then)))
		ret = -errno;
	close(fd);
	return ret;
}

int policy_mmap(void)
{
	return policy_map(PROT_READ | PROT_WRITE, 0);
}

int policy_mprotect(void)
{
	return policy_map(PROT_READ, PROT_READ | PROT_WRITE);
}
