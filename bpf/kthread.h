/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel threads at the hook file_open.
 *
 * In general a kernel thread counts as a host process (host.h), because some
 * have a reason of their own:
 *
 *   kdevtmpfs   inode_mknod, inode_mkdir, inode_unlink, inode_rmdir,
 *               inode_setattr, sb_kern_mount: device nodes
 *               (drivers/base/devtmpfs.c)
 *   kworker     kernel_module_request, kernel_read_file: modules and firmware
 *               that drivers ask for
 *   kworker     locked_down: hibernation that a timer or a lid starts
 *
 * No kernel thread has a reason to open a file that the lock guards. One that
 * does works for a process that nobody knows: ecryptfs-kthread opens the lower
 * file that the caller may not open (fs/ecryptfs/kthread.c), and nfsd and
 * ksmbd open what their clients name. Hence they are decided there as other
 * processes are.
 */
#ifndef KTHREAD_H
#define KTHREAD_H

#include "decide.h"

/**
 * check_opened - decide a request to open a guarded file
 * @p: the record of its protection
 * @r: the request
 *
 * Return: 0 or -EPERM, as check(), but kernel threads are other processes.
 */
static __noinline __attribute__((unused)) int
check_opened(const volatile struct bpflock_record *p, const struct request *r)
{
	bool host = false;

	if (!concerned(p, r->op))
		return 0;
	if (!same_for_all(p) && !is_kernel_thread(current_task()))
		host = is_host(p);
	return check_as(p, r, host);
}

#endif /* KTHREAD_H */
