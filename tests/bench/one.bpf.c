// SPDX-License-Identifier: GPL-2.0-only
/*
 * The yardstick: one program at file_open that denies a file system to a cgroup,
 * as a service manager does for a setting such as "restrict file systems". No
 * cgroup is in the map, so the program does what it does for most processes.
 */
#include "bpf/kernel.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define BPF_MAP_TYPE_HASH	  1
#define BPF_MAP_TYPE_HASH_OF_MAPS 12

/* The magic numbers of the file systems that a cgroup may open files of. */
struct file_systems {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 128);
	__type(key, __u32);
	__type(value, __u32);
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 2048);
	__type(key, __u64);
	__array(values, struct file_systems);
} cgroups SEC(".maps");

SEC("lsm/file_open")
int BPF_PROG(one_file_open, struct file *file)
{
	__u64 cgroup = bpf_get_current_cgroup_id();
	__u32 magic = file->f_inode->i_sb->s_magic;
	void *allowed = bpf_map_lookup_elem(&cgroups, &cgroup);
	long result = -EPERM;

	if (!allowed || bpf_map_lookup_elem(allowed, &magic))
		return 0;
	/* 6.12 takes "condition ? -EPERM : 0" for a value out of range. */
	asm volatile("" : "+r"(result));
	return result;
}

char LICENSE[] SEC("license") = "GPL";
