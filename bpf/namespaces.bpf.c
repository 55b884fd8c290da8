// SPDX-License-Identifier: GPL-2.0-only
/*
 * namespaces: making namespaces and entering them.
 *
 *   task_alloc     every kind of namespace: clone(2) and clone3(2)
 *   userns_create  user namespaces, from 6.1 on
 *   cred_prepare   user namespaces: unshare(2) on kernels without userns_create
 *   capable        every other kind: unshare(2), setns(2), and the mount calls
 *                  that make a mount namespace. These calls have no hook of
 *                  their own, but check for CAP_SYS_ADMIN once they have read
 *                  their arguments.
 */
#include "decide.h"
#include "syscall.h"

PROTECTION(namespaces, NAMESPACES);

/* include/uapi/linux/sched.h */
#define CLONE_NEWTIME	    0x00000080
#define CLONE_NEWNS	    0x00020000
#define UNSHARE_EMPTY_MNTNS 0x00100000 /* unshare(2) only, 7.x */
#define CLONE_NEWCGROUP	    0x02000000
#define CLONE_NEWUTS	    0x04000000
#define CLONE_NEWIPC	    0x08000000
#define CLONE_NEWUSER	    0x10000000
#define CLONE_NEWPID	    0x20000000
#define CLONE_NEWNET	    0x40000000
#define CLONE_EMPTY_MNTNS   (1ULL << 37)

/* include/uapi/linux/mount.h; 7.x added both. */
#define OPEN_TREE_NAMESPACE 2
#define FSMOUNT_NAMESPACE   2

#define CLONE_NEWANY                                                    \
	(CLONE_NEWTIME | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | \
	 CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET |   \
	 CLONE_EMPTY_MNTNS)

/* The index of the lowest bit set in @bits, which must be below bit 16. */
static __always_inline int lowest(__u64 bits)
{
	bits &= -bits;
	return !!(bits & 0xaaaa) + 2 * !!(bits & 0xcccc) +
	       4 * !!(bits & 0xf0f0) + 8 * !!(bits & 0xff00);
}

/*
 * check_ops - decide several operations at once
 * @ops: the operations, one bit for each
 *
 * The request fails if any of the operations is denied. The event names the
 * first operation that is denied, or else audited.
 *
 * The function is inlined and decides all operations together, because the
 * verifier of 5.10 crashes otherwise (__mark_chain_precision() looks for the
 * frame of the callee in the state of the caller).
 */
static __always_inline int check_ops(__u64 ops)
{
	const volatile struct bpflock_record *p = &namespaces_record;
	bool host = false;
	struct request r;
	__u64 hit;

	if (!(ops & all_ops(p)))
		return 0;
	if (!same_for_all(p))
		host = is_host(p);
	hit = ops & denied(p, host);
	if (!hit)
		hit = ops & audited(p, host);
	if (!hit)
		return 0;
	namespaces_request(&r, lowest(hit), -1, NULL, NULL);
	return check_as(p, &r, host);
}

#define OP_OF(flags, flag, op) ((flags) & (flag) ? BPFLOCK_BIT(op) : 0)

static __always_inline __u64 ops_of(__u64 flags)
{
	return OP_OF(flags, CLONE_NEWUSER, NAMESPACES_USER) |
	       OP_OF(flags, CLONE_NEWNS | CLONE_EMPTY_MNTNS, NAMESPACES_MNT) |
	       OP_OF(flags, CLONE_NEWPID, NAMESPACES_PID) |
	       OP_OF(flags, CLONE_NEWNET, NAMESPACES_NET) |
	       OP_OF(flags, CLONE_NEWIPC, NAMESPACES_IPC) |
	       OP_OF(flags, CLONE_NEWUTS, NAMESPACES_UTS) |
	       OP_OF(flags, CLONE_NEWCGROUP, NAMESPACES_CGROUP) |
	       OP_OF(flags, CLONE_NEWTIME, NAMESPACES_TIME);
}

/**
 * namespaces_userns_create - a process is about to make a user namespace
 *
 * kernel/user_namespace.c:create_user_ns() calls the hook for clone and
 * unshare. The process needs no capability. Return: 0 or -EPERM.
 */
SEC("lsm/userns_create")
int BPF_PROG(namespaces_userns_create)
{
	return check_ops(BPFLOCK_BIT(NAMESPACES_USER));
}

/**
 * namespaces_task_alloc - clone is about to make a task
 * @task: the new task, still a copy of its parent
 * @flags: the flags of clone, without the signal number in clone(2)'s flags
 *
 * kernel/fork.c:copy_process() calls the hook before it copies the namespaces.
 * User namespaces are left to userns_create if the kernel has that hook.
 * Return: 0 or -EPERM.
 */
SEC("lsm/task_alloc")
int BPF_PROG(namespaces_task_alloc, struct task_struct *task, __u64 flags)
{
	if (!(flags & CLONE_NEWANY))
		return 0;
	if (HAS_USERNS_CREATE)
		flags &= ~(__u64)CLONE_NEWUSER;
	return check_ops(ops_of(flags));
}

/**
 * namespaces_cred_prepare - the kernel copies credentials, perhaps for unshare
 *
 * Before 6.1 this is the only hook that runs before unshare(CLONE_NEWUSER)
 * makes the namespace (kernel/user_namespace.c:unshare_userns()). unshare(2)
 * then fails with ENOMEM. Return: 0 or -EPERM.
 */
SEC("lsm/cred_prepare")
int BPF_PROG(namespaces_cred_prepare)
{
	if (!concerned(&namespaces_record, NAMESPACES_USER) ||
	    current_syscall() != SYSCALL_UNSHARE ||
	    !(syscall_arg(0) & CLONE_NEWUSER))
		return 0;
	return check_ops(BPFLOCK_BIT(NAMESPACES_USER));
}

/* The flags of unshare(2), without CLONE_NEWUSER: it is decided already. */
static __always_inline __u64 unshared(void)
{
	__u64 flags = syscall_arg(0);

	if (flags & UNSHARE_EMPTY_MNTNS)
		flags |= CLONE_NEWNS;
	return flags & ~(__u64)CLONE_NEWUSER;
}

/* The operations that the current system call is about to perform. */
static __always_inline __u64 ops_of_syscall(void)
{
	switch (current_syscall()) {
	case SYSCALL_UNSHARE:
		return ops_of(unshared());
	case SYSCALL_SETNS:
		return BPFLOCK_BIT(NAMESPACES_ENTER);
	case SYSCALL_OPEN_TREE:
		return OP_OF(syscall_arg(2), OPEN_TREE_NAMESPACE,
			     NAMESPACES_MNT);
	case SYSCALL_FSMOUNT:
		return OP_OF(syscall_arg(1), FSMOUNT_NAMESPACE, NAMESPACES_MNT);
	default:
		return 0;
	}
}

/**
 * namespaces_capable - does the task have a capability?
 * @cred: the credentials of the task
 * @ns: the user namespace that the capability is needed in
 * @cap: the capability
 *
 * Rests on kernel/nsproxy.c:unshare_nsproxy_namespaces(), the install()
 * functions that setns(2) calls, and fs/namespace.c. Each of them checks for
 * CAP_SYS_ADMIN before it changes anything. Return: 0 or -EPERM.
 */
SEC("lsm/capable")
int BPF_PROG(namespaces_capable, const struct cred *cred,
	     struct user_namespace *ns, int cap)
{
	if (cap != CAP_SYS_ADMIN)
		return 0;
	return check_ops(ops_of_syscall());
}
