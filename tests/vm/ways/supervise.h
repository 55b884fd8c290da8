/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running a program whose system calls a supervisor lets pass, or fails. */
#ifndef SUPERVISE_H
#define SUPERVISE_H

#include <stdbool.h>

#include "ways/calls.h"

#define SITES_MAX 512

/* A call of a program, with its text and how many there were. */
struct site {
	char call[CALL_LEN];
	unsigned int faults; /* that apply to it: enum call_fault */
	unsigned int times;
};

/* What a program came to. */
enum end {
	END_EXIT,
	END_KILLED, /* by a signal */
	END_STOPS, /* reboots, powers off or panics, or waits for a person */
	END_HANGS,
};

struct supervised {
	/* in */
	const char *call; /* the one that fails, or NULL */
	unsigned int nth; /* which of those, from 1 on */
	enum call_fault fault;
	bool pid1; /* the program is PID 1 of a pid namespace */
	const char *output; /* a file for what the program says */
	/* out */
	bool hit;
	bool hit_first; /* by the program itself, and not by its child */
	enum end end;
	int status;
	struct site site[SITES_MAX];
	unsigned int sites;
};

/*
 * supervise - run a program and the processes that it starts
 *
 * seccomp(2) tells of each call before the kernel makes it. SIGKILL at a call
 * is the same as SIGKILL after the call before. reboot(2) and the file
 * sysrq-trigger end the program: this machine goes on. Return: 0 or -errno, if
 * nothing was run.
 */
int supervise(struct supervised *s, char *const argv[]);

#endif /* SUPERVISE_H */
