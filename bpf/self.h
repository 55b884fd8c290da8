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

#endif /* SELF_H */
