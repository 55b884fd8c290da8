/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel side and user space agree on: the list of protections and
 * their operations, the record of a protection, and the event. This header
 * includes nothing: both sides have headers of their own, and the plain C
 * types used here have the same size in both.
 */
#ifndef BPFLOCK_H
#define BPFLOCK_H

/*
 * The one list of protections: X(word, WORD, what it guards).
 *
 * A row makes the protection known to both sides, to the tool and to the
 * tests. Its operations stand in <WORD>_LIST below, its hooks in
 * init/protections.c, its programs in bpf/<word>.bpf.c. CONTRIBUTING.md has
 * the steps.
 */
#define BPFLOCK_LIST(X)                                              \
	X(kimg, KIMG, "the running kernel's image")                  \
	X(kmodules, KMODULES, "kernel modules")                      \
	X(disablebpf, DISABLEBPF, "the bpf(2) system call")          \
	X(fileless, FILELESS, "executing code that has no file")     \
	X(rootfs, ROOTFS, "a root that is mounted read-only")        \
	X(sysfs, SYSFS, "the files of /sys")                         \
	X(namespaces, NAMESPACES, "making and entering namespaces")  \
	X(escape, ESCAPE, "the ways from a container into the host") \
	X(self, SELF, "the lock itself")

/*
 * The operations of a protection: X(WORD, OPERATION, operation, what it
 * means, needs...). An operation is a bit in a 64-bit mask; its place in the
 * list is its number.
 *
 * needs: the enumerators of which the kernel must have one, or the operation
 * does not exist there; none: every kernel has it. LOCKDOWN_ names are those
 * of include/linux/security.h. Their numbers move between versions, so both
 * sides look the names up in the running kernel's BTF.
 */

/* The integrity operations come first, from KCORE on confidentiality. */
#define KIMG_LIST(X)                                                           \
	X(KIMG, AUTOLOAD_MODULE, autoload_module,                              \
	  "the kernel loads a module for a caller")                            \
	X(KIMG, UNSIGNED_MODULE, unsigned_module,                              \
	  "load a module without a valid signature",                           \
	  LOCKDOWN_MODULE_SIGNATURE)                                           \
	X(KIMG, UNSAFE_MODULE_PARAMETERS, unsafe_module_parameters,            \
	  "set hardware parameters of modules", LOCKDOWN_MODULE_PARAMETERS)    \
	X(KIMG, DEV_MEM, dev_mem, "open /dev/mem, /dev/kmem, /dev/port",       \
	  LOCKDOWN_DEV_MEM)                                                    \
	X(KIMG, EFI_TEST, efi_test, "open /dev/efi_test", LOCKDOWN_EFI_TEST)   \
	X(KIMG, KEXEC, kexec, "load another kernel", LOCKDOWN_KEXEC)           \
	X(KIMG, HIBERNATION, hibernation, "hibernate or resume",               \
	  LOCKDOWN_HIBERNATION)                                                \
	X(KIMG, PCI_ACCESS, pci_access, "write PCI configuration and BARs",    \
	  LOCKDOWN_PCI_ACCESS)                                                 \
	X(KIMG, IOPORT, ioport, "iopl(2) and ioperm(2)", LOCKDOWN_IOPORT)      \
	X(KIMG, MSR, msr, "write model-specific registers", LOCKDOWN_MSR)      \
	X(KIMG, ACPI_TABLES, acpi_tables, "add or override ACPI tables",       \
	  LOCKDOWN_ACPI_TABLES)                                                \
	X(KIMG, DEVICE_TREE, device_tree, "change the device tree",            \
	  LOCKDOWN_DEVICE_TREE)                                                \
	X(KIMG, PCMCIA_CIS, pcmcia_cis, "replace PCMCIA card information",     \
	  LOCKDOWN_PCMCIA_CIS)                                                 \
	X(KIMG, TIOCSSERIAL, tiocsserial,                                      \
	  "set a serial port's address or interrupt", LOCKDOWN_TIOCSSERIAL)    \
	X(KIMG, MMIOTRACE, mmiotrace, "select a tracer in tracefs",            \
	  LOCKDOWN_MMIOTRACE)                                                  \
	X(KIMG, DEBUGFS, debugfs, "open debugfs files", LOCKDOWN_DEBUGFS)      \
	X(KIMG, XMON_WR, xmon_wr, "write with the xmon debugger",              \
	  LOCKDOWN_XMON_WR)                                                    \
	X(KIMG, BPF_WRITE, bpf_write, "BPF programs that write user memory",   \
	  LOCKDOWN_BPF_WRITE_USER)                                             \
	X(KIMG, DBG_WRITE_KERNEL, dbg_write_kernel,                            \
	  "write memory with the kernel debugger", LOCKDOWN_DBG_WRITE_KERNEL)  \
	X(KIMG, RTAS_ERROR_INJECTION, rtas_error_injection,                    \
	  "inject errors through RTAS", LOCKDOWN_RTAS_ERROR_INJECTION)         \
	X(KIMG, XEN_USER_ACTIONS, xen_user_actions, "Xen privcmd calls",       \
	  LOCKDOWN_XEN_USER_ACTIONS)                                           \
	X(KIMG, OTHER, other, "integrity reasons newer than this list")        \
	X(KIMG, KCORE, kcore, "read /proc/kcore", LOCKDOWN_KCORE)              \
	X(KIMG, KPROBES, kprobes, "set kprobes", LOCKDOWN_KPROBES)             \
	X(KIMG, BPF_READ, bpf_read, "BPF programs that read kernel memory",    \
	  LOCKDOWN_BPF_READ, LOCKDOWN_BPF_READ_KERNEL)                         \
	X(KIMG, DBG_READ_KERNEL, dbg_read_kernel,                              \
	  "read memory with the kernel debugger", LOCKDOWN_DBG_READ_KERNEL)    \
	X(KIMG, PERF, perf, "perf samples of kernel registers", LOCKDOWN_PERF) \
	X(KIMG, TRACEFS, tracefs, "open tracefs files", LOCKDOWN_TRACEFS)      \
	X(KIMG, XMON_RW, xmon_rw, "read and write with xmon",                  \
	  LOCKDOWN_XMON_RW)                                                    \
	X(KIMG, XFRM_SECRET, xfrm_secret, "read the keys of IPsec",            \
	  LOCKDOWN_XFRM_SECRET)

