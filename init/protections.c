// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Made from the list of bpf/bpflock.h, plus what user space alone must know
 * of a protection: its hooks, and how its modes differ from the others'.
 */
#include <string.h>

#include "protections.h"

#define BIT(n)	      BPFLOCK_BIT(n)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define ALL_OPS	      UINT64_MAX

#define OPERATION(WORD, OP, op, means, ...) { #op, means, #__VA_ARGS__ },
#define OPERATIONS(word, WORD, ...)                                 \
	static const struct operation word##_ops[] = { WORD##_LIST( \
		OPERATION) };                                       \
	_Static_assert(WORD##_OPS <= BPFLOCK_OPS_MAX, #word);
BPFLOCK_LIST(OPERATIONS)

/* HOOK(hook, operations[, .field = value]...): see protections.h */
#define HOOK(hook, decides, ...)                               \
	{                                                      \
		.name = #hook, .ops = (decides), ##__VA_ARGS__ \
	}

static const struct hook kimg_hooks[] = {
	HOOK(locked_down, ALL_OPS & ~BIT(KIMG_AUTOLOAD_MODULE)),
	HOOK(kernel_module_request, BIT(KIMG_AUTOLOAD_MODULE)),
	HOOK(kernel_read_file, BIT(KIMG_KEXEC) | BIT(KIMG_UNSIGNED_MODULE)),
	HOOK(kernel_load_data, BIT(KIMG_UNSIGNED_MODULE)),
	HOOK(file_open,
	     BIT(KIMG_MMIOTRACE) | BIT(KIMG_UNSAFE_MODULE_PARAMETERS)),
};

static const struct hook kmodules_hooks[] = {
	HOOK(kernel_read_file,
	     BIT(KMODULES_LOAD_MODULE) | BIT(KMODULES_UNSIGNED_MODULE)),
	HOOK(kernel_load_data,
	     BIT(KMODULES_LOAD_MODULE) | BIT(KMODULES_UNSIGNED_MODULE)),
	HOOK(kernel_module_request, BIT(KMODULES_AUTOLOAD_MODULE)),
	HOOK(locked_down, BIT(KMODULES_UNSIGNED_MODULE) |
				  BIT(KMODULES_UNSAFE_MODULE_PARAMETERS)),
	HOOK(capable, BIT(KMODULES_UNLOAD_MODULE)),
};

static const struct hook disablebpf_hooks[] = {
	HOOK(bpf, ALL_OPS & ~BIT(DISABLEBPF_BPF_WRITE)),
	HOOK(locked_down, BIT(DISABLEBPF_BPF_WRITE)),
};

static const struct hook fileless_hooks[] = {
	HOOK(bprm_creds_for_exec, BIT(FILELESS_EXEC) | BIT(FILELESS_TMPFS)),
	HOOK(bprm_check_security, BIT(FILELESS_INTERP) | BIT(FILELESS_TMPFS)),
	HOOK(mmap_file,
	     BIT(FILELESS_INTERP) | BIT(FILELESS_MMAP) | BIT(FILELESS_TMPFS)),
	HOOK(file_mprotect,
	     BIT(FILELESS_INTERP) | BIT(FILELESS_MMAP) | BIT(FILELESS_TMPFS)),
};

static const struct hook rootfs_hooks[] = {
	HOOK(sb_remount, BIT(ROOTFS_REMOUNT)),
	HOOK(fs_context_parse_param, BIT(ROOTFS_REMOUNT)),
	HOOK(sb_mount, BIT(ROOTFS_MOUNT_OVER)),
	HOOK(move_mount, BIT(ROOTFS_MOUNT_OVER)),
	HOOK(sb_pivotroot, BIT(ROOTFS_MOUNT_OVER)),
	HOOK(file_open, BIT(ROOTFS_RAW_WRITE)),
	HOOK(file_ioctl, BIT(ROOTFS_RAW_WRITE)),
	/* Where they are missing, nothing calls them. */
	HOOK(file_ioctl_compat, BIT(ROOTFS_RAW_WRITE), .optional = true),
	HOOK(uring_cmd, BIT(ROOTFS_RAW_WRITE), .optional = true),
};

static const struct hook sysfs_hooks[] = {
	HOOK(file_open, BIT(SYSFS_WRITE)),
	HOOK(inode_setattr, BIT(SYSFS_SETATTR)),
	HOOK(inode_setxattr, BIT(SYSFS_SETATTR)),
	HOOK(inode_removexattr, BIT(SYSFS_SETATTR)),
	HOOK(sb_kern_mount, BIT(SYSFS_MOUNT)),
	HOOK(sb_mount, BIT(SYSFS_MOUNT)),
	HOOK(sb_remount, BIT(SYSFS_MOUNT)),
};

static const struct hook namespaces_hooks[] = {
	HOOK(userns_create, BIT(NAMESPACES_USER), .optional = true),
	HOOK(cred_prepare, BIT(NAMESPACES_USER), .instead_of = "userns_create"),
	HOOK(task_alloc, ALL_OPS & ~BIT(NAMESPACES_ENTER)),
	HOOK(capable, ALL_OPS & ~BIT(NAMESPACES_USER)),
};

static const struct hook escape_hooks[] = {
	HOOK(ptrace_access_check, BIT(ESCAPE_PTRACE)),
	HOOK(ptrace_traceme, BIT(ESCAPE_PTRACE)),
	HOOK(file_open, ALL_OPS),
	HOOK(file_receive, BIT(ESCAPE_NSENTER)),
	HOOK(file_ioctl, BIT(ESCAPE_NSENTER) | BIT(ESCAPE_BLOCKDEV)),
	HOOK(file_ioctl_compat, BIT(ESCAPE_NSENTER) | BIT(ESCAPE_BLOCKDEV),
	     .part_of = "file_ioctl"),
	HOOK(capable,
	     BIT(ESCAPE_PTRACE) | BIT(ESCAPE_NSENTER) | BIT(ESCAPE_BLOCKDEV)),
	HOOK(bpf, BIT(ESCAPE_PTRACE)),
	HOOK(fs_context_parse_param,
	     BIT(ESCAPE_USERMODEHELPER) | BIT(ESCAPE_BLOCKDEV)),
	HOOK(sb_remount, BIT(ESCAPE_USERMODEHELPER) | BIT(ESCAPE_BLOCKDEV)),
	HOOK(sb_kern_mount, BIT(ESCAPE_NSENTER) | BIT(ESCAPE_USERMODEHELPER) |
				    BIT(ESCAPE_BLOCKDEV) | BIT(ESCAPE_EFIVARS)),
	HOOK(inode_unlink, BIT(ESCAPE_EFIVARS) | BIT(ESCAPE_BLOCKDEV)),
	HOOK(inode_mkdir, BIT(ESCAPE_BLOCKDEV)),
	HOOK(inode_rmdir, BIT(ESCAPE_BLOCKDEV)),
	HOOK(inode_symlink, BIT(ESCAPE_BLOCKDEV)),
	HOOK(inode_mknod, BIT(ESCAPE_BLOCKDEV)),
	HOOK(netlink_send, BIT(ESCAPE_USERMODEHELPER)),
	HOOK(bprm_creds_for_exec, BIT(ESCAPE_USERMODEHELPER)),
};

static const struct hook self_hooks[] = {
	HOOK(file_open, BIT(SELF_FTRACE) | BIT(SELF_TRUST) | BIT(SELF_INIT)),
	HOOK(task_alloc, BIT(SELF_TRUST)),
	HOOK(inode_unlink, BIT(SELF_PINS)),
	HOOK(inode_rmdir, BIT(SELF_PINS) | BIT(SELF_MOUNTS)),
	HOOK(inode_rename, BIT(SELF_PINS) | BIT(SELF_MOUNTS)),
	HOOK(inode_link, BIT(SELF_PINS)),
	HOOK(inode_symlink, BIT(SELF_PINS)),
	HOOK(inode_create, BIT(SELF_PINS)),
	HOOK(inode_mkdir, BIT(SELF_PINS)),
	HOOK(inode_setattr, BIT(SELF_PINS)),
	HOOK(sb_umount, BIT(SELF_MOUNTS)),
	HOOK(sb_remount, BIT(SELF_MOUNTS)),
	HOOK(sb_mount, BIT(SELF_MOUNTS)),
	HOOK(move_mount, BIT(SELF_MOUNTS)),
	HOOK(sb_pivotroot, BIT(SELF_MOUNTS)),
	HOOK(bpf_map, BIT(SELF_OBJECTS) | BIT(SELF_WRITES)),
	HOOK(bpf_prog, BIT(SELF_OBJECTS) | BIT(SELF_PROGRAMS)),
	HOOK(bpf, BIT(SELF_OBJECTS) | BIT(SELF_PROGRAMS) | BIT(SELF_INIT)),
	HOOK(capable, BIT(SELF_OBJECTS) | BIT(SELF_INIT)),
	HOOK(ptrace_access_check, BIT(SELF_INIT)),
	HOOK(bprm_check_security, BIT(SELF_INIT), .sealed = true),
	HOOK(mmap_file, BIT(SELF_INIT), .sealed = true),
};

/* All zero, as for most: the rule of policy(5) without exceptions. */
static const struct rules rules[BPFLOCK_PROTECTIONS] = {
	[BPFLOCK_KIMG] = {
		.lists_only = ALL_OPS << KIMG_KCORE,
		.allow_if = BIT(KIMG_XMON_RW),
		.allow_also = BIT(KIMG_XMON_WR),
	},
	[BPFLOCK_DISABLEBPF] = {
		.closed = BIT(DISABLEBPF_BPF_WRITE),
		.allow_only_opens = true,
	},
	[BPFLOCK_FILELESS] = {
		.lists_only = BIT(FILELESS_TMPFS),
	},
	[BPFLOCK_SYSFS] = {
		.lists_only = BIT(SYSFS_MOUNT),
	},
};

#define ROW(word, WORD, what)                   \
	[BPFLOCK_##WORD] = {                    \
		#word,                          \
		what,                           \
		word##_ops,                     \
		WORD##_OPS,                     \
		word##_hooks,                   \
		ARRAY_SIZE(word##_hooks),       \
		&rules[BPFLOCK_##WORD],         \
		BPFLOCK_##WORD == BPFLOCK_SELF, \
	},
#define HOOKS_FIT(word, WORD, what) \
	_Static_assert(ARRAY_SIZE(word##_hooks) <= HOOKS_MAX, #word);
BPFLOCK_LIST(HOOKS_FIT)

const struct protection protections[BPFLOCK_PROTECTIONS] = { BPFLOCK_LIST(ROW) };

const char *const mode_names[BPFLOCK_MODES] = {
	[BPFLOCK_ALLOW] = "allow",
	[BPFLOCK_AUDIT] = "audit",
	[BPFLOCK_RESTRICT] = "restrict",
	[BPFLOCK_DENY] = "deny",
};

const char *const ns_names[BPFLOCK_NSS] = {
	[BPFLOCK_NS_MNT] = "mnt",	[BPFLOCK_NS_PID] = "pid",
	[BPFLOCK_NS_NET] = "net",	[BPFLOCK_NS_USER] = "user",
	[BPFLOCK_NS_IPC] = "ipc",	[BPFLOCK_NS_UTS] = "uts",
	[BPFLOCK_NS_CGROUP] = "cgroup", [BPFLOCK_NS_TIME] = "time",
};

const struct protection *protection_find(const char *key, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(protections); i++)
		if (strlen(protections[i].key) == len &&
		    !memcmp(protections[i].key, key, len))
			return &protections[i];
	return NULL;
}

int protection_op(const struct protection *p, const char *name, size_t len)
{
	for (unsigned int i = 0; i < p->n_ops; i++)
		if (strlen(p->ops[i].name) == len &&
		    !memcmp(p->ops[i].name, name, len))
			return i;
	return -1;
}
