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

/*
 * Under a name of its own in each object (libbpf drops what follows ___):
 * bpftool 7.1 links an extern function only once.
 */
#define FLAVOUR_(name, object) name##___##object
#define FLAVOUR(name, object)  FLAVOUR_(name, object)
#define bpf_rdonly_cast	       FLAVOUR(bpf_rdonly_cast, OBJECT)

extern void *bpf_rdonly_cast(const void *obj, unsigned int type) __ksym __weak;

/**
 * PLAIN - a pointer that the verifier does not take for one to be trusted
 * @type: what it points to
 * @ptr: the pointer, of a hook's argument or the current task
 *
 * From 6.2 on the verifier looks into all of the kernel's BTF, several times,
 * for each pointer that is read through a trusted one (kernel/bpf/verifier.c:
 * type_is_trusted() and its kin): that was half of the time that loading took.
 * Reading through others faults safely, and is all that is done here.
 */
#define PLAIN(type, ptr)                                                       \
	(bpf_ksym_exists(bpf_rdonly_cast) ?                                    \
		 (type *)bpf_rdonly_cast(ptr, bpf_core_type_id_kernel(type)) : \
		 (type *)(ptr))

/* bpf_get_current_task_btf() is new in 5.11. */
#define HAS_TASK_BTF                                 \
	bpf_core_enum_value_exists(enum bpf_func_id, \
				   BPF_FUNC_get_current_task_btf)

/*
 * Direct loads, but in 5.10, where the task is only a number to the verifier
 * and a helper must read it: 5.10 is the one kernel on which nothing loads
 * under lockdown=confidentiality.
 */
static __noinline __u64 read_u64(const void *field)
{
	__u64 value = 0;

	if (HAS_TASK_BTF)
		return *(const __u64 *)field;
	bpf_probe_read_kernel(&value, sizeof(value), field);
	return value;
}

static __noinline __u32 read_u32(const void *field)
{
	__u32 value = 0;

	if (HAS_TASK_BTF)
		return *(const __u32 *)field;
	bpf_probe_read_kernel(&value, sizeof(value), field);
	return value;
}

/** READ - a field of something that was reached through current_task() */
#define READ(src, field)                                             \
	((typeof((src)->field +                                      \
		 0))__builtin_choose_expr(sizeof((src)->field) == 8, \
					  read_u64(&(src)->field),   \
					  read_u32(&(src)->field)))

/** current_task - the calling task, to be looked into with READ() */
static __always_inline struct task_struct *current_task(void)
{
	if (HAS_TASK_BTF)
		return PLAIN(struct task_struct, bpf_get_current_task_btf());
	return (struct task_struct *)bpf_get_current_task();
}

/**
 * kernfs_parent - the folder that a kernfs node is in, NULL for the root
 *
 * 6.15 renamed the field when it put it under RCU ("kernfs: Use RCU to access
 * kernfs_node::parent").
 */
static __noinline struct kernfs_node *kernfs_parent(const struct kernfs_node *kn)
{
	const struct kernfs_node___rcu *new = (const void *)kn;

	if (bpf_core_field_exists(new->__parent)) {
		ONLY_HERE(new);
		return READ(new, __parent);
	}
	ONLY_HERE(kn);
	return READ(kn, parent);
}

#define NAME_LEN 32 /* what fits into a dentry on every kernel, with the NUL */

struct name {
	union {
		char text[NAME_LEN];
		__u64 word[NAME_LEN / 8];
	};
};

/*
 * All bits for a byte that is not zero, without a branch: each one in a loop
 * doubles what the verifier has to look at.
 */
static __always_inline __u64 mask_of(__u64 byte)
{
	__u64 mask = -((byte + 0xff) >> 8);

	ONLY_HERE(mask);
	return mask;
}

/**
 * dentry_name - a short name (up to 31 bytes)
 * @d: the dentry
 * @out: gets the name and zeros behind it
 *
 * Short names are stored in the dentry itself, which can be read without a
 * helper; of a longer one @out gets something that is no name. 6.15 gave the
 * array a union ("dcache: back inline names with a struct-wrapped array of
 * unsigned long").
 */