#define KMODULES_LIST(X)                                                \
	X(KMODULES, LOAD_MODULE, load_module, "load any module")        \
	X(KMODULES, UNLOAD_MODULE, unload_module, "unload a module")    \
	X(KMODULES, AUTOLOAD_MODULE, autoload_module,                   \
	  "the kernel loads a module for a caller")                     \
	X(KMODULES, UNSIGNED_MODULE, unsigned_module,                   \
	  "load a module without a valid signature")                    \
	X(KMODULES, UNSAFE_MODULE_PARAMETERS, unsafe_module_parameters, \
	  "set hardware parameters of modules")

#define DISABLEBPF_LIST(X)                                                \
	X(DISABLEBPF, MAP_CREATE, map_create, "BPF_MAP_CREATE")           \
	X(DISABLEBPF, BTF_LOAD, btf_load, "BPF_BTF_LOAD")                 \
	X(DISABLEBPF, PROG_LOAD, prog_load, "BPF_PROG_LOAD")              \
	X(DISABLEBPF, BPF_WRITE, bpf_write,                               \
	  "BPF programs that write user memory", LOCKDOWN_BPF_WRITE_USER) \
	X(DISABLEBPF, LINK_CREATE, link_create, "BPF_LINK_CREATE")        \
	X(DISABLEBPF, OBJ_PIN, obj_pin, "BPF_OBJ_PIN")                    \
	X(DISABLEBPF, OBJ_GET, obj_get, "BPF_OBJ_GET")                    \
	X(DISABLEBPF, PROG_ATTACH, prog_attach, "BPF_PROG_ATTACH")        \
	X(DISABLEBPF, TOKEN_CREATE, token_create, "BPF_TOKEN_CREATE")     \
	X(DISABLEBPF, OTHER, other, "every other command of bpf(2)")

#define FILELESS_LIST(X)                                                   \
	X(FILELESS, EXEC, exec, "execute a program that has no file")      \
	X(FILELESS, INTERP, interp, "use an interpreter that has no file") \
	X(FILELESS, MMAP, mmap, "map code from what has no file")          \
	X(FILELESS, TMPFS, tmpfs, "run code from a tmpfs")

#define ROOTFS_LIST(X)                                        \
	X(ROOTFS, REMOUNT, remount, "make the root writable") \
	X(ROOTFS, MOUNT_OVER, mount_over,                     \
	  "mount over / or a protected directory")            \
	X(ROOTFS, RAW_WRITE, raw_write, "write the root's block devices")

#define SYSFS_LIST(X)                                                  \
	X(SYSFS, WRITE, write, "open a sysfs file for writing")        \
	X(SYSFS, SETATTR, setattr, "change attributes of sysfs files") \
	X(SYSFS, MOUNT, mount, "make a writable sysfs mount")

#define NAMESPACES_LIST(X)                                       \
	X(NAMESPACES, USER, user, "make a user namespace")       \
	X(NAMESPACES, MNT, mnt, "make a mount namespace")        \
	X(NAMESPACES, PID, pid, "make a PID namespace")          \
	X(NAMESPACES, NET, net, "make a network namespace")      \
	X(NAMESPACES, IPC, ipc, "make an IPC namespace")         \
	X(NAMESPACES, UTS, uts, "make a UTS namespace")          \
	X(NAMESPACES, CGROUP, cgroup, "make a cgroup namespace") \
	X(NAMESPACES, TIME, time, "make a time namespace")       \
	X(NAMESPACES, ENTER, enter, "enter a namespace (setns(2))")

