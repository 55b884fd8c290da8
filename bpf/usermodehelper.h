/* SPDX-License-Identifier: GPL-2.0-only */
/* escape: the files and options that name a program which the kernel runs. */
#ifndef USERMODEHELPER_H
#define USERMODEHELPER_H

/* lockdown=confidentiality: the option's name cannot be read. */
#define BLIND (!escape_policy.read_strings)

static __noinline bool is_release_agent(const char *key)
{
	struct name n = {};

	bpf_probe_read_kernel_str(n.text, sizeof(n.text), key);
	return name_is(&n, "release_agent");
}

/* Programs that the kernel runs, below /proc/sys. */
static __noinline bool is_proc_helper(const struct name *n,
				      const struct name *in)
{
	if (name_is(in, "kernel"))
		return name_is(n, "core_pattern") || name_is(n, "modprobe") ||
		       name_is(n, "hotplug") || name_is(n, "poweroff_cmd");
	return name_is(in, "usermodehelper") ||
	       (name_is(in, "nm") && name_is(n, "hb_ctl_path"));
}

/* The same below /sys, and where the kernel looks for firmware. */
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
 * Names in these file systems cannot be chosen for a file that is something
 * else. A binfmt_misc of a user namespace of its own (6.7) binds only that.
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
			       escape_policy.ns_inum[BPFLOCK_NS_USER];
	default:
		return false;
	}
}

/*
 * Is it mounted in the host's mount namespace? A mount that is detached or
 * the kernel's own (a memfd) is in none. Where struct mount cannot be read,
 * only the file system that the host's root is on passes.
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
	m = (void *)((__u64)mnt - bpf_core_field_offset(struct mount, mnt));
	bpf_core_read(&ns, sizeof(ns), &m->mnt_ns);
	bpf_core_read(&inum, sizeof(inum), &ns->ns.inum);
	return inum == escape_policy.ns_inum[BPFLOCK_NS_MNT];
}

#endif /* USERMODEHELPER_H */
