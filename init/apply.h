/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Make the kernel enforce a policy. */
#ifndef APPLY_H
#define APPLY_H

#include "policy.h"

/* Exit status of every command (bpflock(8)); the numbers of sysexits(3). */
enum status {
	STATUS_DONE = 0,
	STATUS_NOT_ENFORCED = 1,
	STATUS_USAGE = 64,
	STATUS_POLICY = 65,
	STATUS_KERNEL = 69,
	STATUS_SYSTEM = 71,
	STATUS_MAY_NOT = 77,
};

/** status_of - the exit status that stands for a -errno */
enum status status_of(int err);

/**
 * apply - load what a policy asks for
 * @asked: the policy
 * @which: bits of enum bpflock_protection to look at; those of them that the
 *         policy does not ask for are taken off
 * @summary: text to which "kimg=restrict kmodules=deny" is appended
 * @len: size of its buffer
 *
 * Each protection is enforced whole or not at all, whatever happens to the
 * others. What is in force as asked already is left alone.
 *
 * Return: STATUS_DONE, or what stands for the worst failure, reported.
 */
enum status apply(const struct policy *asked, unsigned int which, char *summary,
		  size_t len);

#endif /* APPLY_H */
