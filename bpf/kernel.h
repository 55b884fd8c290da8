/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel types, written by hand, with only the fields that the programs read.
 * libbpf looks up the offset of each field in the running kernel (CO-RE), so
 * the order and the size of the fields have no meaning here.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include "bpflock.h"

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef signed char __s8;
typedef short __s16;
typedef int __s32;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;
typedef __u32 __wsum;
typedef _Bool bool;

#define true 1
#define false 0
#define NULL ((void *)0)

#define EPERM 1

/* include/uapi/linux/bpf.h: numbers of the ABI, the same in every kernel */
#define BPF_MAP_TYPE_HASH     1
#define BPF_MAP_TYPE_ARRAY    2
#define BPF_MAP_TYPE_LRU_HASH 9
#define BPF_MAP_TYPE_QUEUE    22
#define BPF_MAP_TYPE_RINGBUF  27
#define BPF_NOEXIST	      1
#define BPF_F_NO_PREALLOC     1
#define BPF_RB_RING_SIZE      1
#define BPF_RB_CONS_POS	      2
#define BPF_RB_PROD_POS	      3

enum bpf_cmd {
	BPF_MAP_CREATE = 0,
	BPF_PROG_LOAD = 5,
	BPF_OBJ_PIN = 6,
	BPF_OBJ_GET = 7,
	BPF_PROG_ATTACH = 8,
	BPF_PROG_DETACH = 9,
	BPF_RAW_TRACEPOINT_OPEN = 17,
	BPF_BTF_LOAD = 18,
	BPF_LINK_CREATE = 28,
	BPF_LINK_UPDATE = 29,
	BPF_LINK_GET_FD_BY_ID = 30,
	BPF_TOKEN_CREATE = 36,
};

#define BPF_PROG_TYPE_EXT 28
#define BPF_PROG_TYPE_LSM 29
#define BPF_CGROUP_SYSCTL 18 /* attach types */
#define BPF_MODIFY_RETURN 26
#define BPF_LSM_MAC	  27
#define BPF_LSM_CGROUP	  43

/* include/uapi/linux/capability.h */
#define CAP_DAC_OVERRIDE    1
#define CAP_DAC_READ_SEARCH 2
#define CAP_SYS_MODULE	    16
#define CAP_SYS_ADMIN	    21
#define CAP_PERFMON	    38

/* include/linux/sched.h */
#define PF_IO_WORKER 0x00000010
#define PF_KTHREAD   0x00200000

/* include/linux/ptrace.h */
#define PTRACE_MODE_ATTACH  0x02
#define PTRACE_MODE_NOAUDIT 0x04

/* include/linux/fs.h */
#define FMODE_WRITE	0x2
#define FMODE_EXEC	0x20
#define FMODE_WRITER	0x10000 /* opened by path, for writing */
#define FS_REQUIRES_DEV 1

/* include/uapi/asm-generic/mman-common.h */
#define PROT_READ 0x1
#define PROT_EXEC 0x4

/*
 * include/linux/dcache.h: DCACHE_MOUNTED, as BIT(16) and as BIT(15). On each
 * kernel the other bit belongs to dentries that are being freed or automounted.
 */
#define DCACHE_MAYBE_MOUNTED 0x18000

/* include/linux/mount.h */
#define MNT_DETACH   2 /* umount2(2) */
#define MNT_SHARED   0x1000
#define MNT_INTERNAL 0x4000 /* the kernel made the mount for itself */

/* include/uapi/linux/magic.h */
#define TRACEFS_MAGIC	    0x74726163
#define PROC_SUPER_MAGIC    0x9fa0
#define CGROUP2_MAGIC	    0x63677270
#define BPF_FS_MAGIC	    0xcafe4a11
#define TMPFS_MAGIC	    0x01021994
#define RAMFS_MAGIC	    0x858458f6
#define HUGETLBFS_MAGIC	    0x958458f6
#define SYSFS_MAGIC	    0x62656572
#define NSFS_MAGIC	    0x6e736673
#define CGROUP1_MAGIC	    0x27e0eb
#define BINFMTFS_MAGIC	    0x42494e4d
#define UBIFS_MAGIC	    0x24051905
#define JFFS2_MAGIC	    0x72b6
#define BTRFS_MAGIC	    0x9123683e
#define EFIVARFS_MAGIC	    0xde5e81e4
#define SELINUX_MAGIC	    0xf97cff8c
#define SECURITYFS_MAGIC    0x73636673
#define ANON_INODE_FS_MAGIC 0x09041934
#define CONFIGFS_MAGIC	    0x62656570
#define RPC_PIPEFS_MAGIC    0x67596969 /* net/sunrpc/rpc_pipe.c */

