/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sysctl that stops BPF programs, where somebody holds it open already. */
#ifndef FTRACE_H
#define FTRACE_H

#include <stdbool.h>

/**
 * ftrace_held - can a process write kernel.ftrace_enabled without opening it?
 *
 * The lock refuses to open it for writing, and cannot take back what was open
 * before. Each process that has it open is reported. What is on its way
 * through a socket is not seen; and as long as escape keeps the host from looking
 * into processes, or reports that it does, nobody is looked at.
 */
bool ftrace_held(void);

#endif /* FTRACE_H */
