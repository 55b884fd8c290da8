/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sysctl that stops BPF programs, where a process holds it open. */
#ifndef FTRACE_H
#define FTRACE_H

#include "kernel/in_force.h"

/**
 * ftrace_held - can a process write kernel.ftrace_enabled without opening it?
 * @now: what is in force
 *
 * The lock denies opening that file for writing, and cannot take back a
 * descriptor from before. Each process that has one is reported. A descriptor
 * on its way through a socket is not seen. The search is skipped while escape
 * denies or audits ptrace for the host: each look would be an event.
 */
bool ftrace_held(const struct in_force *now);

#endif /* FTRACE_H */
