/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Triggers: harmless system calls that make the kernel call an LSM hook. None
 * of them succeeds in anything that stays, except for names in /run, /dev or
 * /tmp that exist for a moment.
 *
 * A trigger returns 0 if the kernel answered as it does behind the hook, so
 * that it must have called the hook. Otherwise the trigger returns the -errno
 * of the call, which something may have failed before the hook.
 */
#ifndef TRIGGERS_H
#define TRIGGERS_H

#include <stdbool.h>
#include <stdint.h>

#define TRIGGER_PROTECTIONS 3

struct trigger {
	const char *hook;
	int (*call)(void);
	const char *name; /* what it calls, for people; NULL: no trigger */
	/* what the call is to a protection: enum bpflock_protection, bits */
	struct {
		int protection;
		uint64_t ops;
	} is[TRIGGER_PROTECTIONS];
	/* a sysctl that fails the call unless its value is in this range */
	const char *sysctl;
	long min, max;
	/* the capability that the call needs */
	const char *cap_name;
	int cap;
};

/** triggers_known - does the table have a line for that hook? */
bool triggers_known(const char *hook);

/**
 * triggers_next - the next way to make the kernel call a hook
 * @hook: the LSM hook's name
 * @at: where the search goes on; starts as 0
 *
 * Return: the line of the table, or NULL when there is no other way.
 */
const struct trigger *triggers_next(const char *hook, unsigned int *at);

/* triggers_kernel.c */
int trigger_lockdown_perf(void);
int trigger_lockdown_sleep(void);
int trigger_kexec_load(void);
int trigger_kexec_file(void);
int trigger_module_request(void);
int trigger_init_module(void);
int trigger_finit_module(void);
int trigger_bpf(void);
int trigger_bpf_map(void);
int trigger_bpf_prog(void);

/* triggers_process.c */
int trigger_fork(void);
int trigger_capable(void);
int trigger_userns(void);
int trigger_ptrace(void);
int trigger_traceme(void);
int trigger_exec(void);
int trigger_receive(void);
int trigger_netlink(void);

/* triggers_file.c */
int trigger_open(void);
int trigger_map(void);
int trigger_mprotect(void);
int trigger_ioctl(void);
int trigger_ioctl_compat(void);
int trigger_chmod(void);
int trigger_setxattr(void);
int trigger_removexattr(void);

/* triggers_name.c */
int trigger_mkdir(void);
int trigger_rmdir(void);
int trigger_rename(void);
int trigger_create(void);
int trigger_unlink(void);
int trigger_link(void);
int trigger_symlink(void);
int trigger_mknod(void);

/* triggers_mount.c */
int trigger_fs_parameter(void);
int trigger_fs_mount(void);
int trigger_fs_remount(void);
int trigger_mount(void);
int trigger_move_mount(void);
int trigger_pivot_root(void);
int trigger_umount(void);

#endif /* TRIGGERS_H */