#define ESCAPE_LIST(X)                                                     \
	X(ESCAPE, PTRACE, ptrace, "trace or inspect a host process")       \
	X(ESCAPE, NSENTER, nsenter,                                        \
	  "get a host namespace file, open by file handle")                \
	X(ESCAPE, USERMODEHELPER, usermodehelper,                          \
	  "set a program that the kernel runs")                            \
	X(ESCAPE, BLOCKDEV, blockdev, "mount or write host block devices") \
	X(ESCAPE, EFIVARS, efivars, "set variables of the firmware")       \
	X(ESCAPE, LOCKDOWN, lockdown, "raise the kernel's lockdown")

/* self has no allow and block lists of its own: seal= chooses. */
#define SELF_LIST(X)                                                          \
	X(SELF, PINS, pins, "change names and modes below the pins")          \
	X(SELF, TRUST, trust, "get into a trusted cgroup")                    \
	X(SELF, FTRACE, ftrace, "write kernel.ftrace_enabled")                \
	X(SELF, OBJECTS, objects, "descriptors of our programs and maps")     \
	X(SELF, WRITES, writes, "descriptors of ours that can be written")    \
	X(SELF, MOUNTS, mounts, "move or unmount the bpffs with the pins")    \
	X(SELF, PROGRAMS, programs, "load programs that could overrule ours") \
	X(SELF, INIT, init, "trace PID 1")

#define BPFLOCK_ENUM(word, WORD, ...) BPFLOCK_##WORD,
enum bpflock_protection {
	BPFLOCK_LIST(BPFLOCK_ENUM) BPFLOCK_PROTECTIONS,
};

/* enum kimg_op { KIMG_AUTOLOAD_MODULE, ..., KIMG_OPS }, and so for each. */
#define BPFLOCK_OP_ENUM(WORD, OP, ...) WORD##_##OP,
#define BPFLOCK_OPS_ENUM(word, WORD, ...) \
	enum word##_op{ WORD##_LIST(BPFLOCK_OP_ENUM) WORD##_OPS };
BPFLOCK_LIST(BPFLOCK_OPS_ENUM)

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
#define BPFLOCK_DIRS_MAX     8 /* rootfs.protect= */
#define BPFLOCK_DIR_DEPTH    4 /* path components of one of them */
#define BPFLOCK_DIR_NAME     31 /* bytes of a component */
#define BPFLOCK_DIRS_TEXT    256
#define BPFLOCK_BELOW_MAX    32 /* block devices below others */
#define BPFLOCK_NEWROOTS_MAX 4 /* file systems that look like a root */
#define BPFLOCK_SOURCE_LEN   96
#define BPFLOCK_OBJECT_LEN   96
#define BPFLOCK_COMM_LEN     16

/*
 * What is denied, and what passes and is reported, to host processes and to
 * all others: bit = operation. If host and other are equal in both pairs, the
 * kernel side does not ask whether the caller is a host process.
 */
struct masks {
	unsigned long long deny_host, deny_other;
	unsigned long long audit_host, audit_other;
};

/* One setting: the masks, and the mode and lists that they come from. */
struct bpflock_part {
	struct masks masks;
	unsigned long long allow;
	unsigned long long block;
	unsigned int mode; /* enum bpflock_mode */
	unsigned int has_allow; /* an allow list was given, even an empty one */
	char source[BPFLOCK_SOURCE_LEN]; /* where it came from */
};

/*
 * The record of one protection: the section .rodata.<key>, frozen at load.
 * The programs read the first half. The second half is kept beside it for the
 * tool, which reads it back.
 */
struct bpflock_record {
	struct bpflock_part now;
	struct bpflock_part late; /* in addition, once late_state is on */
	unsigned int scope; /* bit = enum bpflock_ns that must be initial */
	unsigned int kinds; /* the same, of other_scope too */
	unsigned int ns_inum[BPFLOCK_NSS]; /* the initial namespaces */
	/*
	 * escape guards the host processes of the other protections too: their
	 * scopes are in other_scope, and the cgroups that only they trust are
	 * those from host_trusts on. self guards the cgroups that any
	 * protection trusts, and trusts none itself. The same holds for
	 * services and host_services: each is 0, or the hash of "system.slice".
	 */
	unsigned int other_scope[BPFLOCK_PROTECTIONS]; /* 0: none */
	unsigned int host_services, services;
	unsigned int host_trusts; /* the first ones; the record trusts these */
	unsigned int trusts;
	/* kernfs name hashes, the path's first component first, 0 behind */
	unsigned int trust_hash[BPFLOCK_TRUST_MAX][BPFLOCK_TRUST_DEPTH];
	unsigned int pin_dev; /* dev_t of the bpffs with the pins */
	unsigned int module_sig; /* 0: the kernel does not check signatures */
	unsigned int read_strings; /* 1: bpf_probe_read_kernel_str() may be used */
	/* the loader: fields 1 and 22 of its /proc/PID/stat; 0: none */
	unsigned int loader_pid;
	unsigned long long loader_start;

