/* SPDX-License-Identifier: GPL-2.0-only */
/* self: which maps and programs are the lock's, and who may have them. */
#ifndef OBJECTS_H
#define OBJECTS_H

/* The start of a name as the kernel keeps it, 15 bytes at most. */
union start {
	char text[8];
	__u64 word;
};

static __always_inline bool starts(__u64 word, __u64 with, int len)
{
	return !((word ^ with) & ((1ULL << (8 * len)) - 1));
}

#define STARTS(word, literal)                                     \
	starts(word, (const union start){ .text = literal }.word, \
	       sizeof(literal) - 1)

/*
 * Programs and maps are called "<protection>_..." or "late_...", policies
 * ".rodata.<protection>". Whoever takes such a name for something else only
 * shuts itself out.
 */
static __noinline bool is_ours(const char *name)
{
	__u64 word = *(const __u64 *)name;

	if (word == (const union start){ .text = ".rodata." }.word)
		word = *(const __u64 *)(name + 8);
	return STARTS(word, "kimg") || STARTS(word, "kmodule") ||
	       STARTS(word, "disable") || STARTS(word, "fileles") ||
	       STARTS(word, "rootfs") || STARTS(word, "sysfs") ||
	       STARTS(word, "namespa") || STARTS(word, "escape") ||
	       STARTS(word, "self") || STARTS(word, "late_");
}

/*
 * A program may write any map that somebody has a descriptor of, if only to
 * read. So none is given of what our programs decide by, but for policies,
 * which are closed to programs too. Counters decide nothing.
 */
static __always_inline bool may_be_read(const struct bpf_map *map)
{
	return map->map_flags & BPF_F_RDONLY_PROG ||
	       (map->value_size == sizeof(struct bpflock_counter) &&
		map->max_entries == BPFLOCK_OPS_MAX);
}

/*
 * PID 1 may load LSM programs. Which hook one is for is known only when it has
 * been loaded, and only the hooks of bpf(2) take a positive answer for yes.
 */
static __always_inline bool asked_about_bpf(const struct bpf_prog *prog)
{
	__u64 name = (__u64)prog->aux->attach_func_name, word;

	if (prog->type != BPF_PROG_TYPE_LSM)
		return false;
	if (word_at(&self_policy, name) !=
	    (const union start){ .text = "bpf_lsm_" }.word)
		return true;
	word = word_at(&self_policy, name + 8);
	return STARTS(word, "bpf");
}

#endif /* OBJECTS_H */
