/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which rules are applied and which callers then make which attempts. Every
 * attempt is made in every mode by every caller.
 */
#ifndef PLAN_H
#define PLAN_H

/* plan_control - all attempts without any rule: each must work */
void plan_control(void);

/*
 * plan_key - the control, the modes and some lists, scopes and trusted cgroups
 *
 * Lists and scopes become masks in user space, where tests/unit/rules_test.c
 * compares all of them. Here they show that the programs obey the masks.
 */
void plan_key(void);

/* plan_full - the same with every list, scope and trusted cgroup there is */
void plan_full(void);

/* plan_control_modes - the control and the four modes */
void plan_control_modes(void);

/* plan_locked - the four modes alone, after which the lock is taken off */
void plan_locked(void);

/* plan_brief - the control and "deny" */
void plan_brief(void);

/*
 * plan_among - every protection is in force, in restrict mode: what other
 * processes are denied must not work
 *
 * What they may, and what a host process may, is not compared: another protection
 * can deny it.
 */
void plan_among(void);

/* plan_given - somebody else has applied the rule that @words say; 0 or -1 */
int plan_given(char **words);

#endif /* PLAN_H */
