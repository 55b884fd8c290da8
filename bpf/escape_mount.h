/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * escape: mounts of block devices. At sb_kern_mount the file system has read
 * the device, and has often written to it as well (mount count, journal
 * replay). So a mount is denied with its first option, which every such mount
 * has: the source.
 */
#ifndef ESCAPE_MOUNT_H
#define ESCAPE_MOUNT_H

#include "escape_usermodehelper.h"

/*
 * takes_device - will the mount that is set up be one of a device of the host?
 *
 * Of the file systems on flash memory, two do not say so in their flags. A
 * context for changing a mount that is there has a root (fs/fs_context.c:
 * fs_context_for_reconfigure()).
 */
static __noinline bool takes_device(const struct fs_context *fc)
{
	const struct file_system_type *type = fc->fs_type;
	struct name n = {};

	if (fc->root)
		return false;
	if (type->fs_flags & FS_REQUIRES_DEV)
		return true;
	if (BLIND)
		return false;
	bpf_probe_read_kernel_str(n.text, sizeof(n.text), type->name);
	return name_is(&n, "ubifs") || name_is(&n, "jffs2");
}

#endif /* ESCAPE_MOUNT_H */
