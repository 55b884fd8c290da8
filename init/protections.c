// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A new protection is one row here, one bpf/<key>.bpf.c, one test file and
 * one section of the manual.
 */
#include <string.h>

#include "protections.h"

#define BIT(n)	      BPFLOCK_BIT(n)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define OPS(names)    .ops = (names), .n_ops = ARRAY_SIZE(names)
#define ALL_OPS	      UINT64_MAX

static const char *const kimg_ops[] = {
	[KIMG_AUTOLOAD_MODULE] = "autoload_module",
	[KIMG_UNSIGNED_MODULE] = "unsigned_module",
	[KIMG_UNSAFE_MODULE_PARAMETERS] = "unsafe_module_parameters",
	[KIMG_DEV_MEM] = "dev_mem",
	[KIMG_EFI_TEST] = "efi_test",
	[KIMG_KEXEC] = "kexec",
	[KIMG_HIBERNATION] = "hibernation",
	[KIMG_PCI_ACCESS] = "pci_access",
	[KIMG_IOPORT] = "ioport",
	[KIMG_MSR] = "msr",
	[KIMG_ACPI_TABLES] = "acpi_tables",
	[KIMG_DEVICE_TREE] = "device_tree",
	[KIMG_PCMCIA_CIS] = "pcmcia_cis",
	[KIMG_TIOCSSERIAL] = "tiocsserial",
	[KIMG_MMIOTRACE] = "mmiotrace",
	[KIMG_DEBUGFS] = "debugfs",
	[KIMG_XMON_WR] = "xmon_wr",
	[KIMG_BPF_WRITE] = "bpf_write",
	[KIMG_DBG_WRITE_KERNEL] = "dbg_write_kernel",
	[KIMG_RTAS_ERROR_INJECTION] = "rtas_error_injection",
	[KIMG_XEN_USER_ACTIONS] = "xen_user_actions",
	[KIMG_OTHER] = "other",
	[KIMG_KCORE] = "kcore",
	[KIMG_KPROBES] = "kprobes",
	[KIMG_BPF_READ] = "bpf_read",
	[KIMG_DBG_READ_KERNEL] = "dbg_read_kernel",
	[KIMG_PERF] = "perf",
	[KIMG_TRACEFS] = "tracefs",
	[KIMG_XMON_RW] = "xmon_rw",
	[KIMG_XFRM_SECRET] = "xfrm_secret",
};

#define NEEDS(op, reason) [op] = #reason,
static const char *const kimg_needs[KIMG_OPS] = { KIMG_REASONS(NEEDS) };

static const char *const kmodules_ops[] = {
	[KMODULES_LOAD_MODULE] = "load_module",
	[KMODULES_UNLOAD_MODULE] = "unload_module",
	[KMODULES_AUTOLOAD_MODULE] = "autoload_module",
	[KMODULES_UNSIGNED_MODULE] = "unsigned_module",
	[KMODULES_UNSAFE_MODULE_PARAMETERS] = "unsafe_module_parameters",
};

static const char *const disablebpf_ops[] = {
	[DISABLEBPF_MAP_CREATE] = "map_create",
	[DISABLEBPF_BTF_LOAD] = "btf_load",
	[DISABLEBPF_PROG_LOAD] = "prog_load",
	[DISABLEBPF_BPF_WRITE] = "bpf_write",
	[DISABLEBPF_LINK_CREATE] = "link_create",
	[DISABLEBPF_OBJ_PIN] = "obj_pin",
	[DISABLEBPF_OBJ_GET] = "obj_get",
	[DISABLEBPF_PROG_ATTACH] = "prog_attach",
	[DISABLEBPF_TOKEN_CREATE] = "token_create",
	[DISABLEBPF_OTHER] = "other",
};

static const char *const disablebpf_needs[DISABLEBPF_OPS] = {
	[DISABLEBPF_BPF_WRITE] = "LOCKDOWN_BPF_WRITE_USER",
};

static const char *const fileless_ops[] = {
	[FILELESS_EXEC] = "exec",
	[FILELESS_INTERP] = "interp",
	[FILELESS_MMAP] = "mmap",
	[FILELESS_TMPFS] = "tmpfs",
};

static const char *const rootfs_ops[] = {
	[ROOTFS_REMOUNT] = "remount",
	[ROOTFS_MOUNT_OVER] = "mount_over",
	[ROOTFS_RAW_WRITE] = "raw_write",
};

