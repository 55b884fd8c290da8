/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op namespaces_ops[] = {
	{ "user" }, { "mnt" },	  { "pid" },  { "net" },   { "ipc" },
	{ "uts" },  { "cgroup" }, { "time" }, { "enter" }, { NULL },
};
