/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op kmodules_ops[] = {
	{ "load_module" },
	{ "unload_module" },
	{ "autoload_module" },
	{ "unsigned_module" },
	{ "unsafe_module_parameters" },
	{ NULL },
};
