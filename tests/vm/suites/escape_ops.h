/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op escape_ops[] = {
	{ "ptrace" },	{ "nsenter" }, { "usermodehelper" },
	{ "blockdev" }, { "efivars" }, { "lockdown" },
	{ NULL },
};
