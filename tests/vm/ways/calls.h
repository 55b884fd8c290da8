/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The system calls of a program: their names, and how each of them can fail. */
#ifndef CALLS_H
#define CALLS_H

#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/types.h>

#define CALL_LEN 96

/* The errors that are tried, and SIGKILL right before the call. */
enum call_fault {
	FAULT_ENOMEM,
	FAULT_EPERM,
	FAULT_EINTR,
	FAULT_ENOSPC,
	FAULT_EAGAIN,
	FAULT_KILL,
	CALL_FAULTS,
};

extern const struct call_error {
	const char *name;
	int number;
} call_errors[CALL_FAULTS];

/*
 * The numbers of the calls that do not fail, or do what they do even if they
 * fail, such as close(2). They are never looked at.
 */
extern const int calls_safe[];
extern const unsigned int calls_safe_n;

/*
 * call_describe - "mkdir pins/kmodules_new", "bpf PROG_LOAD kmodules"
 *
 * @pid: the caller, which waits in the call. Numbers in names become N, and
 * the names of hooks become "*", so that the same call has the same text in
 * each run. Return: the faults that apply to the call, a bit for each.
 */
unsigned int call_describe(pid_t pid, const struct seccomp_data *call,
			   char text[CALL_LEN]);

#endif /* CALLS_H */