/* include/linux/fs.h, include/uapi/linux/mount.h */
#define SB_RDONLY      1
#define MS_RDONLY      1
#define MS_REMOUNT     32
#define MS_BIND	       4096
#define MS_MOVE	       8192
#define MS_REC	       16384
#define MS_PROPAGATION (15UL << 17) /* unbindable, private, slave, shared */

/* include/uapi/linux/stat.h: the file type in the mode */
#define S_IFMT	0170000
#define S_IFBLK 0060000
#define S_IFCHR 0020000

/* include/linux/kdev_t.h */
#define MAJOR(dev) ((dev) >> 20)

/* include/uapi/linux/netlink.h */
#define NETLINK_KOBJECT_UEVENT 15

/* include/uapi/linux/sched.h: for clone3(2) only */
#define CLONE_INTO_CGROUP (1ULL << 33)

#pragma clang attribute push(__attribute__((preserve_access_index)), \
			     apply_to = record)

struct ns_common {
	unsigned int inum;
};

struct mnt_namespace {
	struct ns_common ns;
	struct mount *root; /* the lowest of its mounts */
};

struct pid_namespace {
	struct ns_common ns;
	struct task_struct *child_reaper;
};

struct net {
	struct ns_common ns;
};

struct ipc_namespace {
	struct ns_common ns;
};

struct uts_namespace {
	struct ns_common ns;
};

struct cgroup_namespace {
	struct ns_common ns;
};

struct time_namespace {
	struct ns_common ns;
};

struct user_namespace {
	struct ns_common ns;
};

struct nsproxy {
	struct uts_namespace *uts_ns;
	struct ipc_namespace *ipc_ns;
	struct mnt_namespace *mnt_ns;
	struct net *net_ns;
	struct time_namespace *time_ns;
	struct cgroup_namespace *cgroup_ns;
};

struct upid {
	struct pid_namespace *ns;
};

struct list_head {
	struct list_head *next;
};

struct hlist_node {
	struct hlist_node *next;
};

struct hlist_head {
	struct hlist_node *first;
};

struct pid {
	unsigned int level;
	struct hlist_head tasks[1]; /* by enum pid_type */
	struct upid numbers[1];
};

typedef struct {
	unsigned int val;
} kuid_t;

struct cred {
	kuid_t uid;
	struct user_namespace *user_ns;
};

struct kernfs_node {
	struct kernfs_node *parent;
	const char *name;
	unsigned int hash;
	void *priv; /* of a directory of a cgroup: the cgroup */
	__u64 id;
};

struct cgroup {
	struct kernfs_node *kn;
	int level;
	struct cgroup *ancestors[]; /* from 6.1 on */
};

struct cgroup___ids {
	__u64 ancestor_ids[1]; /* before 6.1; the cgroup's own is the last one */
};

struct css_set {
	struct cgroup *dfl_cgrp;
};

struct task_struct {
	unsigned int flags;
	int pid;
	int tgid;
	struct task_struct *real_parent;
	struct task_struct *group_leader;
	struct pid *thread_pid;
	struct hlist_node pid_links[1];
	__u64 start_boottime;
	int exit_state;
	const struct cred *cred;
	struct nsproxy *nsproxy;
	struct css_set *cgroups;
	struct list_head cg_list;
	struct mm_struct *mm;
	struct fs_struct *fs;
	struct nameidata *nameidata; /* while it looks up a path */
};

struct gendisk {
	struct block_device *part0;
	unsigned long state;
	int flags;
};

struct block_device {
	unsigned int bd_dev;
	struct block_device *bd_contains; /* up to 5.10 */
	struct gendisk *bd_disk;
};

struct file_system_type {
	const char *name;
	int fs_flags;
};

struct timespec64 {
	__s64 tv_sec;
};

