/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op disablebpf_ops[] = {
	{ "map_create", .unnarrowed = 1 },
	{ "btf_load", .unnarrowed = 1 },
	{ "prog_load", .unnarrowed = 1 },
	{ "bpf_write", .closed = 1 },
	{ "link_create", .unnarrowed = 1 },
	{ "obj_pin", .unnarrowed = 1 },
	{ "obj_get", .unnarrowed = 1 },
	{ "prog_attach", .unnarrowed = 1 },
	{ "token_create", .unnarrowed = 1 },
	{ "other", .unnarrowed = 1 },
	{ NULL },
};