static const char *const sysfs_ops[] = {
	[SYSFS_WRITE] = "write",
	[SYSFS_SETATTR] = "setattr",
	[SYSFS_MOUNT] = "mount",
};

static const char *const namespaces_ops[] = {
	[NAMESPACES_USER] = "user",	[NAMESPACES_MNT] = "mnt",
	[NAMESPACES_PID] = "pid",	[NAMESPACES_NET] = "net",
	[NAMESPACES_IPC] = "ipc",	[NAMESPACES_UTS] = "uts",
	[NAMESPACES_CGROUP] = "cgroup", [NAMESPACES_TIME] = "time",
	[NAMESPACES_ENTER] = "enter",
};

static const char *const escape_ops[] = {
	[ESCAPE_PTRACE] = "ptrace",
	[ESCAPE_NSENTER] = "nsenter",
	[ESCAPE_USERMODEHELPER] = "usermodehelper",
	[ESCAPE_BLOCKDEV] = "blockdev",
};

static const char *const self_ops[] = {
	[SELF_PINS] = "pins",	      [SELF_TRUST] = "trust",
	[SELF_FTRACE] = "ftrace",     [SELF_OBJECTS] = "objects",
	[SELF_WRITES] = "writes",     [SELF_MOUNTS] = "mounts",
	[SELF_PROGRAMS] = "programs", [SELF_INIT] = "init",
};

_Static_assert(ARRAY_SIZE(kimg_ops) == KIMG_OPS, "kimg_ops");
_Static_assert(ARRAY_SIZE(kmodules_ops) == KMODULES_OPS, "kmodules_ops");
_Static_assert(ARRAY_SIZE(disablebpf_ops) == DISABLEBPF_OPS, "disablebpf_ops");
_Static_assert(ARRAY_SIZE(fileless_ops) == FILELESS_OPS, "fileless_ops");
_Static_assert(ARRAY_SIZE(rootfs_ops) == ROOTFS_OPS, "rootfs_ops");
_Static_assert(ARRAY_SIZE(sysfs_ops) == SYSFS_OPS, "sysfs_ops");
_Static_assert(ARRAY_SIZE(namespaces_ops) == NAMESPACES_OPS, "namespaces_ops");
_Static_assert(ARRAY_SIZE(escape_ops) == ESCAPE_OPS, "escape_ops");
_Static_assert(ARRAY_SIZE(self_ops) == SELF_OPS, "self_ops");