static __noinline void dentry_name(const struct dentry *d, struct name *out)
{
	const struct dentry___shortname *new = (const void *)d;
	const __u64 *words;
	__u64 keep = ~0ULL;

	if (bpf_core_field_exists(new->d_shortname)) {
		ONLY_HERE(new);
		words = (const void *)&new->d_shortname;
	} else {
		ONLY_HERE(d);
		words = (const void *)&d->d_iname;
	}
	for (int i = 0; i < NAME_LEN / 8; i++)
		out->word[i] = words[i];
	for (int i = 0; i < NAME_LEN; i++) {
		keep &= mask_of((unsigned char)out->text[i]);
		out->text[i] &= keep;
	}
}

static __always_inline bool name_equal(const struct name *a,
				       const struct name *b)
{
	return a->word[0] == b->word[0] && a->word[1] == b->word[1] &&
	       a->word[2] == b->word[2] && a->word[3] == b->word[3];
}

/** name_is - is the name that string literal? */
#define name_is(n, literal) \
	name_equal(n, &(const struct name){ .text = literal })

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
	return id ==
	       bpf_core_enum_value(enum kernel_load_data_id, LOADING_MODULE);
}

/**
 * SETATTR_DENTRY - the dentry that inode_setattr is about
 * @ctx: the arguments of the hook
 *
 * It got the idmap in front of it in 6.9, in the same change that added
 * inode_post_setattr ("security: Align inode_setattr hook definition with
 * EVM"). The two may not be folded into one load from a computed place.
 */
#define SETATTR_DENTRY(ctx)                                                  \
	hook_dentry(ctx,                                                     \
		    bpf_core_field_exists(((union security_list_options *)0) \
						  ->inode_post_setattr))

/**
 * XATTR_DENTRY - the dentry that inode_setxattr or inode_removexattr is about
 * @ctx: the arguments of the hook
 *
 * 5.12 put the mount's user namespace, later the idmap, in front of it ("xattr:
 * handle idmapped mounts").
 */
#define XATTR_DENTRY(ctx)                                               \
	hook_dentry(ctx, bpf_core_field_exists(                         \
				 ((struct vfsmount *)0)->mnt_userns) || \
				 bpf_core_field_exists(                 \
					 ((struct vfsmount *)0)->mnt_idmap))

static __always_inline const struct dentry *
hook_dentry(const unsigned long long *ctx, bool second)
{
	const struct dentry *d;

	if (second) {
		d = (const void *)ctx[1];
		ONLY_HERE(d);
		return d;
	}
	d = (const void *)ctx[0];
	ONLY_HERE(d);
	return d;
}

/**
 * mount_shared - do mounts on it appear on other mounts too?
 * @m: the mount, from a hook's path
 *
 * 6.17 moved the flag from the vfsmount to the struct mount around it ("mount:
 * separate the flags accessed only under namespace_sem"). What is before a
 * pointer cannot be read without bpf_rdonly_cast(), new in 6.2, so both are
 * there or neither.
 */
static __noinline __attribute__((unused)) bool
mount_shared(const struct vfsmount *m)
{
	const struct mount *around = NULL;

	if (!bpf_core_field_exists(around->mnt_t_flags))
		return m->mnt_flags & MNT_SHARED;
	if (!bpf_ksym_exists(bpf_rdonly_cast))
		return true;
	around = bpf_rdonly_cast((const char *)m -
					 bpf_core_field_offset(struct mount,
							       mnt),
				 bpf_core_type_id_kernel(struct mount));
	return around->mnt_group_id;
}

/**
 * whole_disk - the device number of the disk that a block device is on
 *
 * 5.11 made partition 0 a block device ("block: merge struct block_device and
 * struct hd_struct"); before, the partition named the whole.
 */
static __noinline __attribute__((unused)) unsigned int
whole_disk(const struct block_device *bdev)
{
	const struct gendisk *disk;

	if (bpf_core_field_exists(bdev->bd_contains)) {
		ONLY_HERE(bdev);
		return READ(READ(bdev, bd_contains), bd_dev);
	}
	ONLY_HERE(bdev);
	disk = READ(bdev, bd_disk);
	return READ(READ(disk, part0), bd_dev);
}

#endif /* COMPAT_H */
