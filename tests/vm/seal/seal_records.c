// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts to overwrite a record, a frozen map with BPF_F_RDONLY_PROG, or its copy. */
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "seal/seal.h"
#include "seal/seal_bpf.h"

#define RECORD_SIZE 8 /* enough for the operations that it denies */

#define COUNT(insns) ((int)(sizeof(insns) / sizeof((insns)[0])))

static int record_open_for(uint32_t flags)
{
	/* ".rodata.kmodules": the kernel keeps 15 bytes */
	int id = bpf_map_named(".rodata.kmodule");

	if (id <= 0)
		return id ? id : -ENOENT;
	return bpf_map_by_id(id, flags);
}

/* With a descriptor that may write, or else one that may read. */
static int record_open(void)
{
	int fd = record_open_for(0);

	return fd < 0 ? record_open_for(BPF_F_RDONLY) : fd;
}

int record_get(void)
{
	return close_result(record_open_for(BPF_F_RDONLY));
}

int record_update(void)
{
	static char value[4096];
	int ret, fd = record_open();

	if (fd < 0)
		return fd;
	ret = bpf_element(BPF_MAP_UPDATE_ELEM, fd, value);
	close(fd);
	return ret;
}

/* ---- Iterators ---------------------------------------------------------------- */

/* Run an iterator once: over the elements of the map, or of all if that is -1. */
static int iterate(int prog, int map)
{
	union bpf_iter_link_info info = { .map.map_fd = map };
	union bpf_attr attr = { .link_create = { .prog_fd = prog,
						 .attach_type =
							 BPF_TRACE_ITER } };
	int link, fd, ret = 0;
	char byte;

	if (map >= 0) {
		attr.link_create.iter_info = (uintptr_t)&info;
		attr.link_create.iter_info_len = sizeof(info);
	}
	link = bpf(BPF_LINK_CREATE, &attr);
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

static int iterate_with(const char *function, const struct bpf_insn *insns,
			int n, int map)
{
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_TRACING,
				.expected_attach_type = BPF_TRACE_ITER,
				.attach_btf_id = bpf_function(function) };
	int prog = bpf_load(&attr, insns, n), ret;

	ret = prog < 0 ? prog : iterate(prog, map);
	close(prog);
	return ret;
}

/* The value of an element is the fourth field of the program's context. */
int record_iterate(void)
{
	const struct bpf_insn insns[] = {
		INSN(BPF_LDX | BPF_MEM | BPF_DW, 2, 1, 24, 0),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 2, 0),
		STORE_IMM(2, 0, 0),
		STORE_IMM(2, 8, 0),
		MOV_IMM(0, 0),
		EXIT(),
	};
	int ret, map = record_open();

	if (map < 0)
		return map;
	ret = iterate_with("bpf_iter_bpf_map_elem", insns, COUNT(insns), map);
	close(map);
	return ret;
}

/* For comparison: an iterator that is bound to nothing */
int iterate_tasks(void)
{
	const struct bpf_insn insns[] = { MOV_IMM(0, 0), EXIT() };

	return iterate_with("bpf_iter_task", insns, COUNT(insns), -1);
}

/* ---- Helpers ------------------------------------------------------------------- */

/*
 * Two helpers write a number to where an argument points. The verifier took that
 * for reading (CVE-2024-49861), so they wrote into maps with BPF_F_RDONLY_PROG.
 *
 * FIND_RECORD(map, skip) - register 0 points to the record, or @skip instructions
 * are left out
 */
#define FIND_RECORD(map, skip)                                        \
	INSN(BPF_ST | BPF_MEM | BPF_W, 10, 0, -4, 0), MAP_FD(1, map), \
		MOV_REG(2, 10), ADD_IMM(2, -4),                       \
		CALL(BPF_FUNC_map_lookup_elem),                       \
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, skip, 0)

int record_by_mtu(void)
{
	int prog, ret, map = record_open();
	const struct bpf_insn insns[] = {
		MOV_REG(6, 1),
		FIND_RECORD(map, 6),
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
	prog = bpf_load(&attr, insns, COUNT(insns));
	ret = prog < 0 ? prog : bpf_run(prog);
	close(prog);
	close(map);
	return ret;
}

/* Only loaded: attached to a cgroup, it writes when a sysctl is read there. */
int record_by_strtol(void)
{
	int prog, map = record_open();
	const struct bpf_insn insns[] = {
		STORE_IMM(10, -16, '0'), FIND_RECORD(map, 6),
		MOV_REG(4, 0),		 MOV_REG(1, 10),
		ADD_IMM(1, -16),	 MOV_IMM(2, 8),
		MOV_IMM(3, 0),		 CALL(BPF_FUNC_strtol),
		MOV_IMM(0, 1),		 EXIT(),
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_CGROUP_SYSCTL,
				.expected_attach_type = BPF_CGROUP_SYSCTL };

	if (map < 0)
		return map;
	prog = bpf_load(&attr, insns, COUNT(insns));
	close(map);
	return close_result(prog);
}

/* ---- The copy ------------------------------------------------------------------ */

/* A program cannot take it out of the queue, nor can a process. */
int record_copy_pop(void)
{
	int prog, fd = bpf_get(POLICY, 0);
	static char value[4096];
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_SCHED_CLS };
	union bpf_attr pop = { .value = (uintptr_t)value };

	if (fd < 0)
		fd = bpf_get(POLICY, BPF_F_RDONLY);
	if (fd < 0)
		return fd;
	const struct bpf_insn insns[] = {
		MAP_FD(1, fd),	MOV_REG(2, 10),
		ADD_IMM(2, -8), CALL(BPF_FUNC_map_pop_elem),
		MOV_IMM(0, 0),	EXIT(),
	};
	pop.map_fd = fd;
	prog = bpf(BPF_MAP_LOOKUP_AND_DELETE_ELEM, &pop);
	if (prog)
		prog = bpf_load(&attr, insns, COUNT(insns));
	close(fd);
	return close_result(prog);
}

/* ---- Mappings ------------------------------------------------------------------ */

static int record_map(int prot, int then)
{
	int fd = record_open(), ret = 0;
	void *p;

	if (fd < 0)
		return fd;
	p = mmap(NULL, RECORD_SIZE, prot, MAP_SHARED, fd, 0);
	/* a shared mapping needs a writable descriptor, even to read */
	if (p == MAP_FAILED || (then && mprotect(p, RECORD_SIZE, then)))
		ret = -errno;
	close(fd);
	return ret;
}

int record_mmap(void)
{
	return record_map(PROT_READ | PROT_WRITE, 0);
}

int record_mprotect(void)
{
	return record_map(PROT_READ, PROT_READ | PROT_WRITE);
}
