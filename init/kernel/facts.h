/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What records are made from besides the policy: facts about this boot. */
#ifndef FACTS_H
#define FACTS_H

#include "kernel/in_force.h"
#include "kernel/newroots.h"
#include "kernel/rootdev.h"

struct facts {
	unsigned int pin_dev; /* dev_t of the bpffs, as the kernel writes it */
	bool module_sig; /* the kernel checks module signatures */
	bool task_btf; /* a program has a typed current task (5.11 and later) */
	bool casts; /* a program may read through a number (6.2 and later) */
	unsigned int ns_inum[BPFLOCK_NSS]; /* the initial namespaces */
	unsigned int missing_hooks[BPFLOCK_PROTECTIONS]; /* bit = hook's place */
	uint64_t missing_ops[BPFLOCK_PROTECTIONS];
	unsigned int loader_pid; /* this process, 0 if it is PID 1 */
	unsigned long long loader_start; /* field 22 of /proc/PID/stat */
	struct rootdev rootdev;
	struct newroots newroots;
};

/**
 * facts_read - look at the kernel, its devices and this process
 * @f: gets the facts
 * @now: what is in force
 * @devices: the block devices are wanted too (rootfs)
 *
 * Return: 0 or -errno, reported: -EOPNOTSUPP if the kernel lacks something
 * that BPF LSM programs need, -EPERM if this is not the host.
 */
int facts_read(struct facts *f, const struct in_force *now, bool devices);

#endif /* FACTS_H */
