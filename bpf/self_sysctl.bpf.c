// SPDX-License-Identifier: GPL-2.0-only
/*
 * self: the part of the second anchor that guards ftrace (init/kernel/anchors.h).
 *
 * It is not at file_open as the pinned program is: the kernel calls that hook
 * for each file, and this program for sysctls alone. Without maps and functions,
 * it is loaded as it stands here.
 */
#include "name.h"

/* include/uapi/linux/bpf.h: the context, whose fields the verifier translates */
struct bpf_sysctl {
	__u32 write; /* 1: the sysctl is written */
	__u32 file_pos;
};

/**
 * self_sysctl - a process reads or writes a sysctl
 * @ctx: the call
 *
 * Whoever has the file open already is denied, too: the kernel runs the program
 * for each read(2) and write(2) (fs/proc/proc_sysctl.c:proc_sys_call_handler()).
 * The name is the path below /proc/sys, through any mount. There is no event: the
 * pinned program reports, as long as it is there.
 * Return: 1, or 0 to deny writing kernel.ftrace_enabled.
 */
SEC("cgroup/sysctl")
int self_sysctl(struct bpf_sysctl *ctx)
{
	struct name name = {};

	if (!ctx->write)
		return 1;
	bpf_sysctl_get_name(ctx, name.text, sizeof(name), 0);
	return !name_is(&name, "kernel/ftrace_enabled");
}

char LICENSE[] SEC("license") = "GPL";
