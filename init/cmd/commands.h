/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of the tool. Each gets its own arguments from argv[0] on. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "protections.h"

/**
 * tool_main - the tool, if that is the program's name: bpflock, or the word of
 * a protection
 *
 * Return: exit status, or -1: it is another name.
 */
int tool_main(int argc, char **argv);

/**
 * protection_main - set one protection: kimg, kmodules and so on
 * @p: the protection, whose word is the command
 *
 * Return: exit status (enum status); the same holds for all below.
 */
int protection_main(const struct protection *p, int argc, char **argv);

/** status_main - show what is enforced, read from the kernel */
int status_main(int argc, char **argv);

/** events_main - show what was denied, and to which process */
int events_main(int argc, char **argv);

/** check_main - show what this kernel lacks */
int check_main(int argc, char **argv);

/** policy_main - show the effective policy and its sources */
int policy_main(int argc, char **argv);

/** explain_main - what an operation is, and the lines that allow it */
int explain_main(int argc, char **argv);

/** suggest_main - a policy from what an audit has seen */
int suggest_main(int argc, char **argv);

/** late_main - turn the late settings on */
int late_main(int argc, char **argv);

/** list_main - the protections and operations that this binary knows */
int list_main(int argc, char **argv);

#endif /* COMMANDS_H */
