/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands; each gets its own arguments from argv[0] on. */
#ifndef TOOL_H
#define TOOL_H

#include "protections.h"

/**
 * protection_main - kimg, kmodules ...: set one protection
 * @p: the protection that the command is named after
 *
 * Return: exit status (enum status); the same holds for all below.
 */
int protection_main(const struct protection *p, int argc, char **argv);

/** status_main - what is enforced, read from the kernel */
int status_main(int argc, char **argv);

/** events_main - who was refused what */
int events_main(int argc, char **argv);

/** check_main - can this kernel do it? */
int check_main(int argc, char **argv);

/** policy_main - the effective policy and where it comes from */
int policy_main(int argc, char **argv);

/** late_main - from now on the late parts of the policies hold */
int late_main(int argc, char **argv);

#endif /* TOOL_H */
