/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which system call is this? For what has no LSM hook of its own but asks
 * capable() on its way. Callers see names; numbers, the 32-bit ones and x32
 * among them, stay in here.
 */
#ifndef SYSCALL_H
#define SYSCALL_H

#include "lock.h"

enum syscall {
	SYSCALL_OTHER,
	SYSCALL_DELETE_MODULE,
	SYSCALL_OPEN_BY_HANDLE_AT,
	SYSCALL_UNSHARE,
	SYSCALL_SETNS,
	SYSCALL_OPEN_TREE, /* also open_tree_attr */
	SYSCALL_FSMOUNT,
	SYSCALL_MOUNT,
	SYSCALL_BPF,
	SYSCALL_FANOTIFY_INIT,
	SYSCALL_SWAPON,
};

#pragma clang attribute push(__attribute__((preserve_access_index)), \
			     apply_to = record)

#if defined(__TARGET_ARCH_arm64)
struct pt_regs {
	__u64 regs[31];
	__u64 orig_x0;
	int syscallno;
};
#else
struct pt_regs {
	unsigned long r10, bx, cx, dx, si, di, orig_ax;
};
#endif

struct thread_info {
	unsigned long flags;
	unsigned int status;
};

struct task_struct___entry {
	struct thread_info thread_info;
	void *stack;
};

#pragma clang attribute pop

enum bpf_func_id___regs {
	BPF_FUNC_task_pt_regs___regs = 175,
};

/* bpf_task_pt_regs() is new in 5.15. */
#define HAS_TASK_REGS                                       \
	bpf_core_enum_value_exists(enum bpf_func_id___regs, \
				   BPF_FUNC_task_pt_regs___regs)

/* arch/x86/include/asm/page_64_types.h; twice that with KASAN. */
#define X86_THREAD_SIZE 16384

/*
 * The registers that the task entered the kernel with. Before 5.15 they are
 * looked for where x86 keeps them, at the end of the stack; other machines
 * have no BPF LSM there.
 */
static __always_inline const struct pt_regs *entry_regs(void)
{
	struct task_struct *t = current_task();
	const struct task_struct___entry *e = (const void *)t;

	if (HAS_TASK_REGS)
		return (const void *)bpf_task_pt_regs(
			bpf_get_current_task_btf());
	return (const void *)((__u64)READ(e, stack) + X86_THREAD_SIZE -
			      bpf_core_type_size(struct pt_regs));
}

static __noinline __u64 read_reg(const void *field)
{
	__u64 value = 0;

	if (HAS_TASK_REGS)
		return *(const __u64 *)field;
	bpf_probe_read_kernel(&value, sizeof(value), field);
	return value;
}

#if defined(__TARGET_ARCH_arm64)

#define TIF_32BIT 22 /* arch/arm64/include/asm/thread_info.h */

static __always_inline unsigned int entry_number(const struct pt_regs *regs)
{
	return regs->syscallno;
}

static __always_inline bool is_compat(const struct task_struct___entry *t)
{
	return READ(t, thread_info.flags) & (1UL << TIF_32BIT);
}

#define NR_DELETE_MODULE	 106
#define NR_OPEN_BY_HANDLE_AT	 265
#define NR_UNSHARE		 97
#define NR_SETNS		 268
#define NR_MOUNT		 40
#define NR_BPF			 280
#define NR_FANOTIFY_INIT	 262
#define NR_SWAPON		 224
#define COMPAT_DELETE_MODULE	 129
#define COMPAT_OPEN_BY_HANDLE_AT 371
#define COMPAT_UNSHARE		 337
#define COMPAT_SETNS		 375
#define COMPAT_MOUNT		 21
#define COMPAT_BPF		 386
#define COMPAT_FANOTIFY_INIT	 367
#define COMPAT_SWAPON		 87

#else

#define TS_COMPAT   0x0002 /* arch/x86/include/asm/thread_info.h */
#define X32_SYSCALL 0x40000000u

static __always_inline unsigned int entry_number(const struct pt_regs *regs)
{
	return read_reg(&regs->orig_ax) & ~X32_SYSCALL;
}

static __always_inline bool is_compat(const struct task_struct___entry *t)
{
	return READ(t, thread_info.status) & TS_COMPAT;
}