struct super_block {
	struct list_head s_mounts; /* up to 6.17 */
	unsigned int s_dev;
	struct file_system_type *s_type;
	unsigned long s_flags;
	void *s_mtd; /* the raw flash memory that it is on */
	unsigned long s_magic;
	struct dentry *s_root;
	struct block_device *s_bdev;
	struct user_namespace *s_user_ns;
};

struct inode {
	unsigned short i_mode;
	struct super_block *i_sb;
	unsigned int i_nlink;
	unsigned long i_ino;
	void *i_private;
	unsigned int i_rdev;
};

struct qstr {
	__u32 hash;
	__u32 len;
	const unsigned char *name;
};

struct dentry {
	unsigned int d_flags;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
	struct super_block *d_sb;
	unsigned char d_iname[32];
};

struct vfsmount {
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
	int mnt_flags;
	void *mnt_userns;
	void *mnt_idmap;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
	struct list_head mnt_mounts; /* mounts on this one, by their mnt_child */
	struct list_head mnt_child;
	struct list_head mnt_share; /* its peers */
	struct list_head mnt_instance; /* mounts of the superblock, to 6.17 */
	struct mount *mnt_next_for_sb; /* the same, from 6.18 on */
	struct mount *mnt_master;
	struct mnt_namespace *mnt_ns;
	int mnt_t_flags; /* from 6.17 on */
	int mnt_group_id;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct fs_struct {
	struct path root;
};

struct nameidata {
	struct path path;
};

struct fs_context {
	struct file_system_type *fs_type;
	struct dentry *root;
};

struct address_space {
	struct inode *host;
};

struct bdev_inode {
	struct block_device bdev;
	struct inode vfs_inode;
};

struct file {
	unsigned int f_mode;
	unsigned int f_flags;
	struct address_space *f_mapping;
	struct path f_path;
	struct inode *f_inode;
};

struct proc_inode {
	struct pid *pid; /* below /proc/PID */
	struct inode vfs_inode;
};

struct mm_struct {
	struct file *exe_file;
};

struct vm_area_struct {
	struct file *vm_file;
};

typedef struct {
	struct net *net;
} possible_net_t;

struct sock_common {
	possible_net_t skc_net;
};

struct sock {
	struct sock_common __sk_common;
	unsigned short sk_protocol;
};

struct linux_binprm {
	struct file *file;
	const char *filename;
	const char *interp;
	char buf[2];
};

struct fs_parameter {
	const char *key;
};

enum bpf_map_type { BPF_MAP_TYPE_UNSPEC };

struct bpf_map {
	enum bpf_map_type map_type;
	__u32 value_size;
	__u32 max_entries;
	__u32 map_flags;
	char name[16];
};

enum bpf_prog_type { BPF_PROG_TYPE_UNSPEC };

struct bpf_prog_aux {
	char name[16];
	const char *attach_func_name;
};

struct bpf_prog {
	enum bpf_prog_type type;
	struct bpf_prog_aux *aux;
};

struct io_uring_cmd {
	struct file *file;
	unsigned int cmd_op;
};

/* The running kernel has one member for each of its LSM hooks. */
union security_list_options {
	void *inode_post_setattr;
	void *inode_file_setattr;
	void *userns_create;
};

#pragma clang attribute pop

/* compat.h asks by name whether the running kernel has the helper. */
enum bpf_func_id {
	BPF_FUNC_get_current_task_btf = 158,
	BPF_FUNC_loop = 181,
};

/*
 * Only the names matter in the three enums below: libbpf looks up the number
 * of each name in the running kernel.
 */
#define REASONS(WORD, OP, op, means, ...) __VA_ARGS__ __VA_OPT__(, )
enum lockdown_reason {
	LOCKDOWN_NONE,
	KIMG_LIST(REASONS) LOCKDOWN_INTEGRITY_MAX,
};
#undef REASONS

enum kernel_read_file_id {
	READING_UNKNOWN,
	READING_FIRMWARE,
	READING_MODULE,
	READING_KEXEC_IMAGE,
	READING_MODULE_COMPRESSED,
};

enum kernel_load_data_id {
	LOADING_UNKNOWN,
	LOADING_MODULE,
};

#endif /* KERNEL_H */
