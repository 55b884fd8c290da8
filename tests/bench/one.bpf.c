// SPDX-License-Identifier: GPL-2.0-only
/*
 * The yardstick: one program at file_open that denies a file system to a cgroup,
 * as a service manager does for a setting such as "restrict file systems". No
 * cgroup is in the map, so the program does what it does for most processes.
 */
#include "bpf/kernel.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define BPF_MAP_TYPE_HASH 1

/* The cgroups that may not open files of every file system. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 128);
	__type(key, __u64);
	__type(value, __u32);
} cgroups SEC(".maps");

/* What they may open: the magic numbers of file systems. */
struct pair {
	__u64 cgroup, magic;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 128);
	__type(key, struct pair);
	__type(value, __u32);
} allowed SEC(".maps");

SEC("lsm/file_open")
int BPF_PROG(one_file_open, struct file *file)
{
	struct pair pair = {
		.cgroup = bpf_get_current_cgroup_id(),
		.magic = file->f_inode->i_sb->s_magic,
	};
	long result = -EPERM;

	if (!bpf_map_lookup_elem(&cgroups, &pair.cgroup) ||
	    bpf_map_lookup_elem(&allowed, &pair))
		return 0;
	/* 6.12 takes "condition ? -EPERM : 0" for a value out of range. */
	asm volatile("" : "+r"(result));
	return result;
}

char LICENSE[] SEC("license") = "GPL";
