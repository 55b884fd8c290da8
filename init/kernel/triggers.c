// SPDX-License-Identifier: GPL-2.0-or-later
/* Which trigger makes the kernel call which LSM hook. */
#include <string.h>

#include "kernel/triggers.h"

/*
 * A hook has several triggers where a kernel may be built without one of
 * them. Triggers that make the kernel print a line come last. NULL: there is
 * no trigger that works on every machine.
 */
static const struct trigger {
	const char *hook;
	void (*call)(void);
} triggers[] = {
	{ "locked_down", trigger_lockdown_perf },
	{ "locked_down", trigger_lockdown_sleep },
	{ "locked_down", trigger_lockdown_kexec },
	{ "kernel_module_request", trigger_module_request },
	{ "kernel_read_file", trigger_read_module },
	{ "kernel_read_file", trigger_read_kernel },
	{ "kernel_load_data", trigger_load_module },
	{ "kernel_load_data", trigger_lockdown_kexec },
	{ "file_open", trigger_open },
	{ "task_alloc", trigger_fork },
	{ "cred_prepare", trigger_fork },
	{ "capable", trigger_capable },
	{ "userns_create", trigger_userns },
	{ "ptrace_access_check", trigger_ptrace },
	{ "ptrace_traceme", trigger_traceme },
	{ "file_receive", trigger_receive },
	{ "file_ioctl", trigger_ioctl },
	{ "file_ioctl_compat", trigger_ioctl_compat },
	{ "fs_context_parse_param", trigger_mount },
	{ "sb_kern_mount", trigger_mount },
	{ "sb_remount", trigger_mount },
	{ "inode_mknod", trigger_mknod },
	{ "bprm_creds_for_exec", trigger_exec },
	{ "inode_mkdir", trigger_dir },
	{ "inode_rmdir", trigger_dir },
	{ "inode_rename", trigger_dir },
	{ "inode_create", trigger_names },
	{ "inode_link", trigger_names },
	{ "inode_symlink", trigger_names },
	{ "inode_unlink", trigger_names },
	{ "bpf", trigger_bpf },
	{ "bpf_map", trigger_objects },
	{ "bpf_prog", trigger_objects },
	{ "bprm_check_security", trigger_exec },
	{ "netlink_send", trigger_netlink },
	{ "mmap_file", trigger_map },
	{ "file_mprotect", trigger_map },
	{ "inode_setattr", trigger_attributes },
	{ "inode_setxattr", trigger_attributes },
	{ "inode_removexattr", trigger_attributes },
	{ "sb_mount", trigger_mount_calls },
	{ "move_mount", trigger_mount_calls },
	{ "sb_pivotroot", trigger_mount_calls },
	{ "sb_umount", trigger_mount_calls },
	{ "uring_cmd", NULL }, /* io_uring may be switched off */
};

#define TRIGGERS (sizeof(triggers) / sizeof(triggers[0]))

bool triggers_known(const char *hook)
{
	for (size_t i = 0; i < TRIGGERS; i++)
		if (!strcmp(triggers[i].hook, hook))
			return true;
	return false;
}

void (*triggers_next(const char *hook, unsigned int *at))(void)
{
	while (*at < TRIGGERS) {
		const struct trigger *t = &triggers[(*at)++];

		if (!strcmp(t->hook, hook))
			return t->call;
	}
	return NULL;
}
