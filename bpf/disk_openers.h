/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files by which a driver opens a disk. Who writes a path or a number there need not
 * be able to open that disk: the kernel does it without asking a hook
 * (block/bdev.c:bdev_file_open_by_dev(), bdev_file_open_by_path()).
 *
 *   configfs    cluster/X/heartbeat/X/dev      ocfs2 writes there
 *               target/core/pscsi_X/X/control  the SCSI device that LIO serves
 *               nvmet/.../device_path          the disk that NVMe over fabrics serves
 *   rpc_pipefs  nfs/blocklayout                blkmapd's answers to pNFS
 *   sysfs       md/new_dev, zramX/backing_dev, bcache/register,
 *               block2mtd/parameters/block2mtd
 *
 * Those of sysfs open the disk exclusively, so it is not one that is mounted. LIO's
 * other kinds do as well.
 */
#ifndef DISK_OPENERS_H
#define DISK_OPENERS_H

#include "name.h"

/* opens_any_disk - a file of configfs or rpc_pipefs: also the disk of the root? */
static __noinline __attribute__((unused)) bool
opens_any_disk(const struct dentry *d)
{
	const struct dentry *up = d->d_parent->d_parent;
	struct name n, above;

	dentry_name(d, &n);
	dentry_name(up, &above);
	above.word[0] &= 0xffffffffffff; /* pscsi_ */
	return name_is(&n, "blocklayout") || name_is(&n, "device_path") ||
	       (name_is(&n, "dev") && above.word[0] == TEXT("heartb")) ||
	       (name_is(&n, "control") && above.word[0] == TEXT("pscsi_"));
}

/* opens_free_disk - a file of sysfs with that name: a disk that nobody uses? */
static __always_inline bool opens_free_disk(const struct name *n)
{
	return name_is(n, "new_dev") || name_is(n, "backing_dev") ||
	       name_is(n, "block2mtd") || name_is(n, "register") ||
	       name_is(n, "register_quiet");
}

#endif /* DISK_OPENERS_H */
