// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/bpf.h>
#include <stdio.h>

#include "kernel/anchors.h"

#define LSM_HOOK(hook, tag)                            \
	{                                              \
#hook, tag, ~0u, #hook, BPF_LSM_CGROUP \
	}

const struct anchor_hook anchor_hooks[ANCHOR_HOOKS] = {
	/* what keeps the others from being detached or stopped comes first */
	LSM_HOOK(bpf, "bpf"),
	{ "sysctl", "sysctl", 1u << BPFLOCK_SELF, "file_open",
	  BPF_CGROUP_SYSCTL },
	LSM_HOOK(locked_down, "lock"),
	LSM_HOOK(kernel_read_file, "read"),
	LSM_HOOK(kernel_load_data, "load"),
	LSM_HOOK(bpf_prog, "prog"),
	LSM_HOOK(ptrace_access_check, "ptra"),
	LSM_HOOK(bpf_map, "map"),
	LSM_HOOK(kernel_module_request, "req"),
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
