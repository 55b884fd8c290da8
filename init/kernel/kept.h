/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What bpflock-init was asked for, kept for bpflock status: a copy (kernel/copy.h)
 * beside the pins of the protections, "asked". Nobody can change it, and self
 * guards its pin as it guards the others.
 */
#ifndef KEPT_H
#define KEPT_H

#include "protections.h"
#include "util/sha256.h"

#define KEPT_DIAGS    8 /* messages about mistakes; more are counted */
#define KEPT_DIAG_LEN 256

struct kept {
	unsigned int version; /* BPFLOCK_RECORD_VERSION */
	unsigned int seal; /* 1: the policy asked for a seal */
	unsigned int errors; /* mistakes in the policy */
	unsigned int diags;
	unsigned int has_file; /* 1: there was a policy file */
	unsigned char digest[SHA256_LEN]; /* of the policy file */
	char seal_source[BPFLOCK_SOURCE_LEN];
	char diag[KEPT_DIAGS][KEPT_DIAG_LEN];
	struct bpflock_part now[BPFLOCK_PROTECTIONS];
	struct bpflock_part late[BPFLOCK_PROTECTIONS];
};

/**
 * kept_write - keep what was asked for until the next boot
 * @k: what; padding is zero
 *
 * It replaces what an earlier run of bpflock-init kept, which the seal denies.
 *
 * Return: 0 or -errno of bpf(2) or rename(2).
 */
int kept_write(const struct kept *k);

/**
 * kept_read - read it back
 * @k: gets it
 *
 * Return: 0, -ENOENT if there is none, -EINVAL if it is not frozen or of
 * another version, or another -errno.
 */
int kept_read(struct kept *k);

#endif /* KEPT_H */
