/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel side and user space agree on: operations, the frozen policy
 * of a protection, and the event record. No includes: both sides have their
 * own headers, and plain C types are the same size in both.
 *
 * An operation is a bit in a 64-bit mask. The names that policies use for
 * them stand in init/protections.c, in the order of these enums.
 */
#ifndef BPFLOCK_H
#define BPFLOCK_H

enum bpflock_protection {
	BPFLOCK_KIMG,
	BPFLOCK_KMODULES,
	BPFLOCK_DISABLEBPF,
	BPFLOCK_FILELESS,
	BPFLOCK_ROOTFS,
	BPFLOCK_SYSFS,
	BPFLOCK_NAMESPACES,
	BPFLOCK_ESCAPE,
	BPFLOCK_SELF,
	BPFLOCK_PROTECTIONS,
};

/* kimg: the integrity operations come first, confidentiality follows. */
enum kimg_op {
	KIMG_AUTOLOAD_MODULE,
	KIMG_UNSIGNED_MODULE,
	KIMG_UNSAFE_MODULE_PARAMETERS,
	KIMG_DEV_MEM,
	KIMG_EFI_TEST,
	KIMG_KEXEC,
	KIMG_HIBERNATION,
	KIMG_PCI_ACCESS,
	KIMG_IOPORT,
	KIMG_MSR,
	KIMG_ACPI_TABLES,
	KIMG_DEVICE_TREE,
	KIMG_PCMCIA_CIS,
	KIMG_TIOCSSERIAL,
	KIMG_MMIOTRACE,
	KIMG_DEBUGFS,
	KIMG_XMON_WR,
	KIMG_BPF_WRITE,
	KIMG_DBG_WRITE_KERNEL,
	KIMG_RTAS_ERROR_INJECTION,
	KIMG_XEN_USER_ACTIONS,
	KIMG_OTHER, /* an integrity reason newer than this list */
	KIMG_KCORE, /* the first confidentiality operation */
	KIMG_KPROBES,
	KIMG_BPF_READ,
	KIMG_DBG_READ_KERNEL,
	KIMG_PERF,
	KIMG_TRACEFS,
	KIMG_XMON_RW,
	KIMG_XFRM_SECRET,
	KIMG_OPS,
};

enum kmodules_op {
	KMODULES_LOAD_MODULE,
	KMODULES_UNLOAD_MODULE,
	KMODULES_AUTOLOAD_MODULE,
	KMODULES_UNSIGNED_MODULE,
	KMODULES_UNSAFE_MODULE_PARAMETERS,
	KMODULES_OPS,
};

enum disablebpf_op {
	DISABLEBPF_MAP_CREATE,
	DISABLEBPF_BTF_LOAD,
	DISABLEBPF_PROG_LOAD,
	DISABLEBPF_BPF_WRITE,
	DISABLEBPF_LINK_CREATE,
	DISABLEBPF_OBJ_PIN,
	DISABLEBPF_OBJ_GET,
	DISABLEBPF_PROG_ATTACH,
	DISABLEBPF_TOKEN_CREATE,
	DISABLEBPF_OTHER, /* every other command, present and future */
	DISABLEBPF_OPS,
};

enum fileless_op {
	FILELESS_EXEC,
	FILELESS_INTERP,
	FILELESS_MMAP,
	FILELESS_TMPFS, /* no mode covers it, only a list */
	FILELESS_OPS,
};

enum rootfs_op {
	ROOTFS_REMOUNT,
	ROOTFS_MOUNT_OVER,
	ROOTFS_RAW_WRITE,
	ROOTFS_OPS,
};

enum sysfs_op {
	SYSFS_WRITE,
	SYSFS_SETATTR,
	SYSFS_MOUNT,
	SYSFS_OPS,
};

enum namespaces_op {
	NAMESPACES_USER,
	NAMESPACES_MNT,
	NAMESPACES_PID,
	NAMESPACES_NET,
	NAMESPACES_IPC,
	NAMESPACES_UTS,
	NAMESPACES_CGROUP,
	NAMESPACES_TIME,
	NAMESPACES_ENTER,
	NAMESPACES_OPS,
};

enum escape_op {
	ESCAPE_PTRACE,
	ESCAPE_NSENTER,
	ESCAPE_USERMODEHELPER,
	ESCAPE_BLOCKDEV,
	ESCAPE_OPS,
};

/* The lock itself. */
enum self_op {
	SELF_PINS, /* names and modes below /sys/fs/bpf/bpflock */
	SELF_TRUST, /* the way into a trusted cgroup */
	SELF_FTRACE, /* the sysctl that stops BPF programs */
	SELF_OBJECTS, /* descriptors of our programs, maps and links */
	SELF_WRITES, /* those that can be written */
	SELF_MOUNTS, /* the bpffs with the pins, and what it is mounted on */
	SELF_PROGRAMS, /* programs that could overrule ours */
	SELF_INIT, /* tracing PID 1 */
	SELF_OPS,
};

