/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Each difference between kernel versions has one accessor here, so that no
 * caller deals with a version. The accessors read memory by direct BTF loads
 * only: under lockdown=confidentiality the kernel does not load programs that
 * call bpf_probe_read_kernel().
 */
#ifndef COMPAT_H
#define COMPAT_H

#include "kernel.h"

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/*
 * Each object declares the function under a name of its own, because bpftool
 * 7.1 links an extern function into one object only. libbpf ignores the part of
 * the name after ___.
 */
#define FLAVOUR_(name, object) name##___##object
#define FLAVOUR(name, object)  FLAVOUR_(name, object)
#define bpf_rdonly_cast	       FLAVOUR(bpf_rdonly_cast, OBJECT)

extern void *bpf_rdonly_cast(const void *obj, unsigned int type) __ksym __weak;

/*
 * ONLY_HERE stands between a bpf_core_field_exists() and the access that
 * depends on it. It keeps clang from computing the address of the field before
 * the check. Accessors that callers use in loops are not inlined, because clang
 * would hoist the offset of the field out of the loop.
 */
#define ONLY_HERE(ptr) asm volatile("" : "+r"(ptr))

/**
 * PLAIN - the same pointer, but not a trusted one to the verifier
 * @type: the type that it points to
 * @ptr: an argument of a hook, or the current task
 *
 * From 6.2 on the verifier searches the kernel's BTF several times for each
 * pointer that a program reads through a trusted pointer
 * (kernel/bpf/verifier.c:type_is_trusted() and similar functions). These
 * searches took half of the load time. A read through an untrusted pointer
 * yields 0 if it faults, and the programs only read.
 */
#define PLAIN(type, ptr)                                                       \
	(bpf_ksym_exists(bpf_rdonly_cast) ?                                    \
		 (type *)bpf_rdonly_cast(ptr, bpf_core_type_id_kernel(type)) : \
		 (type *)(ptr))

/*
 * OPENS_MEMORY - may files of procfs show memory to a task that may not trace?
 *
 * From 6.16 on they may (escape_memory.h). bpf_rdonly_cast() is there from 6.2 on.
 */
#define OPENS_MEMORY bpf_ksym_exists(bpf_rdonly_cast)

/*
 * OWN_FUNCTION - what follows a test that most calls end with
 *
 * As a function of its own it saves and restores registers for itself alone. The
 * verifier of 5.10 gives up on a program of five protections with such functions.
 */
#ifdef OLD_KERNEL
#define OWN_FUNCTION __always_inline
#else
#define OWN_FUNCTION __noinline
#endif

/*
 * Two objects are built from this source. The one for kernels before 5.11
 * (OLD_KERNEL) has no typed pointer to the current task, since those kernels
 * lack bpf_get_current_task_btf(): it gets the task as a plain number, through
 * which only a helper can read. Hence no protection loads there under
 * lockdown=confidentiality.
 *
 * READ - a field of a structure that was reached through current_task()
 */
#ifdef OLD_KERNEL

static __noinline __u64 read_u64(const void *field)
{
	__u64 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), field);
	return value;
}

static __noinline __u32 read_u32(const void *field)
{
	__u32 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), field);
	return value;
}

#define READ(src, field)                                             \
	((typeof((src)->field +                                      \
		 0))__builtin_choose_expr(sizeof((src)->field) == 8, \
					  read_u64(&(src)->field),   \
					  read_u32(&(src)->field)))

