// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a loader costs from its exec to its end. The bench traces its system
 * calls, and does not count the time in which it holds the loader itself.
 */
#include <linux/bpf.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

struct cost {
	uint64_t begin, held; /* held: by the bench */
	uint64_t stop; /* what one stop costs the loader itself */
	uint64_t entered; /* the system call, 0 in user space */
	uint64_t in_kernel;
	uint64_t prog_load, link_create, other_bpf;
	uint64_t stops;
	struct user_regs_struct regs;
};

static void add_bpf(struct cost *cost, uint64_t instructions)
{
	switch (cost->regs.rdi) {
	case BPF_PROG_LOAD:
		cost->prog_load += instructions;
		break;
	case BPF_LINK_CREATE:
	case BPF_RAW_TRACEPOINT_OPEN:
		cost->link_create += instructions;
		break;
	default:
		cost->other_bpf += instructions;
	}
}

static int attaches(const struct cost *cost)
{
	return cost->regs.orig_rax == SYS_bpf &&
	       (cost->regs.rdi == BPF_LINK_CREATE ||
		cost->regs.rdi == BPF_RAW_TRACEPOINT_OPEN);
}

/* The loader has stopped at the entry or at the exit of a system call. */
static void at_syscall(struct cost *cost, int pid, uint64_t when)
{
	cost->stops++;
	if (cost->entered) {
		uint64_t took = when - cost->entered - cost->stop;

		cost->in_kernel += took;
		if (cost->regs.orig_rax == SYS_bpf)
			add_bpf(cost, took);
		cost->entered = 0;
		return;
	}
	ptrace(PTRACE_GETREGS, pid, NULL, &cost->regs);
	if (attaches(cost))
		objects_count(pid);
	cost->entered = now();
}

static void print(const char *prefix, const struct cost *cost,
		  const struct rusage *usage)
{
	uint64_t total =
		now() - cost->begin - cost->held - cost->stop * cost->stops;

	figure(prefix, "total", total);
	figure(prefix, "prog_load", cost->prog_load);
	figure(prefix, "link_create", cost->link_create);
	figure(prefix, "other_bpf", cost->other_bpf);
	figure(prefix, "user", total - cost->in_kernel);
	figure(prefix, "peak_kb", usage->ru_maxrss);
	objects_print(prefix);
}

/* Lets the process run to its end; returns its exit status. */
static int follow(int pid, struct cost *cost, struct rusage *usage)
{
	int status, deliver = 0;
	uint64_t when;

	cost->begin = now();
	for (;;) {
		ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(long)deliver);
		if (wait4(pid, &status, 0, usage) != pid)
			return 1;
		when = now();
		if (!WIFSTOPPED(status))
			return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
		deliver = WSTOPSIG(status);
		if (deliver == (SIGTRAP | 0x80))
			at_syscall(cost, pid, when);
		if ((deliver & 0x7f) == SIGTRAP)
			deliver = 0;
		cost->held += now() - when;
	}
}

/* A traced process, stopped before its exec; without argv it makes cheap calls. */
static int start(char **argv)
{
	int status, pid = fork();

	if (!pid) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		for (int i = 0; !argv && i < 1000; i++)
			getppid();
		if (argv)
			execvp(argv[0], argv);
		_exit(argv ? 127 : 0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) {
		perror("bench: start the loader");
		exit(1);
	}
	ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)PTRACE_O_TRACESYSGOOD);
	return pid;
}

/* What a stop costs: a process that only makes cheap calls costs nothing else. */
static uint64_t stop_cost(void)
{
	struct cost cost = { 0 };
	struct rusage usage;

	follow(start(NULL), &cost, &usage);
	return (now() - cost.begin - cost.held) / cost.stops;
}

int load(const char *prefix, char **argv)
{
	struct cost cost = { .stop = stop_cost() };
	struct rusage usage;
	int status = follow(start(argv), &cost, &usage);

	print(prefix, &cost, &usage);
	return status;
}
