/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running a program with less than it may expect of the kernel. */
#ifndef FAULTS_H
#define FAULTS_H

/*
 * fault_filter - answer the calls of this process with a verdict of seccomp(2)
 *
 * @calls: @n numbers, at most 61; @others: the verdict for all other calls.
 * Return: what seccomp(2) returns.
 */
int fault_filter(const int *calls, unsigned int n, unsigned int verdict,
		 unsigned int others, unsigned int flags);

/*
 * fault_at - "N PROGRAM ...": run a program, whose Nth call fails with ENOMEM
 *
 * Counted are bpf(2) and the calls that change names, of the program and of the
 * processes that it starts. N = 0: none fails. Prints "# calls: TOTAL". Return:
 * the exit status of the program.
 */
int fault_at(char **argv);

/*
 * fault_errno - "CALL[,CALL...] ERRNO PROGRAM ...": run a program without the
 * system calls (by number), which fail with ERRNO and never get to the kernel
 */
int fault_errno(char **argv);

/* fault_caps - "CAP[,CAP...] PROGRAM ...": run a program without capabilities */
int fault_caps(char **argv);

#endif /* FAULTS_H */
