// SPDX-License-Identifier: GPL-2.0-only
/*
 * disablebpf: the bpf(2) system call.
 *
 *   bpf          every command, before the kernel looks at it
 *   locked_down  bpf_write: a program that calls bpf_probe_write_user()
 */
#include "lock.h"

PROTECTION(disablebpf, DISABLEBPF);

/*
 * The operation of a command. BPF_RAW_TRACEPOINT_OPEN makes a link as well,
 * and BPF_LINK_UPDATE attaches a program to one: blocking links means both.
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
 * disablebpf_bpf - bpf(2) was called
 * @cmd: enum bpf_cmd
 *
 * The first thing in kernel/bpf/syscall.c:__sys_bpf(), with a BPF token as
 * without. The hook's fourth argument (newer than 6.12) is not needed. The
 * process that loads this policy is let through, or it could not pin it.
 * Return: 0 or -EPERM.
 */
SEC("lsm/bpf")
int BPF_PROG(disablebpf_bpf, int cmd)
{
	int op = op_of_command(cmd);

	if (!concerned(&disablebpf_policy, op) || is_loader(&disablebpf_policy))
		return 0;
	return disablebpf_check(op, cmd, NULL, NULL);
}

/**
 * disablebpf_locked_down - a lockdown reason is about to be acted on
 * @what: enum lockdown_reason
 *
 * Asked while a program is checked, in the task that loads it
 * (kernel/trace/bpf_trace.c:bpf_tracing_func_proto()). Return: 0 or -EPERM,
 * which the loader gets as EINVAL: unknown function.
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
