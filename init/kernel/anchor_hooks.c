// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/bpf.h>
#include <stdio.h>

#include "kernel/anchors.h"

#define ALL  (~0u)
#define SELF (1u << BPFLOCK_SELF)

#define LSM_HOOK(hook, tag, of)                       \
	{                                             \
#hook, tag, of, #hook, BPF_LSM_CGROUP \
	}

const struct anchor_hook anchor_hooks[ANCHOR_HOOKS] = {
	/* what keeps the others from being detached or stopped comes first */
	LSM_HOOK(bpf, "bpf", ALL),
	{ "sysctl", "sysctl", SELF, "file_open", BPF_CGROUP_SYSCTL },
	LSM_HOOK(locked_down, "lock", ALL),
	LSM_HOOK(kernel_read_file, "read", ALL),
	LSM_HOOK(kernel_load_data, "load", ALL),
	LSM_HOOK(bpf_prog, "prog", ALL),
	LSM_HOOK(ptrace_access_check, "ptra", SELF),
	LSM_HOOK(bpf_map, "map", ALL),
	LSM_HOOK(kernel_module_request, "req", ALL),
};

const char *anchors_text(unsigned int hooks, char out[ANCHORS_TEXT])
{
	size_t at = 0;

	out[0] = '\0';
	for (int i = 0; i < ANCHOR_HOOKS; i++)
		if (hooks & (1u << i))
			at += snprintf(out + at, ANCHORS_TEXT - at, "%s%s",
				       at ? " " : "", anchor_hooks[i].name);
	return out;
}
