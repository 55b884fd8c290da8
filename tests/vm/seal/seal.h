/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Attempts on the lock, most of which would take it off. Each returns 0 if it
 * worked, or -errno.
 */
#ifndef SEAL_H
#define SEAL_H

#define BPFFS	 "/sys/fs/bpf"
#define PINS	 BPFFS "/bpflock"
#define PIN	 PINS "/test_pin" /* a map */
#define PIN_LINK PINS "/test_link"
#define TEST_DIR PINS "/test_dir"
#define OUTSIDE	 BPFFS "/test_pin"
#define HOOK	 PINS "/kmodules/kernel_module_request"
#define POLICY	 PINS "/kmodules/policy"

/* Kernels from a version on: a name that only their BTF has, the version. */
struct since {
	const char *symbol;
	const char *version;
};

/* Whom the lock denies the attempt. */
enum kind {
	GUARDED, /* denied to other processes; to all when sealed */
	EVERYONE, /* denied to all processes, sealed or not */
	HOST_MAY, /* denied to other processes, sealed or not */
	ALL_MAY, /* not denied: it does no harm to the lock */
	NEVER, /* fails without the lock as well */
};

enum { HOST = 1, MNTNS = 2, CONTAINER = 4, ALL = 7, HERE = 3, OTHERS = 6 };

struct seal_attempt {
	const char *name;
	int (*run)(void);
	int callers;
	enum kind kind;
	/* if it takes the lock off: 1 when nothing is denied any more */
	int (*off)(void);
	struct since since; /* older kernels do not have it */
	struct since never; /* in newer ones it always fails */
	int needs_lock; /* its object does not exist without a lock */
	int hold_pins; /* a host process holds pins open: seal_hold_pins() */
	int like_others; /* another one takes the lock off the same way */
};

extern const struct seal_attempt seal_attempts[]; /* ends with a NULL name */

/* seal_run.c: "matrix seal HOW [few]", an exit status */
int seal_main(const char *how, int few);
/* 1 if an other process may do what the lock denies, or 0 */
int seal_autoload(void);
int seal_link_by_id(void);

/* seal_pins.c */
int pin_at(const char *path); /* a new map, pinned there */
int pin_unlink(void);
int pin_unlink_link(void);
int pin_unlink_hook(void);
int pin_unlink_uring(void);
int pin_rename(void);
int pin_move_out(void);
int pin_exchange(void);
int pin_link(void);
int pin_symlink(void);
int pin_mkdir(void);
int pin_rmdir(void);
int pin_chmod(void);
int pin_chown(void);
int pin_times(void);
int pins_rename(void);
int pins_chmod(void);
int pin_over(void);
int pin_outside(void);

/* seal_init.c */
int init_seize(void);
int init_by_child(void);
int init_mem(void);
int init_write(void);
int ftrace_write(void);
int sysctl_write(void);
int ftrace_other_proc(void);
int ftrace_bind(void);
int ftrace_by_i386(void);
int ftrace_by_uring(void);
int trace_child(void);
int uprobe_by_tracefs(void);
int uprobe_by_dynamic_events(void);
int uprobe_by_perf(void);

/* seal_objects.c: makes the objects of the attempts, as host process */
void seal_objects(void);
void seal_hold_pins(void);
void seal_drop_pins(void);

int map_to_read(void);
int map_to_write(void);
int map_update(void);
int map_freeze(void);
int map_make_ours(void);
int get_map(void);
int get_link(void);
int get_hook_by_fd(void);
int get_record_by_fd(void);
int link_by_id(void);
int link_detach(void);
int link_update(void);
int prog_open(void); /* a descriptor */
int prog_by_id(void);
int btf_by_id(void);
int next_ids(void);

/* seal_records.c */
int record_get(void);
int record_update(void);
int record_iterate(void);
int iterate_tasks(void);
int record_by_mtu(void);
int record_by_strtol(void);
int record_copy_pop(void);
int record_mmap(void);
int record_mprotect(void);

/* seal_programs.c */
int load_btf(void); /* a descriptor */
int load_filter(void);
int load_lsm(void);
int load_lsm_on_bpf(void);
int load_lsm_cgroup(void);
int load_lsm_by_program(void);
int load_override(void);
int load_fexit(void);
int attach_fentry(void);
int attach_lsm_plus_1(void);
int attach_modify_return(void);
int attach_extension(void);
int forge_bpffs(void);
int forge_counters(void);

/* seal_anchors.c */
int anchor_detach(void);
int anchor_detach_sysctl(void);
int anchor_replace(void);
int anchor_beside(void);
int anchor_link(void);
int ftrace_by_sysctl(void);
/* leaves two places for programs of cgroups: an exit status */
int seal_take_places(void);

/* seal_lost.c: as PID 1: what is still denied when the pins are gone */
void seal_without_pins(void);

/* seal_moves.c: exit statuses */
int seal_moves(void);
int seal_lose(void);
/*
 * Moves the bpffs to a directory of procfs, which the kernel removes, with the
 * mounts on it, when a process ends: 0 or -errno
 */
int seal_lose_pins(void);
int seal_enter(char **argv);
/* 0 or -errno */
int seal_by_mount(const char *from, const char *to);
int seal_by_move_mount(const char *from, const char *to);
int seal_there_and_back(int (*move)(const char *from, const char *to),
			const char *what, const char *to);

/* seal_newroot.c: an exit status */
int seal_newroot(void);

/* seal_races.c, seal_copies.c: exit statuses */
int seal_races(void);
int seal_copies(void);

/* what run() returns in a child */
int seal_in_child(int (*run)(void));

/* seal_mounts.c */
int umount_bpffs(void);
int umount_bpffs_lazily(void);
int umount_bpffs_expired(void);
int umount_sys_lazily(void);
int umount_sys_all(void);
int umount_everything(void);
int umount_sys_by_fd(void);
int umount_sys_in_chroot(void);
int umount_root_lazily(void);
int umount_by_peer(void);
int umount_by_copy(void);
int umount_by_master(void);
int umount_first(void);
int umount_moved(void);
int umount_own_copy(void);
int umount_clone(void);
int rmdir_sys(void);
int rename_sys(void);
int rename_over_sys(void);
int rmdir_elsewhere(void);

/* seal_covers.c */
int cover_bpffs(void);
int cover_bpffs_again(void);
int cover_pins(void);
int cover_fs(void);
int cover_sys(void);
int cover_by_bind(void);
int cover_by_shared_bind(void);
int cover_by_private_bind(void);
int cover_by_unbindable_bind(void);
int cover_by_any_bind(void);
int cover_by_open_tree(void);
int cover_by_move(void);
int cover_by_move_mount(void);
int cover_beneath(void);
int move_sys(void);
int remount_bpffs(void);
int change_propagation(void);
int mount_elsewhere(void);

/* makes the mounts of the pins again, as at boot; the pins are lost */
void seal_repair(void);

/* unmounts only what is mounted over the pins */
void seal_uncover(void);

/* are the pins where PID 1 looks for them? */
int seal_pins_there(void);

#endif /* SEAL_H */
