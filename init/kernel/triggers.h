/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Triggers: harmless system calls that make the kernel call an LSM hook. None
 * of them succeeds in anything that stays, except for names in /run, /dev or
 * /tmp that exist for a moment.
 */
#ifndef TRIGGERS_H
#define TRIGGERS_H

#include <stdbool.h>

/** triggers_known - does the table have a line for that hook? */
bool triggers_known(const char *hook);

/**
 * triggers_next - the next way to make the kernel call a hook
 * @hook: the LSM hook's name
 * @at: where the search goes on; starts as 0
 *
 * Return: a function to call, or NULL when there is no other way.
 */
void (*triggers_next(const char *hook, unsigned int *at))(void);

/* triggers_kernel.c */
void trigger_lockdown_perf(void);
void trigger_lockdown_sleep(void);
void trigger_lockdown_kexec(void);
void trigger_module_request(void);
void trigger_read_module(void);
void trigger_read_kernel(void);
void trigger_load_module(void);
void trigger_bpf(void);
void trigger_objects(void);

/* triggers_process.c */
void trigger_fork(void);
void trigger_capable(void);
void trigger_userns(void);
void trigger_ptrace(void);
void trigger_traceme(void);
void trigger_exec(void);
void trigger_receive(void);
void trigger_netlink(void);

/* triggers_file.c */
void trigger_open(void);
void trigger_dir(void);
void trigger_names(void);
void trigger_mknod(void);
void trigger_map(void);
void trigger_ioctl(void);
void trigger_ioctl_compat(void);
void trigger_attributes(void);

/* triggers_mount.c */
void trigger_mount(void);
void trigger_mount_calls(void);

#endif /* TRIGGERS_H */