/* Under seal=on these bind the host as well. */
#define SELF_SEAL                                                \
	(BPFLOCK_BIT(SELF_PINS) | BPFLOCK_BIT(SELF_WRITES) |     \
	 BPFLOCK_BIT(SELF_MOUNTS) | BPFLOCK_BIT(SELF_PROGRAMS) | \
	 BPFLOCK_BIT(SELF_INIT))

enum bpflock_mode {
	BPFLOCK_ALLOW, /* from the weakest to the strictest */
	BPFLOCK_AUDIT,
	BPFLOCK_RESTRICT,
	BPFLOCK_DENY,
	BPFLOCK_MODES,
};

/* The namespaces of scope=, also the order of the inodes in the records. */
enum bpflock_ns {
	BPFLOCK_NS_MNT,
	BPFLOCK_NS_PID,
	BPFLOCK_NS_NET,
	BPFLOCK_NS_USER,
	BPFLOCK_NS_IPC,
	BPFLOCK_NS_UTS,
	BPFLOCK_NS_CGROUP,
	BPFLOCK_NS_TIME,
	BPFLOCK_NSS,
};

#define BPFLOCK_BIT(n)	     (1ULL << (n))
#define BPFLOCK_OPS_MAX	     64
#define BPFLOCK_TRUST_MAX    8 /* trusted cgroups */
#define BPFLOCK_TRUST_DEPTH  6 /* path components of one of them */
#define BPFLOCK_TRUST_NAME   31 /* bytes of a component: dentry_name() */
#define BPFLOCK_TRUST_TEXT   512
#define BPFLOCK_FOLDERS_MAX  8 /* rootfs.protect= */
#define BPFLOCK_FOLDER_DEPTH 4 /* path components of one of them */
#define BPFLOCK_FOLDER_NAME  31 /* bytes of a component */
#define BPFLOCK_FOLDERS_TEXT 256
#define BPFLOCK_BELOW_MAX    32 /* block devices below others */
#define BPFLOCK_SOURCE_LEN   96
#define BPFLOCK_OBJECT_LEN   96
#define BPFLOCK_COMM_LEN     16

/* What one setting says: mode and lists, and the masks that they make. */
struct bpflock_part {
	unsigned long long deny_host; /* bit = operation, denied to host */
	unsigned long long deny_other; /* ... to every other process */
	unsigned long long audit_host; /* passes, and is reported */
	unsigned long long audit_other;
	unsigned long long allow;
	unsigned long long block;
	unsigned int mode; /* enum bpflock_mode */
	unsigned int has_allow; /* an allow list was given, even an empty one */
	char source[BPFLOCK_SOURCE_LEN]; /* where it came from */
};

/*
 * The policy of one protection: the section .rodata.<key>, frozen at load.
 * The first half is what the programs look at, the second is kept beside it
 * for those who ask what is enforced.
 */
struct bpflock_policy {
	struct bpflock_part now;
	struct bpflock_part late; /* in addition, once late_state is on */
	unsigned int scope; /* bit = enum bpflock_ns that must be initial */
	unsigned int ns_inum[BPFLOCK_NSS]; /* the initial namespaces */
	/*
	 * Scopes of the other protections, and cgroups that only they trust
	 * (all after host_trusts): escape guards their host processes as well.
	 * self guards the cgroups that anyone trusts, and trusts none.
	 */
	unsigned int other_scope[BPFLOCK_PROTECTIONS]; /* 0: none */
	unsigned int host_trusts;
	unsigned int trusts;
	unsigned int trust_depth[BPFLOCK_TRUST_MAX];
	/* kernfs name hashes, the path's last component first */
	unsigned int trust_hash[BPFLOCK_TRUST_MAX][BPFLOCK_TRUST_DEPTH];
	unsigned int pin_dev; /* dev_t of the bpffs with the pins */
	unsigned int module_sig; /* 0: the kernel does not check signatures */
	unsigned int read_strings; /* 1: bpf_probe_read_kernel_str() may be used */
	/* who loads this: /proc/PID/stat's first field and its 22nd, 0: nobody */
	unsigned int loader_pid;
	unsigned long long loader_start;

	/* rootfs alone */
	unsigned int initramfs_dev; /* dev_t of PID 1's first root, or 0 */
	unsigned int folders;
	unsigned int folder_depth[BPFLOCK_FOLDERS_MAX];
	unsigned int folder_hash[BPFLOCK_FOLDERS_MAX][BPFLOCK_FOLDER_DEPTH];
	unsigned int belows;
	unsigned int below_upper[BPFLOCK_BELOW_MAX]; /* dev_t: dm, md, btrfs */
	unsigned int below_lower[BPFLOCK_BELOW_MAX]; /* dev_t of its member */

	unsigned int version; /* BPFLOCK_POLICY_VERSION */
	unsigned int missing_hooks; /* bit = place in the table's row */
	unsigned long long missing; /* operations that this kernel lacks */
	unsigned long long unguarded; /* asked for, and cannot be decided here */
	char trust_text[BPFLOCK_TRUST_TEXT];
	char folders_text[BPFLOCK_FOLDERS_TEXT];
};

#define BPFLOCK_POLICY_VERSION 3
#define BPFLOCK_START_NS       10000000 /* what loader_start counts in */

