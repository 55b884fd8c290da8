// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>

#include "kernel/anchors.h"

#define ALL  (~0u)
#define SELF (1u << BPFLOCK_SELF)

const struct anchor_hook anchor_hooks[ANCHOR_HOOKS] = {
	/* what keeps the others from being detached or stopped comes first */
	{ "bpf", "bpf", ALL },
	{ "file_open", "open", SELF },
	{ "locked_down", "lock", ALL },
	{ "kernel_read_file", "read", ALL },
	{ "kernel_load_data", "load", ALL },
	{ "bpf_prog", "prog", ALL },
	{ "ptrace_access_check", "ptra", SELF },
	{ "bpf_map", "map", ALL },
	{ "kernel_module_request", "req", ALL },
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
