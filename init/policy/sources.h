/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The three sources of the policy, in their order. */
#ifndef POLICY_SOURCES_H
#define POLICY_SOURCES_H

#include "policy/policy.h"

#define POLICY_FILE  "/etc/bpflock/policy"
#define CMDLINE_FILE "/proc/cmdline"
#define CMDLINE_NAME "command line" /* in the sources of settings */

/**
 * sources_read - the text compiled in, the file, the kernel command line
 * @pol: the policy to make
 * @file: the policy file; a file that does not exist says nothing
 * @cmdline: the file with the command line
 *
 * A source that exists and cannot be read is an error of the policy.
 *
 * Return: 0, or -EINVAL if anything was wrong (see @pol->diag).
 */
int sources_read(struct policy *pol, const char *file, const char *cmdline);

/** sources_file - one policy file alone; it must exist: 0 or -EINVAL */
int sources_file(struct policy *pol, const char *file);

#endif /* POLICY_SOURCES_H */