/*
 * The hash of a name of up to BPFLOCK_FOLDER_NAME bytes, as four words with
 * zeros behind it. Two names with the same hash are both protected.
 */
#define BPFLOCK_FOLDER_WORDS 4
#define BPFLOCK_FOLDER_HASH(hash, word) \
	(((hash) ^ (word)) * 0x9e3779b97f4a7c15ULL)

/* One per operation in the array map <key>_counters. */
struct bpflock_counter {
	unsigned long long denied;
	unsigned long long audited;
};

/* lost events: the one slot of the array map events_lost. */

/*
 * late_state: the one slot of an array map, all bits once "bpflock late" has
 * been called. User space cannot write it; bpf/self.bpf.c does when a host
 * process makes the folder BPFLOCK_LATE below the pins, and never back.
 */
#define BPFLOCK_LATE "late"

enum bpflock_verdict {
	BPFLOCK_DENIED,
	BPFLOCK_WOULD_DENY,
};

/* One record in the ring buffer "events". */
struct bpflock_event {
	unsigned long long time_ns; /* CLOCK_BOOTTIME */
	unsigned long long cgroup; /* id in the cgroup v2 hierarchy */
	unsigned int pid; /* of the thread group, initial pid namespace */
	unsigned int tid;
	unsigned int ppid;
	unsigned int uid;
	unsigned int ns_inum[BPFLOCK_NSS];
	unsigned short protection; /* enum bpflock_protection */
	unsigned short op;
	unsigned short verdict; /* enum bpflock_verdict */
	unsigned short host; /* 1: counted as host */
	int detail; /* lockdown reason, file id or command; -1: none */
	char comm[BPFLOCK_COMM_LEN];
	char object[BPFLOCK_OBJECT_LEN]; /* module or file name, or empty */
};

/*
 * KIMG_REASONS(X): X(operation, name in enum lockdown_reason), in the words
 * of include/linux/security.h. The numbers move between versions, therefore
 * both sides look them up in the running kernel's BTF.
 */
#define KIMG_REASONS(X)                                              \
	X(KIMG_UNSIGNED_MODULE, LOCKDOWN_MODULE_SIGNATURE)           \
	X(KIMG_UNSAFE_MODULE_PARAMETERS, LOCKDOWN_MODULE_PARAMETERS) \
	X(KIMG_DEV_MEM, LOCKDOWN_DEV_MEM)                            \
	X(KIMG_EFI_TEST, LOCKDOWN_EFI_TEST)                          \
	X(KIMG_KEXEC, LOCKDOWN_KEXEC)                                \
	X(KIMG_HIBERNATION, LOCKDOWN_HIBERNATION)                    \
	X(KIMG_PCI_ACCESS, LOCKDOWN_PCI_ACCESS)                      \
	X(KIMG_IOPORT, LOCKDOWN_IOPORT)                              \
	X(KIMG_MSR, LOCKDOWN_MSR)                                    \
	X(KIMG_ACPI_TABLES, LOCKDOWN_ACPI_TABLES)                    \
	X(KIMG_DEVICE_TREE, LOCKDOWN_DEVICE_TREE)                    \
	X(KIMG_PCMCIA_CIS, LOCKDOWN_PCMCIA_CIS)                      \
	X(KIMG_TIOCSSERIAL, LOCKDOWN_TIOCSSERIAL)                    \
	X(KIMG_MMIOTRACE, LOCKDOWN_MMIOTRACE)                        \
	X(KIMG_DEBUGFS, LOCKDOWN_DEBUGFS)                            \
	X(KIMG_XMON_WR, LOCKDOWN_XMON_WR)                            \
	X(KIMG_BPF_WRITE, LOCKDOWN_BPF_WRITE_USER)                   \
	X(KIMG_DBG_WRITE_KERNEL, LOCKDOWN_DBG_WRITE_KERNEL)          \
	X(KIMG_RTAS_ERROR_INJECTION, LOCKDOWN_RTAS_ERROR_INJECTION)  \
	X(KIMG_XEN_USER_ACTIONS, LOCKDOWN_XEN_USER_ACTIONS)          \
	X(KIMG_KCORE, LOCKDOWN_KCORE)                                \
	X(KIMG_KPROBES, LOCKDOWN_KPROBES)                            \
	X(KIMG_DBG_READ_KERNEL, LOCKDOWN_DBG_READ_KERNEL)            \
	X(KIMG_PERF, LOCKDOWN_PERF)                                  \
	X(KIMG_TRACEFS, LOCKDOWN_TRACEFS)                            \
	X(KIMG_XMON_RW, LOCKDOWN_XMON_RW)                            \
	X(KIMG_XFRM_SECRET, LOCKDOWN_XFRM_SECRET)

/* One that was renamed in 5.15; every kernel has one of both. */
#define KIMG_REASONS_RENAMED(X)             \
	X(KIMG_BPF_READ, LOCKDOWN_BPF_READ) \
	X(KIMG_BPF_READ, LOCKDOWN_BPF_READ_KERNEL)

#endif /* BPFLOCK_H */
