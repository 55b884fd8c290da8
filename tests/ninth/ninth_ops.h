/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op ninth_ops[] = {
	{ "set_clock" },
	{ NULL },
};
