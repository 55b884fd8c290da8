/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Make the kernel enforce a policy. */
#ifndef APPLY_H
#define APPLY_H

#include "policy/policy.h"
#include "util/exit_status.h"

/**
 * apply - make the kernel enforce a policy
 * @pol: the policy
 * @which: the protections to look at (bits of enum bpflock_protection). Those
 *         that the policy does not ask for are taken off.
 * @summary: text to which "kimg=restrict kmodules=deny" is appended
 * @len: size of its buffer
 *
 * Each protection is enforced whole or not at all. A protection that is in force
 * as asked is left alone. If one that is in force cannot be replaced, everything
 * that is in force stays as it is.
 *
 * Return: STATUS_DONE, or the status for the worst failure, reported.
 */
enum status apply(const struct policy *pol, unsigned int which, char *summary,
		  size_t len);

#endif /* APPLY_H */
