/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Harmless things that make the kernel call a hook, for init/fire.c. */
#ifndef FIRE_ASKS_H
#define FIRE_ASKS_H

void ask_capable(void);
void ask_userns(void);
void ask_ptrace(void);
void ask_traceme(void);
void ask_receive(void);
void ask_ioctl(void);
void ask_ioctl_compat(void);
void ask_mount(void);
void ask_mknod(void);
void ask_exec(void);
void ask_netlink(void);

#endif /* FIRE_ASKS_H */
