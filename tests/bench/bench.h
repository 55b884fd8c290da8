/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What loading and running the lock costs, in instructions. QEMU's -icount
 * shift=0 makes each instruction one tick of the guest's time stamp counter.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdint.h>
#include <stdio.h>

/** now - the instructions that the guest has executed since it started */
static inline uint64_t now(void)
{
	return __builtin_ia32_rdtsc();
}

/** figure - print one figure, "PREFIX.NAME VALUE" */
static inline void figure(const char *prefix, const char *name, uint64_t value)
{
	printf("%s.%s %llu\n", prefix, name, (unsigned long long)value);
}

/**
 * calls - measure each call of the table in calls.c and print its median
 * @prefix: begins the name of each figure
 * @container: measure in new mount, pid, net, uts and ipc namespaces
 *
 * Return: 0, or 1 with a message if the namespaces cannot be made.
 */
int calls(const char *prefix, int container);

/**
 * load - run a program that loads BPF programs, and print what it costs
 * @prefix: begins the name of each figure
 * @argv: the program and its arguments, ended by NULL
 *
 * Return: the exit status of the program, or 1 with a message.
 */
int load(const char *prefix, char **argv);

/** objects_count - look at the BPF objects that @pid has open now, keep the
 * largest such set */
void objects_count(int pid);

/** objects_print - print what the largest set has and takes */
void objects_print(const char *prefix);

/**
 * one - load the one program of @object and attach it, until this process ends
 *
 * Return: 0, or 1 with a message.
 */
int one(const char *object);

#endif /* BENCH_H */
