/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The system call that the current task is in, for what has no LSM hook of
 * its own or whose hook does not get the flags.
 *
 * bpf_task_pt_regs() is new in 5.15. Before, the registers are read from where
 * it finds them: the upper end of the kernel stack
 * (arch/x86/include/asm/processor.h:task_pt_regs()).
 */
#ifndef SYSCALL_H
#define SYSCALL_H

#include "kernel.h"

/* Numbers above 423 are the same on all machines, 32-bit ones included. */
#define NR_MOUNT_SETATTR  442
#define NR_OPEN_TREE_ATTR 467

#define HAS_PT_REGS \
	bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs)

#ifdef __TARGET_ARCH_x86
#define NR_MOUNT	165
#define NR_MOUNT_32	21 /* access(2) in 64 bit, which mounts nothing */
#define X32_SYSCALL_BIT 0x40000000
#define STACK_PAGE	4096
#define STACK_PAGES	4

#define SYSCALL_NR ((unsigned int)REG(orig_ax) & ~X32_SYSCALL_BIT)
#define ARG4	   REG(r10)
#define ARG4_32	   REG(si)

static __always_inline const struct pt_regs *stack_regs(void)
{
	struct task_struct *t = current_task();
	const struct vm_struct *area = NULL;
	unsigned long pages = STACK_PAGES;

	/* KASAN makes stacks larger; without VMAP_STACK nobody tells. */
	if (bpf_core_field_exists(t->stack_vm_area)) {
		ONLY_HERE(t);
		area = READ(t, stack_vm_area);
	}
	if (area)
		pages = READ(area, nr_pages);
	return READ(t, stack) + pages * STACK_PAGE -
	       bpf_core_type_size(struct pt_regs);
}

#define REG(name)                                                             \
	({                                                                    \
		unsigned long value_ = 0;                                     \
		if (HAS_PT_REGS) {                                            \
			value_ = ((const struct pt_regs *)bpf_task_pt_regs(   \
					  current_task()))                    \
					 ->name;                              \
		} else {                                                      \
			const struct pt_regs *regs_ = stack_regs();           \
			bpf_core_read(&value_, sizeof(value_), &regs_->name); \
		}                                                             \
		value_;                                                       \
	})
#else
#define NR_MOUNT    40
#define NR_MOUNT_32 21 /* arch/arm64: the number of arm */

/* There no kernel before 6.4 can attach our programs. */
#define SYSCALL_NR  ((unsigned int)REG(syscallno))
#define ARG4	    REG(regs[3])
#define ARG4_32	    ARG4

#define REG(name) \
	(((const struct pt_regs *)bpf_task_pt_regs(current_task()))->name)
#endif

/**
 * mounts_read_only - does mount(2) ask for a read-only mount?
 *
 * To be asked in hooks that it calls. fs/namespace.c:path_mount() makes the
 * mount read-only then, whatever its superblock is.
 */
static __noinline __attribute__((unused)) bool mounts_read_only(void)
{
	unsigned int nr = SYSCALL_NR;

	if (nr == NR_MOUNT)
		return ARG4 & MS_RDONLY;
	return nr == NR_MOUNT_32 && ARG4_32 & MS_RDONLY;
}

#endif /* SYSCALL_H */
