// SPDX-License-Identifier: GPL-2.0-or-later
/* Which trigger makes the kernel call which LSM hook. */
#include <limits.h>
#include <linux/capability.h>
#include <stddef.h>
#include <string.h>

#include "bpf/bpflock.h"
#include "kernel/triggers.h"

#define CALL(at, trigger, says, ...)                                     \
	{                                                                \
		.hook = (at), .call = trigger_##trigger, .name = (says), \
		##__VA_ARGS__                                            \
	}

/* What the call is to a protection: it may be denied, counted and reported. */
#define IS(PROTECTION, operations)                 \
	{                                          \
		BPFLOCK_##PROTECTION, (operations) \
	}
#define OP(PROTECTION, OPERATION) \
	IS(PROTECTION, BPFLOCK_BIT(PROTECTION##_##OPERATION))
#define AUTOLOAD \
	.is = { OP(KIMG, AUTOLOAD_MODULE), OP(KMODULES, AUTOLOAD_MODULE) }
#define MODULE                                                               \
	.is = { IS(KMODULES, BPFLOCK_BIT(KMODULES_LOAD_MODULE) |             \
				     BPFLOCK_BIT(KMODULES_UNSIGNED_MODULE)), \
		OP(KIMG, UNSIGNED_MODULE) }

/* What may fail the call before the hook is asked. */
#define SYSCTL(path, least, most) \
	.sysctl = (path), .min = (least), .max = (most)
#define CAP(what) .cap_name = #what, .cap = (what)

#define MODULES_ON SYSCTL("kernel.modules_disabled", 0, 0), CAP(CAP_SYS_MODULE)
#define KEXEC_ON   SYSCTL("kernel.kexec_load_disabled", 0, 0), CAP(CAP_SYS_BOOT)
#define ADMIN	   CAP(CAP_SYS_ADMIN)

/*
 * A hook has several triggers where a kernel may be built without one of
 * them, or the policy denies what it is. Triggers that make the kernel print a
 * line come last.
 */
static const struct trigger triggers[] = {
	CALL("locked_down", lockdown_perf, "perf_event_open(2)",
	     .is = { OP(KIMG, PERF), OP(ESCAPE, PTRACE), OP(SELF, INIT) },
	     CAP(CAP_PERFMON)),
	CALL("locked_down", lockdown_sleep, "reading /sys/power/state",
	     .is = { OP(KIMG, HIBERNATION) }),
	CALL("locked_down", kexec_load, "kexec_load(2)",
	     .is = { OP(KIMG, KEXEC) }, KEXEC_ON),
	CALL("kernel_module_request", module_request, "socket(2)", AUTOLOAD,
	     SYSCTL("kernel.modprobe", LONG_MIN, LONG_MAX)),
	CALL("kernel_read_file", finit_module, "finit_module(2)", MODULE,
	     MODULES_ON),
	CALL("kernel_read_file", kexec_file, "kexec_file_load(2)",
	     .is = { OP(KIMG, KEXEC) }, KEXEC_ON),
	CALL("kernel_load_data", init_module, "init_module(2)", MODULE,
	     MODULES_ON),
	CALL("kernel_load_data", kexec_load, "kexec_load(2)",
	     .is = { OP(KIMG, KEXEC) }, KEXEC_ON),
	CALL("file_open", open, "open(2)"),
	CALL("task_alloc", fork, "fork(2)"),
	CALL("cred_prepare", fork, "fork(2)"),
	CALL("capable", capable, "sethostname(2)", ADMIN),
	CALL("userns_create", userns, "clone(2)", .is = { OP(NAMESPACES, USER) },
	     SYSCTL("user.max_user_namespaces", 1, LONG_MAX)),
	CALL("ptrace_access_check", ptrace, "reading /proc/PID/stat"),
	CALL("ptrace_traceme", traceme, "ptrace(2)",
	     .is = { OP(ESCAPE, PTRACE) },
	     SYSCTL("kernel.yama.ptrace_scope", 0, 2)),
	CALL("file_receive", receive, "recvmsg(2)"),
	CALL("file_ioctl", ioctl, "ioctl(2)"),
	CALL("file_ioctl_compat", ioctl_compat, "ioctl(2) of 32 bits"),
	CALL("fs_context_parse_param", fs_parameter, "fsconfig(2)", ADMIN),
	CALL("sb_kern_mount", fs_mount, "fsconfig(2)", ADMIN),
	CALL("sb_remount", fs_remount, "fsconfig(2)", ADMIN),
	CALL("inode_mknod", mknod, "mknod(2)"),
	CALL("bprm_creds_for_exec", exec, "execve(2)",
	     .is = { OP(FILELESS, TMPFS) }),
	CALL("bprm_check_security", exec, "execve(2)",
	     .is = { OP(FILELESS, TMPFS) }),
	CALL("inode_mkdir", mkdir, "mkdir(2)"),
	CALL("inode_rmdir", rmdir, "rmdir(2)"),
	CALL("inode_rename", rename, "rename(2)"),
	CALL("inode_create", create, "open(2)"),
	CALL("inode_link", link, "link(2)"),
	CALL("inode_symlink", symlink, "symlink(2)"),
	CALL("inode_unlink", unlink, "unlink(2)"),
	CALL("bpf", bpf, "bpf(2)", .is = { OP(DISABLEBPF, OTHER) }, ADMIN),
	CALL("bpf_map", bpf_map, "bpf(2)", .is = { OP(DISABLEBPF, OTHER) },
	     ADMIN),
	CALL("bpf_prog", bpf_prog, "bpf(2)", .is = { OP(DISABLEBPF, OTHER) },
	     ADMIN),
	CALL("netlink_send", netlink, "sendto(2)"),
	CALL("mmap_file", map, "mmap(2)"),
	CALL("file_mprotect", mprotect, "mprotect(2)"),
	CALL("inode_setattr", chmod, "fchmod(2)"),
	CALL("inode_setxattr", setxattr, "fsetxattr(2)", ADMIN),
	CALL("inode_removexattr", removexattr, "fremovexattr(2)", ADMIN),
	CALL("sb_mount", mount, "mount(2)", ADMIN),
	CALL("move_mount", move_mount, "move_mount(2)", ADMIN),
	CALL("sb_pivotroot", pivot_root, "pivot_root(2)",
	     .is = { OP(ROOTFS, MOUNT_OVER), OP(SELF, MOUNTS) }, ADMIN),
	CALL("sb_umount", umount, "umount2(2)", ADMIN),
	/* No call reaches it on every machine. */
	{ .hook = "uring_cmd" },
};

#define TRIGGERS (sizeof(triggers) / sizeof(triggers[0]))

bool triggers_known(const char *hook)
{
	for (size_t i = 0; i < TRIGGERS; i++)
		if (!strcmp(triggers[i].hook, hook))
			return true;
	return false;
}

const struct trigger *triggers_next(const char *hook, unsigned int *at)
{
	while (*at < TRIGGERS) {
		const struct trigger *t = &triggers[(*at)++];

		if (!strcmp(t->hook, hook) && t->call)
			return t;
	}
	return NULL;
}
