/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op self_ops[] = {
	{ "pins", .untrusting = 1 },
	{ "trust" },
	{ "ftrace" },
	{ "objects", .in_seal = 1 },
	{ "writes", .in_seal = 1 },
	{ "mounts", .untrusting = 1 },
	{ "programs", .in_seal = 1 },
	{ "init", .in_seal = 1 },
	{ NULL },
};