/** current_task - the calling task; its fields are read with READ() */
static __always_inline struct task_struct *current_task(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

#else

#define READ(src, field) ((src)->field)

static __always_inline struct task_struct *current_task(void)
{
	return PLAIN(struct task_struct, bpf_get_current_task_btf());
}

#endif

/** word_of - the 8 bytes at an address, from 6.2 on */
static __always_inline __u64 word_of(const void *address)
{
	/*
	 * The first field of timespec64 is a number. A pointer would not do,
	 * because the verifier restricts arithmetic on pointers.
	 */
	const struct timespec64 *word =
		bpf_rdonly_cast(address,
				bpf_core_type_id_kernel(struct timespec64));

	return word->tv_sec;
}

#define OFFSET(type, field) bpf_core_field_offset(struct type, field)

/**
 * read_word - the 8 bytes at an address of kernel memory; 0 if they cannot be read
 * @reads: may helpers read? A constant: the kernel loads no program that could
 *	call one where they may not.
 * @address: the address
 */
static __always_inline __u64 read_word(bool reads, __u64 address)
{
	__u64 value = 0;

	if (bpf_ksym_exists(bpf_rdonly_cast))
		return word_of((const void *)address);
	if (reads)
		bpf_probe_read_kernel(&value, sizeof(value),
				      (const void *)address);
	return value;
}

/**
 * address_of - the address in a pointer, as a number
 * @reads: as for read_word()
 * @pointer: the pointer
 *
 * The verifier allows no arithmetic on pointers but addition. So the pointer is
 * read from memory.
 */
static __always_inline __u64 address_of(bool reads,
					const volatile void *pointer)
{
	return read_word(reads, (__u64)&pointer);
}

/* 1 if the value is 0, otherwise 0; ONLY_HERE keeps clang from branching */
static __always_inline __u64 is_zero(__u64 value)
{
	__u64 top = value | -value;

	ONLY_HERE(top);
	return (top >> 63) ^ 1;
}

static __always_inline __u64 same(__u64 a, __u64 b)
{
	return is_zero(a ^ b);
}

/**
 * reads_module - does the kernel read the file as a module?
 * @id: enum kernel_read_file_id
 *
 * From 6.19 on, modules that the kernel itself decompresses have an id of
 * their own (kernel/module/main.c:init_module_from_file()).
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

/**
 * loads_module - does the kernel load the data as a module?
 * @id: enum kernel_load_data_id
 */
static __always_inline bool loads_module(unsigned int id)
{
	return id ==
	       bpf_core_enum_value(enum kernel_load_data_id, LOADING_MODULE);
}

/**
 * SETATTR_DENTRY - the dentry among the arguments of inode_setattr
 * @ctx: the arguments of the hook
 *
 * 6.9 put the idmap in front of the dentry, in the same release that added the
 * hook inode_post_setattr ("security: Align inode_setattr hook definition with
 * EVM").
 */
#define SETATTR_DENTRY(ctx)                                                  \
	hook_dentry(ctx,                                                     \
		    bpf_core_field_exists(((union security_list_options *)0) \
						  ->inode_post_setattr))

/**
 * XATTR_DENTRY - the dentry among those of inode_setxattr, inode_removexattr
 * @ctx: the arguments of the hook
 *
 * 5.12 put the user namespace of the mount in front of the dentry ("xattr:
 * handle idmapped mounts"); later kernels pass the idmap there.
 */
#define XATTR_DENTRY(ctx)                                               \
	hook_dentry(ctx, bpf_core_field_exists(                         \
				 ((struct vfsmount *)0)->mnt_userns) || \
				 bpf_core_field_exists(                 \
					 ((struct vfsmount *)0)->mnt_idmap))

/*
 * hook_dentry - the first or the second argument of a hook
 *
 * ONLY_HERE keeps clang from merging the two loads into one load from a
 * computed offset, which the verifier does not accept.
 */
static __always_inline const struct dentry *
hook_dentry(const unsigned long long *ctx, bool second)
{
	const struct dentry *d;

	if (second) {
		d = (const void *)ctx[1];
		ONLY_HERE(d);
		return PLAIN(struct dentry, d);
	}
	d = (const void *)ctx[0];
	ONLY_HERE(d);
	return PLAIN(struct dentry, d);
}

/**
 * HAS_USERNS_CREATE - does the kernel have the hook userns_create?
 *
 * 6.1 added the hook ("security, lsm: Introduce security_create_user_ns()").
 */
#define HAS_USERNS_CREATE \
	bpf_core_field_exists(((union security_list_options *)0)->userns_create)

/**
 * mount_of - the struct mount around a vfsmount, as an address
 * @m: the vfsmount
 *
 * The verifier offers no typed access to memory in front of a pointer. Callers
 * read the struct mount with a helper or through bpf_rdonly_cast().
 */
static __always_inline __u64 mount_of(const struct vfsmount *m)
{
	return (__u64)m - bpf_core_field_offset(struct mount, mnt);
}

/**
 * mount_shared - does a mount on this mount propagate to other mounts?
 * @m: the mount, from the path argument of a hook
 *
 * 6.17 moved the flag from the vfsmount to the struct mount around it ("mount:
 * separate the flags accessed only under namespace_sem"). Reading that needs
 * bpf_rdonly_cast(), which is there from 6.2 on.
 */
static __noinline __attribute__((unused)) bool
mount_shared(const struct vfsmount *m)
{
	const struct mount *around = NULL;

	if (!bpf_core_field_exists(around->mnt_t_flags))
		return m->mnt_flags & MNT_SHARED;
	if (!bpf_ksym_exists(bpf_rdonly_cast))
		return true;
	around = bpf_rdonly_cast((const void *)mount_of(m),
				 bpf_core_type_id_kernel(struct mount));
	return around->mnt_group_id;
}

/**
 * whole_disk - the device number (dev_t) of the disk that holds a block device
 *
 * 5.11 made partition 0 a block device ("block: merge struct block_device and
 * struct hd_struct"). On older kernels a partition points to the whole disk.
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

/**
 * is_gone - was the disk of a block device taken away?
 *
 * 5.10 takes the flag GENHD_FL_UP away. Since 5.15 there is a bit for it in the state
 * of the disk, GD_DEAD (block/genhd.c:del_gendisk()).
 */
static __noinline __attribute__((unused)) bool
is_gone(const struct block_device *bdev)
{
	const struct gendisk *disk = READ(bdev, bd_disk);

	if (bpf_core_field_exists(bdev->bd_contains)) {
		ONLY_HERE(disk);
		return !(READ(disk, flags) & 0x10);
	}
	ONLY_HERE(disk);
	return READ(disk, state) & 1UL << 2;
}

#endif /* COMPAT_H */
