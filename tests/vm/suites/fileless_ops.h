/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op fileless_ops[] = {
	{ "exec" }, { "interp" }, { "mmap" }, { "tmpfs", .unnamed_off = 1 },
	{ NULL },
};