const struct protection protections[BPFLOCK_PROTECTIONS] = {
	[BPFLOCK_KIMG] = {
		.key = "kimg",
		.what = "the running kernel's image",
		OPS(kimg_ops),
		.op_needs = kimg_needs,
		.unnamed_off = ALL_OPS << KIMG_KCORE,
		.allow_if = BIT(KIMG_XMON_RW),
		.allow_also = BIT(KIMG_XMON_WR),
		.hooks = {
			{ "locked_down", ALL_OPS & ~BIT(KIMG_AUTOLOAD_MODULE) },
			{ "kernel_module_request", BIT(KIMG_AUTOLOAD_MODULE) },
			{ "kernel_read_file", BIT(KIMG_KEXEC) |
					      BIT(KIMG_UNSIGNED_MODULE) },
			{ "kernel_load_data", BIT(KIMG_UNSIGNED_MODULE) },
			{ "file_open", BIT(KIMG_MMIOTRACE) },
		},
	},
	[BPFLOCK_KMODULES] = {
		.key = "kmodules",
		.what = "kernel modules",
		OPS(kmodules_ops),
		.hooks = {
			{ "kernel_read_file", BIT(KMODULES_LOAD_MODULE) |
					      BIT(KMODULES_UNSIGNED_MODULE) },
			{ "kernel_load_data", BIT(KMODULES_LOAD_MODULE) |
					      BIT(KMODULES_UNSIGNED_MODULE) },
			{ "kernel_module_request",
			  BIT(KMODULES_AUTOLOAD_MODULE) },
			{ "locked_down",
			  BIT(KMODULES_UNSIGNED_MODULE) |
				  BIT(KMODULES_UNSAFE_MODULE_PARAMETERS) },
			{ "capable", BIT(KMODULES_UNLOAD_MODULE) },
		},
	},
	[BPFLOCK_DISABLEBPF] = {
		.key = "disablebpf",
		.what = "the bpf(2) system call",
		OPS(disablebpf_ops),
		.op_needs = disablebpf_needs,
		.closed = BIT(DISABLEBPF_BPF_WRITE),
		.allow_only_opens = true,
		.hooks = {
			{ "bpf", ALL_OPS & ~BIT(DISABLEBPF_BPF_WRITE) },
			{ "locked_down", BIT(DISABLEBPF_BPF_WRITE) },
		},
	},
	[BPFLOCK_FILELESS] = {
		.key = "fileless",
		.what = "running code that has no file",
		OPS(fileless_ops),
		.unnamed_off = BIT(FILELESS_TMPFS),
		.hooks = {
			{ "bprm_creds_for_exec", BIT(FILELESS_EXEC) |
						 BIT(FILELESS_TMPFS) },
			{ "bprm_check_security", BIT(FILELESS_INTERP) |
						 BIT(FILELESS_TMPFS) },
			{ "mmap_file", BIT(FILELESS_INTERP) |
				       BIT(FILELESS_MMAP) |
				       BIT(FILELESS_TMPFS) },
			{ "file_mprotect", BIT(FILELESS_INTERP) |
					   BIT(FILELESS_MMAP) |
					   BIT(FILELESS_TMPFS) },
		},
	},
	[BPFLOCK_ROOTFS] = {
		.key = "rootfs",
		.what = "a read-only root stays read-only",
		OPS(rootfs_ops),
		.hooks = {
			{ "sb_remount", BIT(ROOTFS_REMOUNT) },
			{ "fs_context_parse_param", BIT(ROOTFS_REMOUNT) },
			{ "sb_mount", BIT(ROOTFS_MOUNT_OVER) },
			{ "move_mount", BIT(ROOTFS_MOUNT_OVER) },
			{ "sb_pivotroot", BIT(ROOTFS_MOUNT_OVER) },
			{ "file_open", BIT(ROOTFS_RAW_WRITE) },
			{ "file_ioctl", BIT(ROOTFS_RAW_WRITE) },
			/* Where they are missing, nothing calls them. */
			{ "file_ioctl_compat", BIT(ROOTFS_RAW_WRITE),
			  .optional = true },
			{ "uring_cmd", BIT(ROOTFS_RAW_WRITE), .optional = true },
		},
	},
	[BPFLOCK_SYSFS] = {
		.key = "sysfs",
		.what = "changes through /sys",
		OPS(sysfs_ops),
		.hooks = {
			{ "file_open", BIT(SYSFS_WRITE) },
			{ "inode_setattr", BIT(SYSFS_SETATTR) },
			{ "inode_setxattr", BIT(SYSFS_SETATTR) },
			{ "inode_removexattr", BIT(SYSFS_SETATTR) },
			{ "sb_kern_mount", BIT(SYSFS_MOUNT) },
			{ "sb_mount", BIT(SYSFS_MOUNT) },
			{ "sb_remount", BIT(SYSFS_MOUNT) },
		},
	},
	[BPFLOCK_NAMESPACES] = {
		.key = "namespaces",
		.what = "making and entering namespaces",
		OPS(namespaces_ops),
		.hooks = {
			/* bpf/namespaces.bpf.c knows that it is the first */
			{ "userns_create", BIT(NAMESPACES_USER),
			  .optional = true },
			{ "cred_prepare", BIT(NAMESPACES_USER),
			  .instead_of = "userns_create" },
			{ "task_alloc", ALL_OPS & ~BIT(NAMESPACES_ENTER) },
			{ "capable", ALL_OPS & ~BIT(NAMESPACES_USER) },
		},
	},
	[BPFLOCK_ESCAPE] = {
		.key = "escape",
		.what = "the ways from a container into the host",
		OPS(escape_ops),
		.hooks = {
			{ "ptrace_access_check", BIT(ESCAPE_PTRACE) },
			{ "ptrace_traceme", BIT(ESCAPE_PTRACE) },
			{ "file_open", ALL_OPS & ~BIT(ESCAPE_PTRACE) },
			{ "file_receive", BIT(ESCAPE_NSENTER) },
			{ "file_ioctl", BIT(ESCAPE_NSENTER) |
					BIT(ESCAPE_BLOCKDEV) },
			{ "file_ioctl_compat", BIT(ESCAPE_NSENTER) |
					       BIT(ESCAPE_BLOCKDEV),
			  .part_of = "file_ioctl" },
			{ "capable", ALL_OPS & ~BIT(ESCAPE_USERMODEHELPER) },
			{ "fs_context_parse_param",
			  BIT(ESCAPE_USERMODEHELPER) },
			{ "sb_remount", BIT(ESCAPE_USERMODEHELPER) },
			{ "sb_kern_mount", BIT(ESCAPE_USERMODEHELPER) |
					   BIT(ESCAPE_BLOCKDEV) },
			{ "inode_mknod", BIT(ESCAPE_BLOCKDEV) },
			{ "netlink_send", BIT(ESCAPE_USERMODEHELPER) },
			{ "bprm_creds_for_exec", BIT(ESCAPE_USERMODEHELPER) },
		},
	},
	[BPFLOCK_SELF] = {
		.key = "self",
		.what = "the lock itself",
		OPS(self_ops),
		.internal = true,
		.hooks = {
			{ "file_open", BIT(SELF_FTRACE) | BIT(SELF_TRUST) },
			{ "task_alloc", BIT(SELF_TRUST) },
			{ "inode_unlink", BIT(SELF_PINS) },
			{ "inode_rmdir", BIT(SELF_PINS) | BIT(SELF_MOUNTS) },
			{ "inode_rename", BIT(SELF_PINS) | BIT(SELF_MOUNTS) },
			{ "inode_link", BIT(SELF_PINS) },
			{ "inode_symlink", BIT(SELF_PINS) },
			{ "inode_create", BIT(SELF_PINS) },
			{ "inode_mkdir", BIT(SELF_PINS) },
			{ "inode_setattr", BIT(SELF_PINS) },
			{ "sb_umount", BIT(SELF_MOUNTS) },
			{ "sb_mount", BIT(SELF_MOUNTS) },
			{ "move_mount", BIT(SELF_MOUNTS) },
			{ "bpf_map", BIT(SELF_OBJECTS) | BIT(SELF_WRITES) },
			{ "bpf_prog", BIT(SELF_OBJECTS) | BIT(SELF_PROGRAMS) },
			{ "bpf", BIT(SELF_OBJECTS) | BIT(SELF_PROGRAMS) },
			{ "capable", BIT(SELF_OBJECTS) },
			{ "ptrace_access_check", BIT(SELF_INIT) },
		},
	},
};

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

