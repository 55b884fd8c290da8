/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * escape: files of procfs that show the memory of a process.
 *
 * From 6.16 on the kernel gives them to a caller that may not trace the process,
 * but has CAP_PERFMON or CAP_SYS_ADMIN (kernel/fork.c:may_access_mm()): after
 * ptrace_access_check has denied it, or if the kernel itself has denied it before it
 * asks that hook. So file_open decides as the trace is decided. A name in
 * /proc/PID/map_files is looked up without opening the directory; there the
 * capabilities are denied. process_madvise(2) is the only other call that they
 * open: see escape_capable().
 */
#ifndef ESCAPE_MEMORY_H
#define ESCAPE_MEMORY_H

#include "escape.h"
#include "name.h"

/*
 * is_memory_file - does the file show memory, to those that may trace the process?
 * @d: a file or directory of procfs
 *
 * No process can change the names of such files. /proc/PID/mem is not for reading
 * only, so may_access_mm() leaves it to the hook. Rests on fs/proc/base.c and
 * task_mmu.c.
 */
static __noinline bool is_memory_file(const struct dentry *d)
{
	struct name n;

	dentry_name(d, &n);
	return name_is(&n, "environ") || name_is(&n, "auxv") ||
	       name_is(&n, "maps") || name_is(&n, "smaps") ||
	       name_is(&n, "smaps_rollup") || name_is(&n, "numa_maps") ||
	       name_is(&n, "pagemap") || name_is(&n, "map_files");
}

/**
 * proc_task - the task that a file below /proc/PID is about
 * @inode: the inode of a file of procfs
 *
 * The program runs under RCU, as proc_pid_task() of the kernel does.
 * Return: NULL if there is none, or if the task has been reaped.
 */
static __always_inline struct task_struct *proc_task(const struct inode *inode)
{
	const struct proc_inode *p =
		bpf_rdonly_cast((const void *)((__u64)inode -
					       OFFSET(proc_inode, vfs_inode)),
				bpf_core_type_id_kernel(struct proc_inode));
	const struct pid *pid = p->pid;
	__u64 node;

	if (!pid)
		return NULL;
	node = (__u64)pid->tasks[0].first;
	if (!node)
		return NULL;
	return bpf_rdonly_cast((const void *)(node -
					      OFFSET(task_struct, pid_links)),
			       bpf_core_type_id_kernel(struct task_struct));
}

/**
 * has_memory_of - does the current task work in the memory of the task?
 *
 * Then the kernel asks nobody.
 */
static __always_inline bool has_memory_of(const struct task_struct *t)
{
	const struct task_struct *own = current_task();

	return READ(t, tgid) == READ(own, tgid) || READ(t, mm) == READ(own, mm);
}

/* looked_up - the directory, or the file, that the current task has come to */
static __always_inline const struct dentry *looked_up(void)
{
	const struct nameidata *n = READ(current_task(), nameidata);

	return READ(n, path.dentry);
}

#endif /* ESCAPE_MEMORY_H */
