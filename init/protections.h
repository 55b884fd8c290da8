/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one table of protections and their operations. */
#ifndef PROTECTIONS_H
#define PROTECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../bpf/bpflock.h"

#define HOOKS_MAX 24

/*
 * A BPF program <key>_<name> on the LSM hook <name>. It is loaded when the
 * policy reports or denies one of its operations.
 */
struct hook {
	const char *name;
	uint64_t ops; /* the operations it decides */
	bool optional; /* a kernel without it is degraded, not unlocked */
	const char *instead_of; /* only for kernels without that one */
	const char *part_of; /* a kernel without it calls that one instead */
};

struct protection {
	const char *key;
	const char *what; /* what it guards, for people */
	const char *const *ops; /* names, by operation number */
	const char *const *op_needs; /* the kernel's name for it, or NULL */
	unsigned int n_ops;
	uint64_t unnamed_off; /* no mode covers these, only a list */
	uint64_t closed; /* denied to all in restrict unless in the allow list */
	bool allow_only_opens; /* the allow list never narrows the others */
	uint64_t allow_if, allow_also; /* naming one op allows another too */
	bool internal; /* has no mode of its own */
	struct hook hooks[HOOKS_MAX]; /* none: not built yet */
};

extern const struct protection protections[BPFLOCK_PROTECTIONS];
extern const char *const mode_names[BPFLOCK_MODES];
extern const char *const ns_names[BPFLOCK_NSS];

/*
 * What the kernel side is given: one bit per operation. Both of a pair being
 * equal means that the caller's namespaces do not matter.
 */
struct masks {
	uint64_t deny_host, deny_other, audit_host, audit_other;
};

/**
 * masks_of - turn a mode and its lists into masks (the rule of policy(5))
 * @p: the protection
 * @mode: its mode
 * @has_allow: an allow list was given
 * @allow: operations in the allow list
 * @block: operations in the block list
 */
struct masks masks_of(const struct protection *p, enum bpflock_mode mode,
		      bool has_allow, uint64_t allow, uint64_t block);

/** masks_any - every operation that the masks report or deny to anyone */
uint64_t masks_any(const struct masks *m);

/** protection_find - the row with that key, or NULL */
const struct protection *protection_find(const char *key, size_t len);

/** protection_built - are there programs for it in this binary? */
bool protection_built(const struct protection *p);

/** protection_op - the operation's number, or -1 */
int protection_op(const struct protection *p, const char *name, size_t len);

#endif /* PROTECTIONS_H */
