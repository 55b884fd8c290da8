/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running a program with less than it may expect of the kernel. */
#ifndef FAULTS_H
#define FAULTS_H

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
