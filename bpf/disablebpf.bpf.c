// SPDX-License-Identifier: GPL-2.0-only
/*
 * disablebpf: the bpf(2) system call. A command that the record denies fails
 * before the kernel looks at its arguments.
 *
 *   bpf          every command
 *   locked_down  bpf_write: a program that calls bpf_probe_write_user()
 */
#include "decide.h"

PROTECTION(disablebpf, DISABLEBPF);

/*
 * The operation of a command. link_create also covers BPF_LINK_UPDATE, which
 * attaches another program to a link, and BPF_RAW_TRACEPOINT_OPEN, which makes
 * a link too.
 */
static __always_inline int op_of_command(int cmd)
{
	switch (cmd) {
	case BPF_MAP_CREATE:
		return DISABLEBPF_MAP_CREATE;
	case BPF_BTF_LOAD:
		return DISABLEBPF_BTF_LOAD;
	case BPF_PROG_LOAD:
		return DISABLEBPF_PROG_LOAD;
	case BPF_LINK_CREATE:
	case BPF_LINK_UPDATE:
	case BPF_RAW_TRACEPOINT_OPEN:
		return DISABLEBPF_LINK_CREATE;
	case BPF_OBJ_PIN:
		return DISABLEBPF_OBJ_PIN;
	case BPF_OBJ_GET:
		return DISABLEBPF_OBJ_GET;
	case BPF_PROG_ATTACH:
		return DISABLEBPF_PROG_ATTACH;
	case BPF_TOKEN_CREATE:
		return DISABLEBPF_TOKEN_CREATE;
	default:
		return DISABLEBPF_OTHER;
	}
}

/**
 * disablebpf_bpf - bpf(2) is called
 * @cmd: enum bpf_cmd
 *
 * kernel/bpf/syscall.c:__sys_bpf() calls the hook first of all, with or without
 * a BPF token. The process that loads this record is allowed everything, since
 * it must still pin the programs. Return: 0 or -EPERM.
 */
SEC("lsm/bpf")
int BPF_PROG(disablebpf_bpf, int cmd)
{
	int op = op_of_command(cmd);

	if (!concerned(&disablebpf_record, op) || is_loader(&disablebpf_record))
		return 0;
	return disablebpf_check(op, cmd, NULL, NULL);
}

/**
 * disablebpf_locked_down - the kernel asks about a lockdown reason
 * @what: enum lockdown_reason
 *
 * The verifier asks in the task that loads the program
 * (kernel/trace/bpf_trace.c:bpf_tracing_func_proto()). The loading then fails
 * with EINVAL, as for an unknown function. Return: 0 or -EPERM.
 */
SEC("lsm/locked_down")
int BPF_PROG(disablebpf_locked_down, unsigned int what)
{
	if (!bpf_core_enum_value_exists(enum lockdown_reason,
					LOCKDOWN_BPF_WRITE_USER) ||
	    what != bpf_core_enum_value(enum lockdown_reason,
					LOCKDOWN_BPF_WRITE_USER))
		return 0;
	return disablebpf_check(DISABLEBPF_BPF_WRITE, what, NULL, NULL);
}
