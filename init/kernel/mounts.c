// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "util/log.h"
#include "kernel/mounts.h"

#define NO_EXEC (MS_NOSUID | MS_NODEV | MS_NOEXEC)

static int mount_missing(const char *type, const char *target,
			 unsigned long magic, unsigned long flags,
			 const char *data)
{
	struct statfs fs = { 0 };
	int err;

	/* These two directories are in the root; sysfs has the others. */
	if (!strcmp(target, "/proc") || !strcmp(target, "/sys"))
		mkdir(target, 0755);
	/* Another mount over one that is there would hide the pins. */
	if (statfs(target, &fs) && errno != ENOENT) {
		err = -errno;
		log_error("statfs %s: %s", target, strerror(-err));
		return err;
	}
	if ((unsigned long)fs.f_type == magic ||
	    !mount(type, target, type, flags, data))
		return 0;
	err = -errno;
	log_error("mount %s at %s: %s", type, target, strerror(-err));
	return err;
}

int mounts_prepare(void)
{
	int err;

	err = mount_missing("proc", "/proc", PROC_SUPER_MAGIC, NO_EXEC, NULL);
	if (err)
		return err;
	err = mount_missing("sysfs", "/sys", SYSFS_MAGIC, NO_EXEC, NULL);
	if (err)
		return err;
	/* support_check() reports a missing securityfs, with the remedy. */
	mount_missing("securityfs", "/sys/kernel/security", SECURITYFS_MAGIC,
		      NO_EXEC, NULL);
	return mount_missing("bpf", BPFFS, BPF_FS_MAGIC, NO_EXEC, "mode=0700");
}

/*
 * The type tells nothing here: devtmpfs is a tmpfs, and so is the kernel's
 * first root unless root= is given (init/do_mounts.c:init_rootfs()).
 */
int mounts_devices(void)
{
	struct stat root, dev;
	int err;

	mkdir("/dev", 0755);
	if (!stat("/", &root) && !stat("/dev", &dev) &&
	    root.st_dev != dev.st_dev)
		return 0;
	if (!mount("devtmpfs", "/dev", "devtmpfs", MS_NOSUID, "mode=0755"))
		return 0;
	err = -errno;
	log_error("mount devtmpfs at /dev: %s", strerror(-err));
	return err;
}