	unsigned int initramfs_dev; /* dev_t of PID 1's first root, or 0 */

	/* self alone: the roots that the machine can leave the initramfs for */
	unsigned int newroots;
	unsigned int newroot[BPFLOCK_NEWROOTS_MAX]; /* dev_t */
	unsigned int root_closed; /* 1: rootfs denies all to everybody */

	/* rootfs alone */
	unsigned int dirs;
	unsigned int dir_depth[BPFLOCK_DIRS_MAX];
	unsigned int dir_hash[BPFLOCK_DIRS_MAX][BPFLOCK_DIR_DEPTH];
	unsigned int belows;
	unsigned int below_upper[BPFLOCK_BELOW_MAX]; /* dev_t: dm, md, btrfs */
	unsigned int below_lower[BPFLOCK_BELOW_MAX]; /* dev_t of its member */

	unsigned int version; /* BPFLOCK_RECORD_VERSION */
	unsigned int missing_hooks; /* bit = place in the table's row */
	unsigned long long missing; /* operations that this kernel lacks */
	unsigned long long unguarded; /* asked for, and cannot be decided here */
	char trust_text[BPFLOCK_TRUST_TEXT + 16]; /* as in a policy */
	char dirs_text[BPFLOCK_DIRS_TEXT];
};

#ifndef BPFLOCK_RECORD_VERSION /* tests/vm: a binary of another version */
#define BPFLOCK_RECORD_VERSION 9
#endif
#define BPFLOCK_START_NS 10000000 /* what loader_start counts in */

/* kernfs name hashes, as in the records, of names that services have. */
#define BPFLOCK_HASH_SLICE   0x5dd3b93c /* system.slice */
#define BPFLOCK_HASH_UDEVD   0xd920996 /* systemd-udevd.service */
#define BPFLOCK_HASH_UDEV    0x58728c7b /* udev */
#define BPFLOCK_HASH_WORKERS 0x5eb3dde5 /* workers */

/*
 * The hash of a name of up to BPFLOCK_DIR_NAME bytes, as four words with
 * zeros behind it. Two names with the same hash are both guarded.
 */
#define BPFLOCK_DIR_WORDS	     4
#define BPFLOCK_DIR_HASH(hash, word) (((hash) ^ (word)) * 0x9e3779b97f4a7c15ULL)

/* One per operation in the array map <key>_counters. */
struct bpflock_counter {
	unsigned long long denied;
	unsigned long long audited;
};

/*
 * The map late_state has one element: all bits are set once "bpflock late" has
 * been called. User space cannot write it. bpf/self.bpf.c sets it when a host
 * process makes the directory BPFLOCK_LATE below the pins, and never clears it.
 */
#define BPFLOCK_LATE "late"

enum bpflock_verdict {
	BPFLOCK_DENIED,
	BPFLOCK_WOULD_DENY,
};

/*
 * The kind of an event, the key of the map events_kinds. Calls of one kind take
 * one event, until a reader has taken it out of the ring.
 */
struct bpflock_kind {
	unsigned long long cgroup;
	char comm[BPFLOCK_COMM_LEN];
	unsigned int about; /* of the event */
	unsigned int uid;
	unsigned short protection;
	unsigned short op;
	unsigned short verdict;
	unsigned short host;
};

struct bpflock_seen {
	unsigned long long times;
	unsigned long long last_ns; /* CLOCK_BOOTTIME */
	unsigned long long end; /* of the last event, as the ring counts bytes */
};

/*
 * What a cgroup has in the ring. The array events_shares has one for each cgroup
 * of the second level, then one for each of up to the fourth level. The number of
 * the cgroup chooses it: cgroups that were made one after another have their own.
 */
#define BPFLOCK_SHARES 512

struct bpflock_share {
	unsigned long long events;
	unsigned long long end; /* of the last one, as the ring counts bytes */
};

/* One record in the ring buffer "events". */
struct bpflock_event {
	unsigned long long time_ns; /* CLOCK_BOOTTIME */
	unsigned long long times; /* calls of this kind so far, this one too */
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
	unsigned int about; /* a hash of detail and object, for the kind */
	char comm[BPFLOCK_COMM_LEN];
	char object[BPFLOCK_OBJECT_LEN]; /* module or file name, or empty */
};

#endif /* BPFLOCK_H */