struct masks masks_of(const struct protection *p, enum bpflock_mode mode,
		      bool has_allow, uint64_t allow, uint64_t block)
{
	uint64_t known = p->n_ops < 64 ? BIT(p->n_ops) - 1 : ALL_OPS;
	uint64_t all = known & ~p->unnamed_off;
	struct masks m = { 0 };

	if (allow & p->allow_if)
		allow |= p->allow_also;

	switch (mode) {
	case BPFLOCK_ALLOW:
		m.deny_host = m.deny_other = block;
		break;
	case BPFLOCK_AUDIT:
	case BPFLOCK_RESTRICT:
		m.deny_host = block | (p->closed & ~allow);
		if (has_allow && !p->allow_only_opens)
			m.deny_host |= all & ~allow;
		m.deny_other = all | allow | block;
		break;
	case BPFLOCK_DENY:
	default:
		m.deny_host = m.deny_other = all | block;
		break;
	}
	if (mode == BPFLOCK_AUDIT) {
		m.audit_host = m.deny_host;
		m.audit_other = m.deny_other;
		m.deny_host = m.deny_other = 0;
	}
	return m;
}

uint64_t masks_any(const struct masks *m)
{
	return m->deny_host | m->deny_other | m->audit_host | m->audit_other;
}

const struct protection *protection_find(const char *key, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(protections); i++)
		if (strlen(protections[i].key) == len &&
		    !memcmp(protections[i].key, key, len))
			return &protections[i];
	return NULL;
}

bool protection_built(const struct protection *p)
{
	return p->hooks[0].name;
}

int protection_op(const struct protection *p, const char *name, size_t len)
{
	for (unsigned int i = 0; i < p->n_ops; i++)
		if (strlen(p->ops[i]) == len && !memcmp(p->ops[i], name, len))
			return i;
	return -1;
}
