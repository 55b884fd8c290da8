// SPDX-License-Identifier: GPL-2.0-only
/*
 * kimg: the image of the running kernel. The protection denies what the
 * kernel's own lockdown LSM denies for integrity and confidentiality, but
 * decides for each caller.
 *
 *   locked_down            every lockdown reason, by name
 *   kernel_module_request  autoload_module, in the task that causes it
 *   kernel_read_file       kexec: kexec_file_load(2), which calls locked_down
 *                          only if the image is not signed
 *   kernel_read_file,      unsigned_module, where the kernel does not check
 *   kernel_load_data       signatures
 *   file_open              mmiotrace: locked_down covers only its test module;
 *                          unsafe_module_parameters: one without such a reason
 */
#include "autoload.h"
#include "kthread.h"

PROTECTION(kimg, KIMG);
ASKED(kimg);

#define IF_REASON(op, reason)                                           \
	if (bpf_core_enum_value_exists(enum lockdown_reason, reason) && \
	    what == bpf_core_enum_value(enum lockdown_reason, reason))  \
		return op;
#define IF_EITHER(op, reason, other)	      IF_REASON(op, reason) IF_REASON(op, other)
#define ONE_OR_TWO(first, second, macro, ...) macro
#define IF_REASONS(op, ...) \
	ONE_OR_TWO(__VA_ARGS__, IF_EITHER, IF_REASON, )(op, __VA_ARGS__)
#define OP_OF(WORD, OP, op, means, ...) \
	__VA_OPT__(IF_REASONS(WORD##_##OP, __VA_ARGS__))

/* The operation of a lockdown reason; KIMG_OTHER for a reason not listed. */
static __always_inline int op_of_reason(unsigned int what)
{
	KIMG_LIST(OP_OF)
	if (what <
	    bpf_core_enum_value(enum lockdown_reason, LOCKDOWN_INTEGRITY_MAX))
		return KIMG_OTHER;
	return -1;
}

/**
 * kimg_locked_down - the kernel asks about a lockdown reason
 * @what: enum lockdown_reason
 *
 * Not every call precedes an access: reading /sys/power/state calls the hook
 * too. The kernel debugger calls it while all CPUs are stopped, in an arbitrary
 * task. Therefore the program decides the debugger's reasons from the mask for
 * host processes, without calling a helper, and denies them from the start if
 * they are denied late.
 *
 * Rests on security/security.c:security_locked_down(). Return: 0 or -EPERM.
 */
SEC("lsm/locked_down")
int BPF_PROG(kimg_locked_down, unsigned int what)
{
	int op = op_of_reason(what);

	if (op < 0 || op >= KIMG_OPS)
		return 0;
	if (op == KIMG_DBG_WRITE_KERNEL || op == KIMG_DBG_READ_KERNEL) {
		if ((kimg_record.now.masks.deny_host |
		     kimg_record.late.masks.deny_host) &
		    BPFLOCK_BIT(op))
			return eperm();
		return 0;
	}
	return kimg_check(op, what, NULL, NULL);
}

/**
 * kimg_kernel_module_request - the kernel is about to run modprobe
 * @name: the alias of the module, a kernel string
 *
 * The hook runs in the task that needs the module, before the kernel starts
 * modprobe in the initial namespaces (kernel/module/kmod.c:__request_module()).
 * Return: 0 or -EPERM.
 */
SEC("lsm/kernel_module_request")
int BPF_PROG(kimg_kernel_module_request, char *name)
{
	struct request r;

	kimg_request(&r, KIMG_AUTOLOAD_MODULE, -1, name, NULL);
	return check_autoload(&kimg_record, &r, &kimg_asked);
}

/**
 * kimg_kernel_read_file - the kernel reads a whole file for its own use
 * @file: the file
 * @id: enum kernel_read_file_id, the purpose
 *
 * Firmware, policies and certificates are always allowed. Rests on
 * fs/kernel_read_file.c:kernel_read_file(), kernel/kexec_file.c and
 * kernel/module/main.c. Return: 0 or -EPERM.
 */
SEC("lsm/kernel_read_file")
int BPF_PROG(kimg_kernel_read_file, struct file *file, unsigned int id)
{
	file = PLAIN(struct file, file);
	if (id ==
	    bpf_core_enum_value(enum kernel_read_file_id, READING_KEXEC_IMAGE))
		return kimg_check(KIMG_KEXEC, id, NULL, file->f_path.dentry);
	if (!kimg_record.module_sig && reads_module(id))
		return kimg_check(KIMG_UNSIGNED_MODULE, id, NULL,
				  file->f_path.dentry);
	return 0;
}

/**
 * kimg_kernel_load_data - the kernel takes data from user memory
 * @id: enum kernel_load_data_id, the purpose
 *
 * This covers init_module(2) on kernels without CONFIG_MODULE_SIG. Rests on
 * kernel/module/main.c. Return: 0 or -EPERM.
 */
SEC("lsm/kernel_load_data")
int BPF_PROG(kimg_kernel_load_data, unsigned int id)
{
	if (kimg_record.module_sig || !loads_module(id))
		return 0;
	return kimg_check(KIMG_UNSIGNED_MODULE, id, NULL, NULL);
}

/* Decide the opening of a file of tracefs or sysfs for writing. */
static OWN_FUNCTION int check_written(const struct file *file,
				      unsigned long magic)
{
	const struct dentry *d = file->f_path.dentry;
	int op = KIMG_UNSAFE_MODULE_PARAMETERS;
	struct request r;
	struct name name;

	if (magic == SYSFS_MAGIC && d->d_name.len != sizeof("hotmod") - 1)
		return 0;
	dentry_name(d, &name);
	if (magic == TRACEFS_MAGIC) {
		if (d->d_parent != file->f_inode->i_sb->s_root ||
		    !name_is(&name, "current_tracer"))
			return 0;
		op = KIMG_MMIOTRACE;
	} else if (!name_is(&name, "hotmod")) {
		return 0;
	}
	kimg_request(&r, op, -1, NULL, d);
	return check_opened(&kimg_record, &r);
}

/**
 * kimg_file_open - a process opens a file: current_tracer of tracefs, or hotmod?
 * @file: the file
 *
 * The mmiotrace tracer has no lockdown reason of its own, so the program guards
 * the file that selects a tracer (kernel/trace/trace.c:
 * tracing_set_trace_write()). Trace instances cannot use mmiotrace, so their
 * files are not guarded. The parameter hotmod of ipmi_si takes I/O ports and
 * addresses, and has no lockdown reason either (drivers/char/ipmi/ipmi_si_hotmod.c).
 * Return: 0 or -EPERM.
 */
SEC("lsm/file_open")
int BPF_PROG(kimg_file_open, struct file *file)
{
	unsigned long magic;

	if (!(file->f_mode & FMODE_WRITE))
		return 0;
	file = PLAIN(struct file, file);
	magic = file->f_inode->i_sb->s_magic;
	if (magic != TRACEFS_MAGIC && magic != SYSFS_MAGIC)
		return 0;
	return check_written(file, magic);
}
