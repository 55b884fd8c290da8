/* SPDX-License-Identifier: GPL-2.0-only */
/* self: its record and counters, for self.bpf.c and the self_*.h. */
#ifndef SELF_H
#define SELF_H

#include "kthread.h"

PROTECTION(self, SELF);

/* Is the lock sealed, so that it binds host processes too? */
static __always_inline bool sealed(void)
{
	return self_record.now.masks.deny_host & BPFLOCK_BIT(SELF_PINS);
}

/* Is the current task PID 1? */
static __always_inline bool is_init(void)
{
	return READ(current_task(), tgid) == 1;
}

/* Is the root of PID 1, the current task, still the initramfs? */
static __always_inline bool init_in_initramfs(void)
{
	const struct fs_struct *fs = READ(current_task(), fs);

	return READ(READ(READ(fs, root.mnt), mnt_sb), s_dev) ==
	       self_record.initramfs_dev;
}

/*
 * is_exempt - is it PID 1, and may it still change the root?
 *
 * The path that an automount unit names is unmounted by PID 1 itself
 * (umount2(2), systemd.automount(5)), and root names it. So where rootfs closes the
 * root, PID 1 is bound like everybody as soon as it has left the initramfs.
 */
static __noinline __attribute__((unused)) bool is_exempt(void)
{
	return is_init() && (!self_record.root_closed || init_in_initramfs());
}

#endif /* SELF_H */