#define NR_DELETE_MODULE	 176
#define NR_OPEN_BY_HANDLE_AT	 304
#define NR_UNSHARE		 272
#define NR_SETNS		 308
#define NR_MOUNT		 165
#define NR_BPF			 321
#define NR_FANOTIFY_INIT	 300
#define NR_SWAPON		 167
#define COMPAT_DELETE_MODULE	 129
#define COMPAT_OPEN_BY_HANDLE_AT 342
#define COMPAT_UNSHARE		 310
#define COMPAT_SETNS		 346
#define COMPAT_MOUNT		 21
#define COMPAT_BPF		 357
#define COMPAT_FANOTIFY_INIT	 338
#define COMPAT_SWAPON		 87

#endif

/* The same on every machine, as all calls since 5.1. */
#define NR_OPEN_TREE	  428
#define NR_FSMOUNT	  432
#define NR_OPEN_TREE_ATTR 467

static __noinline bool syscall_is_compat(void)
{
	return is_compat((const void *)current_task());
}

/* Its number, in whichever table. */
static __always_inline unsigned int syscall_number(void)
{
	return entry_number(entry_regs());
}

/**
 * current_syscall - the system call that the task is in: enum syscall
 *
 * A number belongs to the table it was called through: the 32-bit table is
 * known by a flag of the thread, x32 by a bit of the number. Kernel threads
 * are in none. A tracer can change the number only before the kernel acts on
 * it (kernel/entry/common.c:syscall_trace_enter() reads it again).
 */
static __noinline int current_syscall(void)
{
	const struct pt_regs *regs = entry_regs();
	unsigned int nr;

	if (READ(current_task(), flags) & PF_KTHREAD)
		return SYSCALL_OTHER;
	nr = entry_number(regs);
	if (nr == NR_OPEN_TREE || nr == NR_OPEN_TREE_ATTR)
		return SYSCALL_OPEN_TREE;
	if (nr == NR_FSMOUNT)
		return SYSCALL_FSMOUNT;
	if (syscall_is_compat()) {
		switch (nr) {
		case COMPAT_DELETE_MODULE:
			return SYSCALL_DELETE_MODULE;
		case COMPAT_OPEN_BY_HANDLE_AT:
			return SYSCALL_OPEN_BY_HANDLE_AT;
		case COMPAT_UNSHARE:
			return SYSCALL_UNSHARE;
		case COMPAT_SETNS:
			return SYSCALL_SETNS;
		case COMPAT_MOUNT:
			return SYSCALL_MOUNT;
		case COMPAT_BPF:
			return SYSCALL_BPF;
		case COMPAT_FANOTIFY_INIT:
			return SYSCALL_FANOTIFY_INIT;
		case COMPAT_SWAPON:
			return SYSCALL_SWAPON;
		default:
			return SYSCALL_OTHER;
		}
	}
	switch (nr) {
	case NR_DELETE_MODULE:
		return SYSCALL_DELETE_MODULE;
	case NR_OPEN_BY_HANDLE_AT:
		return SYSCALL_OPEN_BY_HANDLE_AT;
	case NR_UNSHARE:
		return SYSCALL_UNSHARE;
	case NR_SETNS:
		return SYSCALL_SETNS;
	case NR_MOUNT:
		return SYSCALL_MOUNT;
	case NR_BPF:
		return SYSCALL_BPF;
	case NR_FANOTIFY_INIT:
		return SYSCALL_FANOTIFY_INIT;
	case NR_SWAPON:
		return SYSCALL_SWAPON;
	default:
		return SYSCALL_OTHER;
	}
}

/**
 * syscall_arg - the lower half of one of its first four arguments
 * @n: 0 to 3, a constant
 */
static __always_inline unsigned int syscall_arg(int n)
{
	const struct pt_regs *regs = entry_regs();

#if defined(__TARGET_ARCH_arm64)
	if (n == 0)
		return read_reg(&regs->orig_x0);
	if (n == 1)
		return read_reg(&regs->regs[1]);
	return n == 2 ? read_reg(&regs->regs[2]) : read_reg(&regs->regs[3]);
#else
	if (n == 2)
		return read_reg(&regs->dx);
	if (n == 3)
		return syscall_is_compat() ? read_reg(&regs->si) :
					     read_reg(&regs->r10);
	if (syscall_is_compat())
		return n ? read_reg(&regs->cx) : read_reg(&regs->bx);
	return n ? read_reg(&regs->si) : read_reg(&regs->di);
#endif
}

#endif /* SYSCALL_H */
