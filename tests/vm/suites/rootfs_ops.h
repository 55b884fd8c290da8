/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "engine/op.h"

static const struct op rootfs_ops[] = {
	{ "remount" },
	{ "mount_over" },
	{ "raw_write" },
	{ NULL },
};
