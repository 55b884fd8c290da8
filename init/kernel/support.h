/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Does the running kernel support the lock? Asked before loading. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <stdbool.h>
#include <stddef.h>

struct support {
	unsigned int pin_dev; /* dev_t of the bpffs, as the kernel writes it */
	bool module_sig; /* the kernel checks module signatures */
	bool task_btf; /* a program has a typed current task (5.11 and later) */
	bool casts; /* a program may read through a number (6.2 and later) */
	char *btf; /* the kernel's BTF, as it is in the file */
	size_t btf_len;
	const char *near; /* in it: the name that was found last */
};

/**
 * support_check - can BPF LSM programs work here?
 *
 * Each missing requirement is reported with its remedy.
 *
 * Return: 0, -EOPNOTSUPP when the kernel lacks something, or another -errno.
 */
int support_check(struct support *s);

/** support_free - release what support_check() read */
void support_free(struct support *s);

/**
 * support_named - does the kernel's BTF have that name in it?
 *
 * Only BTF's strings are searched. That is enough: nothing else has the name
 * of a hook (bpf_lsm_*) or of an enumerator (LOCKDOWN_*).
 */
bool support_named(struct support *s, const char *name);

/** support_any - does BTF have one of the names "A, B"? Yes for "". */
bool support_any(struct support *s, const char *names);

/**
 * support_confidentiality - is the kernel's own lockdown at its highest level?
 *
 * The kernel then denies every lockdown reason before it calls a BPF program.
 */
bool support_confidentiality(void);

#endif /* SUPPORT_H */
