// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Attempts on the lock by BPF programs of the caller's own. A program stays
 * attached until the process ends.
 */
#include <errno.h>
#include <linux/btf.h>
#include <sys/mount.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "seal/seal.h"
#include "seal/seal_bpf.h"

#define PROG_TYPE_SYSCALL 31 /* 5.14 */
#define FUNC_SYS_BPF	  166
#define LSM_CGROUP	  43 /* 6.0 */
#define FUNC_OVERRIDE	  58

#define COUNT(a) ((int)(sizeof(a) / sizeof(*(a))))

int load_filter(void)
{
	return close_result(
		bpf_load_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0, 0));
}

int load_lsm(void)
{
	uint32_t id = bpf_function("bpf_lsm_file_open");

	return close_result(
		bpf_load_return(BPF_PROG_TYPE_LSM, BPF_LSM_MAC, id, 0));
}

int load_lsm_on_bpf(void)
{
	uint32_t id = bpf_function("bpf_lsm_bpf_map");

	return close_result(
		bpf_load_return(BPF_PROG_TYPE_LSM, BPF_LSM_MAC, id, 0));
}

int load_lsm_cgroup(void)
{
	uint32_t id = bpf_function("bpf_lsm_file_open");

	return close_result(
		bpf_load_return(BPF_PROG_TYPE_LSM, LSM_CGROUP, id, 0));
}

/* bpf(2) from a BPF program. The kernel misses the program after the hook. */
int load_lsm_by_program(void)
{
	struct bpf_insn insns[24];
	union bpf_attr attr = { .prog_type = PROG_TYPE_SYSCALL,
				.prog_flags = BPF_F_SLEEPABLE };
	int n = 0, prog, ret;

	for (int at = -120; at < 0; at += 8)
		insns[n++] = STORE_IMM(10, at, 0);
	insns[n++] = STORE_IMM(10, -120, BPF_PROG_TYPE_LSM);
	insns[n++] =
		INSN(BPF_ST | BPF_MEM | BPF_W, 10, 0, -120 + 68, BPF_LSM_MAC);
	insns[n++] = MOV_IMM(1, BPF_PROG_LOAD);
	insns[n++] = MOV_REG(2, 10);
	insns[n++] = ADD_IMM(2, -120);
	insns[n++] = MOV_IMM(3, 120);
	insns[n++] = CALL(FUNC_SYS_BPF);
	insns[n++] = EXIT();
	prog = bpf_load(&attr, insns, n);
	if (prog < 0)
		return prog;
	attr = (union bpf_attr){ .test = { .prog_fd = prog } };
	ret = bpf(BPF_PROG_TEST_RUN, &attr);
	close(prog);
	if (!ret)
		ret = (int)attr.test.retval;
	return ret == -EFAULT || ret == -E2BIG ? 0 : ret;
}

static int attach(int prog)
{
	int fd = prog < 0 ? prog : bpf_attach(prog);

	return fd < 0 ? fd : 0;
}

int attach_lsm_plus_1(void)
{
	return attach(bpf_load_return(BPF_PROG_TYPE_LSM, BPF_LSM_MAC,
				      bpf_function("bpf_lsm_bpf"), 1));
}

int attach_modify_return(void)
{
	return attach(bpf_load_return(BPF_PROG_TYPE_TRACING, BPF_MODIFY_RETURN,
				      bpf_function("security_bpf"), 1));
}

int attach_fentry(void)
{
	return attach(bpf_load_return(BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY,
				      bpf_function("security_bpf"), 0));
}

int load_fexit(void)
{
	return close_result(bpf_load_return(BPF_PROG_TYPE_TRACING,
					    BPF_TRACE_FEXIT,
					    bpf_function("security_bpf"), 1));
}

int load_override(void)
{
	return bpf_load_calling(FUNC_OVERRIDE);
}

#define TYPE(name, kind, n, size) name, (BTF_KIND_##kind << 24) | (n), size

