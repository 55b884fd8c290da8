/* SPDX-License-Identifier: GPL-2.0-only */
/* self: the maps and programs of the lock, and the tasks that may have them. */
#ifndef SELF_OBJECTS_H
#define SELF_OBJECTS_H

#include "self_walk.h"

/* The start of a name. The kernel keeps up to 15 bytes of a name. */
union start {
	char text[16];
	__u64 word;
};

static __always_inline bool starts(__u64 word, __u64 with, int len)
{
	return !((word ^ with) & ((1ULL << (8 * len)) - 1));
}

/* Does the word begin with the literal? At most 7 bytes are compared. */
#define STARTS(word, literal)                                     \
	starts(word, (const union start){ .text = literal }.word, \
	       sizeof(literal) - 1 < 7 ? sizeof(literal) - 1 : 7)

/**
 * is_ours - does the name of a map or program belong to the lock?
 * @name: the name, 16 bytes
 *
 * Programs and maps are called "<protection>_..." or "late_...", and records
 * ".rodata.<protection>". A process that uses such a name for an object of its
 * own loses only its own access to that object.
 */
static __noinline bool is_ours(const char *name)
{
	__u64 word = *(const __u64 *)name;

	if (word == (const union start){ .text = ".rodata." }.word)
		word = *(const __u64 *)(name + 8);
#define OR_STARTS(key, KEY, ...) STARTS(word, #key) ||
	return BPFLOCK_LIST(OR_STARTS) STARTS(word, "late_");
#undef OR_STARTS
}

/**
 * may_be_read - may a process have a descriptor of the map, for reading?
 * @map: the map
 *
 * A BPF program can write to every map that its loader has a descriptor of,
 * even of a descriptor for reading: to a record as well, where the kernel takes
 * what a helper writes for something that it reads (CVE-2024-49861 and others), or
 * by an iterator (kernel/bpf/map_iter.c). So self denies descriptors of the maps
 * that decisions depend on. It allows the copies of records, since programs get no
 * pointers into a queue, and counters, which no decision depends on.
 */
static __always_inline bool may_be_read(const struct bpf_map *map)
{
	return map->map_type == BPF_MAP_TYPE_QUEUE ||
	       (map->value_size == sizeof(struct bpflock_counter) &&
		map->max_entries == BPFLOCK_OPS_MAX);
}

/**
 * may_overrule - can the result of an LSM program override those of ours?
 * @prog: the program
 *
 * On the hooks of bpf(2) alone, the kernel takes a positive result for
 * permission. PID 1 may load LSM programs, but none for these hooks. The hook
 * of a program is known only after it has been loaded.
 */
static __always_inline bool may_overrule(const struct bpf_prog *prog)
{
	__u64 name = (__u64)prog->aux->attach_func_name, word;

	if (prog->type != BPF_PROG_TYPE_LSM)
		return false;
	if (word_at(name) != TEXT("bpf_lsm_"))
		return true;
	word = word_at(name + 8);
	return STARTS(word, "bpf");
}

#ifdef OLD_KERNEL
#define HAS_CGROUP_LSM false
#else
#define HAS_CGROUP_LSM true /* or the kernel does not know the type */
#endif

/**
 * check_program - decide whether a program may be loaded
 * @attr: the arguments of BPF_PROG_LOAD: the type of the program is the first
 *	number, its attach type the 18th (include/uapi/linux/bpf.h)
 *
 * A later LSM program runs before ours, and before 6.12 a positive result of it
 * keeps ours from running. A BPF_MODIFY_RETURN program can replace the result
 * of security_*() in the same way. A BPF_PROG_TYPE_EXT program can replace functions
 * of ours, but needs a descriptor of our program, which only host processes get:
 * only the seal denies it. PID 1 may load LSM programs, as systemd does
 * (RestrictFileSystems=). Return: 0 or -EPERM.
 */
static __always_inline int check_program(const __u32 *attr)
{
	__u32 type = attr[0], attach = attr[17];

	if (type == BPF_PROG_TYPE_EXT ?
		    !sealed() :
		    type != BPF_PROG_TYPE_LSM && attach != BPF_MODIFY_RETURN)
		return 0;
	if (is_loader(&self_record) ||
	    (is_init() && type == BPF_PROG_TYPE_LSM && attach == BPF_LSM_MAC &&
	     is_host(&self_record)))
		return 0;
	return self_check(SELF_PROGRAMS, type, NULL, NULL);
}

/**
 * changes_anchors - does bpf(2) attach or detach such programs of a cgroup as the
 * anchors are?
 * @cmd: enum bpf_cmd
 * @attr: its arguments; the attach type is the third number of these commands
 *
 * The anchors (init/kernel/anchors.h) are on the root cgroup. BPF_PROG_DETACH, and
 * BPF_PROG_ATTACH with BPF_F_REPLACE, take one off. Another program beside one, or
 * in a cgroup below, could turn its result around by bpf_set_retval()
 * (kernel/bpf/cgroup.c:bpf_prog_run_array_cg()).
 */
static __always_inline bool changes_anchors(int cmd, const __u32 *attr)
{
	return HAS_CGROUP_LSM &&
	       (cmd == BPF_PROG_ATTACH || cmd == BPF_PROG_DETACH ||
		cmd == BPF_LINK_CREATE) &&
	       (attr[2] == BPF_LSM_CGROUP ||
		(attr[2] == BPF_CGROUP_SYSCTL && sealed()));
}

#endif /* SELF_OBJECTS_H */
