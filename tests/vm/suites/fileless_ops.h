/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op fileless_ops[] = {
	{ "exec" }, { "interp" }, { "mmap" }, { "tmpfs", .lists_only = 1 },
	{ NULL },
};