/* int other(unsigned long long *ctx), the type of all programs of the lock */
static const struct {
	struct btf_header head;
	uint32_t types[19];
	char strings[32];
} other_btf = {
	.head = { .magic = BTF_MAGIC,
		  .version = 1,
		  .hdr_len = sizeof(struct btf_header),
		  .type_len = 19 * 4,
		  .str_off = 19 * 4,
		  .str_len = 32 },
	.types = { TYPE(1, INT, 0, 4), BTF_INT_SIGNED << 24 | 32,
		   TYPE(5, INT, 0, 8), 64,
		   TYPE(0, PTR, 0, 2),
		   TYPE(0, FUNC_PROTO, 1, 1), 24, 3,
		   TYPE(28, FUNC, BTF_FUNC_GLOBAL, 4), },
	.strings = "\0int\0unsigned long long\0ctx\0f1",
};

/* The id of the first function in the program's own BTF. */
static uint32_t first_function(int prog)
{
	struct bpf_func_info func = { 0 };
	struct bpf_prog_info info = { .func_info = (uintptr_t)&func,
				      .func_info_rec_size = sizeof(func),
				      .nr_func_info = 1 };
	union bpf_attr attr = { .info = { .bpf_fd = prog,
					  .info_len = sizeof(info),
					  .info = (uintptr_t)&info } };

	bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	return func.type_id;
}

static int load_other(int target, int btf)
{
	const struct bpf_insn insns[] = { MOV_IMM(0, 0), EXIT() };
	const struct bpf_func_info func = { .type_id = 5 };
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_EXT,
				.attach_prog_fd = target,
				.attach_btf_id = first_function(target),
				.prog_btf_fd = btf,
				.func_info = (uintptr_t)&func,
				.func_info_rec_size = sizeof(func),
				.func_info_cnt = 1 };

	return bpf_load(&attr, insns, COUNT(insns));
}

int load_btf(void)
{
	union bpf_attr attr = { .btf = (uintptr_t)&other_btf,
				.btf_size = sizeof(other_btf) };

	return bpf(BPF_BTF_LOAD, &attr);
}

/*
 * Replaces the program on kernel_module_request by one that returns 0. The
 * kernel does not replace static functions, which those of the lock are.
 */
int attach_extension(void)
{
	int target = prog_open(), btf;

	if (target < 0)
		return target;
	btf = load_btf();
	return btf < 0 ? btf : attach(load_other(target, btf));
}

/*
 * The verifier does not look at how a descriptor was opened: a map that bpf(2)
 * may only read can be written by a program.
 */
static int write_by_program(int map)
{
	const struct bpf_insn insns[] = {
		STORE_IMM(10, -8, 0),  STORE_IMM(10, -16, 0),
		STORE_IMM(10, -24, 0), MAP_FD(1, map),
		MOV_REG(2, 10),	       ADD_IMM(2, -8),
		MOV_REG(3, 10),	       ADD_IMM(3, -24),
		MOV_IMM(4, 0),	       CALL(BPF_FUNC_map_update_elem),
		MOV_IMM(0, 0),	       EXIT(),
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_SOCKET_FILTER };
	int ret, prog = bpf_load(&attr, insns, COUNT(insns));

	if (prog < 0)
		return prog;
	ret = bpf_run(prog);
	close(prog);
	return ret;
}

static int forge(const char *name)
{
	int id = bpf_map_named(name), map, ret;

	if (id <= 0)
		return id ? id : -ENOENT;
	map = bpf_map_by_id(id, BPF_F_RDONLY);
	if (map < 0)
		return map;
	ret = write_by_program(map);
	close(map);
	return ret;
}

/* The lock guards the mounts of the bpffs with that address. */
int forge_bpffs(void)
{
	int ret = forge("self_bpffs");

	if (!ret && umount2("/sys", MNT_DETACH))
		ret = -errno;
	return ret;
}

int forge_counters(void)
{
	return forge("self_counters");
}
