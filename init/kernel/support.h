/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the running kernel has, asked before anything is loaded. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <stdbool.h>
#include <stddef.h>

struct support {
	unsigned int pin_dev; /* of the bpffs, as the kernel writes it */
	bool module_sig; /* the kernel checks module signatures */
	bool casts; /* a program may read through a number (6.2 and later) */
	char *btf; /* the kernel's BTF, as it is in the file */
	size_t btf_len;
};

/**
 * support_check - can BPF LSM programs work here?
 *
 * Every requirement that is missing is reported with its remedy.
 *
 * Return: 0, -EOPNOTSUPP when the kernel lacks something, or another -errno.
 */
int support_check(struct support *s);

/** support_free - release what support_check() read */
void support_free(struct support *s);

/**
 * support_named - does the kernel's BTF have that name in it?
 *
 * A look at the strings alone: hooks (bpf_lsm_*) and enumerators
 * (LOCKDOWN_*) have names that nothing else has.
 */
bool support_named(const struct support *s, const char *name);

/** support_any - does BTF have one of the names "A, B"? Yes for "". */
bool support_any(const struct support *s, const char *names);

/**
 * support_confidentiality - is the kernel's own lockdown at its highest level?
 *
 * It then refuses every reason before another program is asked.
 */
bool support_confidentiality(void);

#endif /* SUPPORT_H */
