// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/facts.h"
#include "kernel/initial_ns.h"
#include "kernel/support.h"
#include "util/files.h"

/* Hooks and operations that this kernel does not have. */
static void read_missing(struct facts *f, struct support *s,
			 const struct protection *p)
{
	size_t i = p - protections;
	char name[64];

	for (unsigned int h = 0; h < p->n_hooks; h++) {
		snprintf(name, sizeof(name), "bpf_lsm_%s", p->hooks[h].name);
		if (!support_named(s, name))
			f->missing_hooks[i] |= 1u << h;
	}
	for (unsigned int op = 0; op < p->n_ops; op++)
		if (!support_any(s, p->ops[op].needs))
			f->missing_ops[i] |= BPFLOCK_BIT(op);
}

/*
 * The loader, as is_loader() of bpf/host.h knows it. PID 1 becomes another
 * program later, so it is never named; a load that needs the exemption fails
 * then.
 */
static void read_loader(struct facts *f)
{
	char text[1024], *p;
	unsigned int pid;

	if (file_read("/proc/self/stat", text, sizeof(text)) <= 0)
		return;
	pid = strtoul(text, NULL, 10);
	p = strrchr(text, ')'); /* the second field */
	for (int field = 2; p && field < 22; field++)
		p = strchr(p + 1, ' ');
	if (!p || pid <= 1)
		return;
	f->loader_pid = pid;
	f->loader_start = strtoull(p, NULL, 10);
}

int facts_read(struct facts *f, const struct in_force *now, bool devices)
{
	struct support s;
	int err;

	memset(f, 0, sizeof(*f));
	err = support_check(&s);
	if (!err)
		err = initial_ns_read(f->ns_inum, now);
	for (int i = 0; i < BPFLOCK_PROTECTIONS && !err; i++)
		read_missing(f, &s, &protections[i]);
	f->pin_dev = s.pin_dev;
	f->module_sig = s.module_sig;
	f->task_btf = s.task_btf;
	f->casts = s.casts;
	support_free(&s);
	read_loader(f);
	if (devices)
		rootdev_read(&f->rootdev);
	f->rootdev.initramfs_dev =
		rootdev_initramfs(now->one[BPFLOCK_SELF].record.initramfs_dev);
	if (f->rootdev.initramfs_dev)
		newroots_read(&f->newroots);
	return err;
}
