// SPDX-License-Identifier: GPL-2.0-only
/*
 * kmodules: loading and unloading kernel modules.
 *
 *   kernel_read_file       load_module: finit_module(2)
 *   kernel_load_data       load_module: init_module(2)
 *   both                   unsigned_module, where the kernel does not check
 *                          signatures
 *   kernel_module_request  autoload_module, in the task that causes it
 *   locked_down            unsigned_module, unsafe_module_parameters
 *   capable                unload_module: delete_module(2) has no other hook
 */
#include "autoload.h"
#include "syscall.h"

PROTECTION(kmodules, KMODULES);
ASKED(kmodules);

/*
 * check_load - decide whether a module may be loaded
 * @dentry: the file of the module, NULL if it comes from memory
 * @id: the id that the hook received, for the event
 *
 * If the kernel does not check signatures, every module counts as unsigned.
 */
static __noinline int check_load(const struct dentry *dentry, int id)
{
	if (kmodules_check(KMODULES_LOAD_MODULE, id, NULL, dentry))
		return eperm();
	if (kmodules_record.module_sig)
		return 0;
	return kmodules_check(KMODULES_UNSIGNED_MODULE, id, NULL, dentry);
}

/**
 * kmodules_kernel_read_file - the kernel reads a whole file for its own use
 * @file: the file
 * @id: enum kernel_read_file_id, the purpose
 *
 * kernel/module/main.c calls the hook for finit_module(2). Firmware, kexec
 * images, policies and certificates are always allowed. Return: 0 or -EPERM.
 */
SEC("lsm/kernel_read_file")
int BPF_PROG(kmodules_kernel_read_file, struct file *file, unsigned int id)
{
	file = PLAIN(struct file, file);
	if (!reads_module(id))
		return 0;
	return check_load(file->f_path.dentry, id);
}

/**
 * kmodules_kernel_load_data - the kernel takes data from user memory
 * @id: enum kernel_load_data_id, the purpose
 *
 * kernel/module/main.c:copy_module_from_user() calls the hook for
 * init_module(2). Return: 0 or -EPERM.
 */
SEC("lsm/kernel_load_data")
int BPF_PROG(kmodules_kernel_load_data, unsigned int id)
{
	if (!loads_module(id))
		return 0;
	return check_load(NULL, id);
}

/**
 * kmodules_kernel_module_request - the kernel is about to run modprobe
 * @name: the alias of the module, a kernel string
 *
 * The hook runs in the task that needs the module, before the kernel starts
 * modprobe in the initial namespaces, where modprobe counts as a host process
 * (kernel/module/kmod.c:__request_module()). Return: 0 or -EPERM.
 */
SEC("lsm/kernel_module_request")
int BPF_PROG(kmodules_kernel_module_request, char *name)
{
	struct request r;

	kmodules_request(&r, KMODULES_AUTOLOAD_MODULE, -1, name, NULL);
	return check_autoload(&kmodules_record, &r, &kmodules_asked);
}

/**
 * kmodules_locked_down - the kernel asks about a lockdown reason
 * @what: enum lockdown_reason
 *
 * The kernel asks for a module without a valid signature
 * (kernel/module/signing.c), and for a parameter that describes hardware, both
 * when a module is loaded and through /sys/module
 * (kernel/params.c:param_check_unsafe()). Return: 0 or -EPERM.
 */
SEC("lsm/locked_down")
int BPF_PROG(kmodules_locked_down, unsigned int what)
{
	int op = KMODULES_UNSIGNED_MODULE;

	if (what == bpf_core_enum_value(enum lockdown_reason,
					LOCKDOWN_MODULE_PARAMETERS))
		op = KMODULES_UNSAFE_MODULE_PARAMETERS;
	else if (what != bpf_core_enum_value(enum lockdown_reason,
					     LOCKDOWN_MODULE_SIGNATURE))
		return 0;
	return kmodules_check(op, what, NULL, NULL);
}

/**
 * kmodules_capable - does the task have a capability?
 * @cred: the credentials of the task
 * @ns: the user namespace that the capability is needed in
 * @cap: the capability
 *
 * delete_module(2) checks for CAP_SYS_MODULE before it does anything
 * (kernel/module/main.c). Return: 0 or -EPERM.
 */
SEC("lsm/capable")
int BPF_PROG(kmodules_capable, const struct cred *cred,
	     struct user_namespace *ns, int cap)
{
	if (cap != CAP_SYS_MODULE || current_syscall() != SYSCALL_DELETE_MODULE)
		return 0;
	return kmodules_check(KMODULES_UNLOAD_MODULE, -1, NULL, NULL);
}
