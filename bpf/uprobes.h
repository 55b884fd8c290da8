/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The three ways to make uprobes. A uprobe can write into every process that maps
 * the probed file, so it is as good as ptrace: it increments a reference counter
 * (kernel/events/uprobes.c:update_ref_ctr()), and from 6.18 on a BPF program that
 * it runs may set registers.
 */
#ifndef UPROBES_H
#define UPROBES_H

#include "name.h"
#include "syscall.h"

/**
 * makes_uprobes - does a file of tracefs make uprobes?
 * @d: the file
 *
 * Rests on kernel/trace/trace_uprobe.c and trace_dynevent.c. An instance of
 * tracefs has no such file.
 */
static __noinline bool makes_uprobes(const struct dentry *d)
{
	struct name n;

	dentry_name(d, &n);
	return name_is(&n, "uprobe_events") || name_is(&n, "dynamic_events");
}

/* include/uapi/linux/bpf.h: numbers of the ABI */
#define BPF_TRACE_UPROBE_MULTI	 48
#define BPF_TRACE_UPROBE_SESSION 57

/**
 * links_uprobes - does BPF_LINK_CREATE make uprobes?
 * @attr: its arguments; the attach type is the third number
 */
static __always_inline bool links_uprobes(const __u32 *attr)
{
	return attr[2] == BPF_TRACE_UPROBE_MULTI ||
	       attr[2] == BPF_TRACE_UPROBE_SESSION;
}

/*
 * Is CAP_SYS_ADMIN what perf_event_open(2) needs for a uprobe? In 6.16 and its
 * stable series ("perf: Revert to requiring CAP_SYS_ADMIN for uprobes") it is;
 * before it was CAP_PERFMON. Without a sign of that change in the BTF, the
 * programs go by a hook that 6.17 added.
 */
#define UPROBES_NEED_ADMIN     \
	bpf_core_field_exists( \
		((union security_list_options *)0)->inode_file_setattr)

/**
 * perf_uprobe_cap - is it the capability that perf_event_open(2) needs?
 * @cap: the capability that is checked within perf_event_open(2)
 *
 * kernel/events/core.c:perf_uprobe_event_init() has no hook of its own. Other
 * events need CAP_PERFMON, and the kernel falls back to CAP_SYS_ADMIN for those
 * who lack that.
 */
static __always_inline bool perf_uprobe_cap(int cap)
{
	return cap == CAP_SYS_ADMIN ||
	       (cap == CAP_PERFMON && !(UPROBES_NEED_ADMIN));
}

#endif /* UPROBES_H */
