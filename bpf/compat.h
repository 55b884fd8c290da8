/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One accessor for every difference between kernels. Callers never see a
 * version. Memory is read by direct BTF loads alone: lockdown=confidentiality
 * refuses programs that use bpf_probe_read_kernel().
 */
#ifndef COMPAT_H
#define COMPAT_H

#pragma clang attribute push(__attribute__((preserve_access_index)), \
			     apply_to = record)

struct kernfs_node___rcu {
	struct kernfs_node *__parent;
};

union shortname_store___new {
	unsigned char string[32];
};

struct dentry___shortname {
	union shortname_store___new d_shortname;
};

#pragma clang attribute pop

/*
 * Between a bpf_core_field_exists() and the access that it allows: clang may
 * not compute the field's address ahead of the question. Where a loop could
 * tempt it to take the field's offset out, the accessor is not inlined.
 */
#define ONLY_HERE(ptr) asm volatile("" : "+r"(ptr))

/* bpf_get_current_task_btf() is new in 5.11. */
#define HAS_TASK_BTF                                   \
	bpf_core_enum_value_exists(enum bpf_func_id,   \
				   BPF_FUNC_get_current_task_btf)

/**
 * READ - a field of something that was reached through current_task()
 *
 * A direct load, but in 5.10, where the task is only a number to the verifier
 * and a helper must read it: 5.10 is the one kernel on which nothing loads
 * under lockdown=confidentiality.
 */
#define READ(src, field)                                              \
	({                                                            \
		const typeof(*(src)) *from_ = (src);         \
		typeof((src)->field + 0) value_;                      \
		if (HAS_TASK_BTF)                                     \
			value_ = from_->field;               \
		else                                                  \
			bpf_core_read(&value_, sizeof(value_),        \
				      &from_->field);        \
		value_;                                               \
	})

/** current_task - the calling task, to be looked into with READ() */
static __always_inline struct task_struct *current_task(void)
{
	if (HAS_TASK_BTF)
		return bpf_get_current_task_btf();
	return (struct task_struct *)bpf_get_current_task();
}

/**
 * kernfs_parent - the folder that a kernfs node is in, NULL for the root
 *
 * 6.15 renamed the field when it put it under RCU ("kernfs: Use RCU to access
 * kernfs_node::parent").
 */
static __noinline struct kernfs_node *
kernfs_parent(const struct kernfs_node *kn)
{
	const struct kernfs_node___rcu *new = (const void *)kn;

	if (bpf_core_field_exists(new->__parent)) {
		ONLY_HERE(new);
		return READ(new, __parent);
	}
	ONLY_HERE(kn);
	return READ(kn, parent);
}

/**
 * dentry_name_byte - one byte of a short name (up to 31 bytes)
 *
 * Short names are stored in the dentry itself, which can be read without a
 * helper. 6.15 gave the array a union ("dcache: back inline names with a
 * struct-wrapped array of unsigned long"). @i must be a constant.
 */
static __always_inline unsigned char dentry_name_byte(const struct dentry *d,
						      int i)
{
	const struct dentry___shortname *new = (const void *)d;

	if (bpf_core_field_exists(new->d_shortname)) {
		ONLY_HERE(new);
		return new->d_shortname.string[i];
	}
	ONLY_HERE(d);
	return d->d_iname[i];
}

/** dentry_named - is the name that constant string? (see dentry_name_byte) */
#define dentry_named(d, text)                                      \
	({                                                         \
		bool same_ = true;                                 \
		_Pragma("unroll") for (unsigned int i_ = 0;        \
				       i_ < sizeof(text); i_++)    \
			if (dentry_name_byte(d, i_) != (text)[i_]) \
				same_ = false;                     \
		same_;                                             \
	})

/**
 * reads_module - is the file a kernel module?
 * @id: enum kernel_read_file_id
 *
 * A module that the kernel itself unpacks has a number of its own from 6.19
 * on (kernel/module/main.c:init_module_from_file()).
 */
static __always_inline bool reads_module(unsigned int id)
{
	if (id == bpf_core_enum_value(enum kernel_read_file_id, READING_MODULE))
		return true;
	return bpf_core_enum_value_exists(enum kernel_read_file_id,
					  READING_MODULE_COMPRESSED) &&
	       id == bpf_core_enum_value(enum kernel_read_file_id,
					 READING_MODULE_COMPRESSED);
}

/** loads_module - is the data of kernel_load_data (its @id) a module? */
static __always_inline bool loads_module(unsigned int id)
{
	return id == bpf_core_enum_value(enum kernel_load_data_id,
					 LOADING_MODULE);
}

#endif /* COMPAT_H */
