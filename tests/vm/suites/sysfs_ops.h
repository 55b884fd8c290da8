/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op sysfs_ops[] = {
	{ "write" },
	{ "setattr" },
	{ "mount", .lists_only = 1 },
	{ NULL },
};
