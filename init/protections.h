/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of protections, their operations and their hooks. */
#ifndef PROTECTIONS_H
#define PROTECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bpf/bpflock.h"

#define HOOKS_MAX 24

/*
 * A BPF program <key>_<name> on the LSM hook <name>. It is loaded if the
 * record denies or reports one of its operations.
 */
struct hook {
	const char *name;
	uint64_t ops; /* the operations it decides */
	bool optional; /* without it the protection is degraded, not FAILED */
	const char *instead_of; /* used only on kernels without that hook */
	const char *part_of; /* a kernel without it calls that hook instead */
	bool sealed; /* used only under the seal */
};

struct operation {
	const char *name;
	const char *means; /* for people: "open /dev/mem" */
	const char *needs; /* "A" or "A, B": names of which BTF has one; or "" */
};

/* Where a protection differs from the rule of modes and lists (masks.h). */
struct rules {
	uint64_t lists_only; /* no mode covers these operations, only a list */
	uint64_t closed; /* denied to all in restrict unless in the allow list */
	bool allow_only_opens; /* the allow list never narrows the others */
	uint64_t allow_if,
		allow_also; /* allowing one operation allows another */
};

struct protection {
	const char *key;
	const char *what; /* what it guards, for people */
	const struct operation *ops; /* by number */
	unsigned int n_ops;
	const struct hook *hooks;
	unsigned int n_hooks; /* HOOKS_MAX at most */
	const struct rules *rules;
	bool internal; /* self: seal= chooses its mode */
};

extern const struct protection protections[BPFLOCK_PROTECTIONS];
extern const char *const mode_names[BPFLOCK_MODES];
extern const char *const ns_names[BPFLOCK_NSS];

/** protection_find - the row with that key, or NULL */
const struct protection *protection_find(const char *key, size_t len);

/** protection_op - the operation's number, or -1 */
int protection_op(const struct protection *p, const char *name, size_t len);

#endif /* PROTECTIONS_H */
