/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The operations of a protection as the oracle knows them (engine/rule.h), in
 * any order. suites/<key>_ops.h writes them down independently of the table
 * in init/; tests/unit compares the two.
 */
#ifndef OP_H
#define OP_H

struct op {
	const char *name;
	int lists_only; /* not covered by a mode, only by a list */
	int unnarrowed; /* an allow list of others does not close it */
	int closed; /* to the host as well, unless the allow list has it */
	int untrusting; /* trusted cgroups are not host for it */
	const char *opened_by; /* an allow list with that one opens it, too */
	int in_seal; /* its attempts are those of matrix seal */
};

#endif /* OP_H */
