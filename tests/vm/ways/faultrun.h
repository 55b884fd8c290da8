/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each system call of bpflock-init and of the tool fails once, or is the last. */
#ifndef FAULTRUN_H
#define FAULTRUN_H

/*
 * faultrun - "SCENARIO [FIRST [STEP [every]]]": a run for each call and fault
 *
 * Scenarios: replace, takeoff, boot, pid1. Of a call that is made several
 * times, the first and the last one fail, or with "every" each. FIRST and STEP
 * choose from the runs, which are numbered from 1 on. Prints a line
 * "# fault SCENARIO|CALL|FAULT|OUTCOME" of each run, and TAP.
 */
int faultrun(char **argv);

#endif /* FAULTRUN_H */
