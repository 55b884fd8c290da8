/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which system call is the current task in? Programs need this where an
 * operation has no LSM hook of its own, but calls capable() on its way. The
 * numbers of all system call tables (32-bit, x32) stay in this file.
 */
#ifndef SYSCALL_H
#define SYSCALL_H

#include "compat.h"

/* SYSCALLS(X): X(name, numbers on x86-64, i386, arm64 and 32-bit arm) */
#define SYSCALLS(X)                              \
	X(DELETE_MODULE, 176, 129, 106, 129)     \
	X(OPEN_BY_HANDLE_AT, 304, 342, 265, 371) \
	X(UNSHARE, 272, 310, 97, 337)            \
	X(SETNS, 308, 346, 268, 375)             \
	X(MOUNT, 165, 21, 40, 21)                \
	X(BPF, 321, 357, 280, 386)               \
	X(FANOTIFY_INIT, 300, 338, 262, 367)     \
	X(SWAPON, 167, 87, 224, 87)              \
	X(QUOTACTL, 179, 131, 60, 131)           \
	X(PERF_EVENT_OPEN, 298, 336, 241, 364)

/* Since 5.1 new system calls have the same number on every machine. */
#define NR_OPEN_TREE	   428
#define NR_FSMOUNT	   432
#define NR_PROCESS_MADVISE 440
#define NR_QUOTACTL_FD	   443
#define NR_OPEN_TREE_ATTR  467

#define SYSCALL_ENUM(name, ...) SYSCALL_##name,
enum syscall {
	SYSCALL_OTHER,
	SYSCALL_OPEN_TREE, /* and open_tree_attr */
	SYSCALL_FSMOUNT,
	SYSCALL_PROCESS_MADVISE,
	SYSCALLS(SYSCALL_ENUM)
};
#undef SYSCALL_ENUM

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

/* 5.15 added bpf_task_pt_regs(). */
#define HAS_TASK_REGS                                       \
	bpf_core_enum_value_exists(enum bpf_func_id___regs, \
				   BPF_FUNC_task_pt_regs___regs)

/* arch/x86/include/asm/page_64_types.h; a kernel with KASAN has twice that. */
#define X86_THREAD_SIZE 16384

/*
 * entry_regs - the registers with which the task entered the kernel
 *
 * Before 5.15 the function computes where x86 stores them, at the end of the
 * stack. Other machines have no BPF LSM in those versions.
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

/* Where the number of the call is. Other ways into the kernel overwrite it. */
#if defined(__TARGET_ARCH_arm64)
#define ENTRY_NUMBER(regs) (&(regs)->syscallno)
#else
#define ENTRY_NUMBER(regs) (&(regs)->orig_ax)
#endif

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

#define CASE_NATIVE(name, x86_64, i386, arm64, arm) \
	case arm64:                                 \
		return SYSCALL_##name;
#define CASE_COMPAT(name, x86_64, i386, arm64, arm) \
	case arm:                                   \
		return SYSCALL_##name;

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

#define CASE_NATIVE(name, x86_64, i386, arm64, arm) \
	case x86_64:                                \
		return SYSCALL_##name;
#define CASE_COMPAT(name, x86_64, i386, arm64, arm) \
	case i386:                                  \
		return SYSCALL_##name;

#endif

/* Did the task use the 32-bit table? */
static __noinline bool syscall_is_compat(void)
{
	return is_compat((const void *)current_task());
}

/** syscall_number - the number of the system call in its own table */
static __always_inline unsigned int syscall_number(void)
{
	return entry_number(entry_regs());
}

/**
 * current_syscall - the system call that the current task is in
 *
 * A flag of the thread tells the 32-bit table, and a bit of the number tells
 * x32. Kernel threads are in no system call. A tracer can change the number
 * only before the kernel acts on it (kernel/entry/common.c:
 * syscall_trace_enter() reads it again).
 *
 * Return: enum syscall.
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
	if (nr == NR_PROCESS_MADVISE)
		return SYSCALL_PROCESS_MADVISE;
	if (nr == NR_QUOTACTL_FD)
		return SYSCALL_QUOTACTL;
	if (syscall_is_compat()) {
		switch (nr) {
			SYSCALLS(CASE_COMPAT)
		}
		return SYSCALL_OTHER;
	}
	switch (nr) {
		SYSCALLS(CASE_NATIVE)
	}
	return SYSCALL_OTHER;
}

/**
 * syscall_arg - the lower 32 bits of an argument of the system call
 * @n: the index of the argument, 0 to 3; a constant
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
