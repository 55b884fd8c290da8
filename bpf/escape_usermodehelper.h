/* SPDX-License-Identifier: GPL-2.0-only */
/* escape: files and mount options that name a program for the kernel to run. */
#ifndef ESCAPE_USERMODEHELPER_H
#define ESCAPE_USERMODEHELPER_H

#include "escape.h"

/* Under lockdown=confidentiality no helper may read the name of an option. */
#define BLIND (!escape_record.read_strings)

/* Does the mount option name the program that cgroup v1 runs? */
static __noinline bool is_release_agent(const char *key)
{
	struct name n = {};

	bpf_probe_read_kernel_str(n.text, sizeof(n.text), key);
	return name_is(&n, "release_agent");
}

/* Does a file of /proc/sys, @n in the directory @in, name such a program? */
static __noinline bool is_proc_helper(const struct name *n,
				      const struct name *in)
{
	if (name_is(in, "kernel"))
		return name_is(n, "core_pattern") || name_is(n, "modprobe") ||
		       name_is(n, "hotplug") || name_is(n, "poweroff_cmd");
	return name_is(in, "usermodehelper") ||
	       (name_is(in, "nm") && name_is(n, "hb_ctl_path"));
}

/*
 * Does a file of sysfs, @n in the directory @in in the directory @above, name such a
 * program, or the directory that the kernel loads firmware from?
 */
static __noinline bool is_sysfs_helper(const struct name *n,
				       const struct name *in,
				       const struct name *above)
{
	if (name_is(in, "kernel"))
		return name_is(n, "uevent_helper");
	if (name_is(in, "parameters"))
		return name_is(n, "cache_getent") ||
		       name_is(n, "cltrack_prog") || name_is(n, "v86d") ||
		       name_is(n, "usermode_helper") ||
		       (name_is(n, "path") && name_is(above, "firmware_class"));
	if (name_is(in, "uvesafb"))
		return name_is(n, "v86d");
	return name_is(n, "trigger") && name_is(above, "machinecheck");
}

/*
 * is_helper_file - does the file name a program that the kernel runs?
 *
 * The names decide, since a process cannot make or rename files in these file
 * systems. From 6.7 on a user namespace may have a binfmt_misc of its own,
 * which affects only that namespace.
 */
static __noinline bool is_helper_file(const struct dentry *d)
{
	const struct super_block *sb = d->d_sb;
	struct name n, in, above;

	dentry_name(d, &n);
	dentry_name(d->d_parent, &in);
	switch (sb->s_magic) {
	case PROC_SUPER_MAGIC:
		return is_proc_helper(&n, &in);
	case SYSFS_MAGIC:
		dentry_name(d->d_parent->d_parent, &above);
		return is_sysfs_helper(&n, &in, &above);
	case CGROUP1_MAGIC:
		return name_is(&n, "release_agent");
	case BINFMTFS_MAGIC:
		return name_is(&n, "register") &&
		       sb->s_user_ns->ns.inum ==
			       escape_record.ns_inum[BPFLOCK_NS_USER];
	default:
		return false;
	}
}

/*
 * is_host_mount - is the mount in the initial mount namespace?
 *
 * A detached mount, and a mount that only the kernel has (a memfd), is in no
 * namespace. If no helper may read the struct mount, only the file system that
 * holds the root of the current task counts.
 */
static __noinline bool is_host_mount(const struct vfsmount *mnt)
{
	const struct vfsmount *root;
	struct mnt_namespace *ns = NULL;
	struct mount *m;
	unsigned int inum = 0;

	if (BLIND) {
		root = READ(READ(current_task(), fs), root.mnt);
		return mnt->mnt_sb == READ(root, mnt_sb);
	}
	m = (struct mount *)mount_of(mnt);
	bpf_core_read(&ns, sizeof(ns), &m->mnt_ns);
	bpf_core_read(&inum, sizeof(inum), &ns->ns.inum);
	return inum == escape_record.ns_inum[BPFLOCK_NS_MNT];
}

#endif /* ESCAPE_USERMODEHELPER_H */
