// SPDX-License-Identifier: GPL-2.0-only
/*
 * ninth: the machine's clock, an example.
 *
 *   settime   set_clock: setting the time of day
 */
#include "decide.h"

PROTECTION(ninth, NINTH);

/**
 * ninth_settime - a process sets the time of day
 *
 * Rests on kernel/time/time.c:do_sys_settimeofday64() and
 * kernel/time/posix-timers.c. Return: 0 or -EPERM.
 */
SEC("lsm/settime")
int BPF_PROG(ninth_settime)
{
	return ninth_check(NINTH_SET_CLOCK, -1, NULL, NULL);
}
