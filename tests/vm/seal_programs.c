// SPDX-License-Identifier: GPL-2.0-or-later
/* Attacks on the lock with programs of one's own. */
#include <errno.h>
#include <sys/mount.h>
#include <unistd.h>

#include "seal.h"
#include "seal_bpf.h"

/*
 * The verifier does not ask how a descriptor was opened: what may only be
 * read by bpf(2) can be written by a program.
 */
static int write_by_program(int map, uint64_t value)
{
	const struct bpf_insn insns[] = {
		STORE_IMM(10, -8, 0),
		STORE_IMM(10, -16, value),
		MAP_FD(1, map),
		MOV_REG(2, 10),
		ADD_IMM(2, -8),
		MOV_REG(3, 10),
		ADD_IMM(3, -16),
		MOV_IMM(4, 0),
		CALL(BPF_FUNC_map_update_elem),
		MOV_IMM(0, 0),
		EXIT(),
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_SOCKET_FILTER };
	int ret, prog = bpf_load(&attr, insns, sizeof(insns) / sizeof(*insns));

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
	ret = write_by_program(map, 0);
	close(map);
	return ret;
}

/* Without the address of the bpffs the lock finds no mount to guard. */
int forge_bpffs(void)
{
	int ret = forge("self_bpffs");

	if (!ret && umount2("/sys", MNT_DETACH))
		ret = -errno;
	return ret;
}

int forge_escape(void)
{
	return forge("escape_refused");
}

int forge_counters(void)
{
	return forge("self_counters");
}
