// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpflock check: which of the protections' requirements this kernel meets, and
 * what is in the initramfs images.
 */
#include <stdio.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/initramfs.h"
#include "cmd/machine.h"
#include "cmd/options.h"
#include "kernel/initial_ns.h"
#include "kernel/mounts.h"
#include "kernel/support.h"
#include "util/exit_status.h"
#include "util/print.h"

static bool verbose;

static bool check_hooks(const struct protection *p, struct support *s,
			struct json *j)
{
	char name[64];
	bool all = true;

	for (unsigned int i = 0; i < p->n_hooks; i++) {
		const struct hook *h = &p->hooks[i];
		bool has;

		snprintf(name, sizeof(name), "bpf_lsm_%s", h->name);
		has = support_named(s, name);
		all &= has || h->optional;
		if (j) {
			snprintf(name, sizeof(name), "%s.%s", p->key, h->name);
			json_bool(j, name, has);
			continue;
		}
		if (has && !verbose)
			continue;
		printf("%s %s: %s\n", p->key, h->name,
		       has	   ? "yes" :
		       h->part_of  ? "no (the kernel has another for it)" :
		       h->optional ? "no (degraded without it)" :
				     "NO: use a kernel that has this LSM "
				     "hook");
	}
	return all;
}

static void check_ops(const struct protection *p, struct support *s)
{
	for (unsigned int op = 0; op < p->n_ops && verbose; op++)
		if (!support_any(s, p->ops[op].needs))
			printf("%s.%s: this kernel does not have it (%s)\n",
			       p->key, p->ops[op].name, p->ops[op].needs);
}

static bool check_hooks_all(struct support *s, struct json *j)
{
	bool all = true;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		all &= check_hooks(&protections[i], s, j);
		if (!j)
			check_ops(&protections[i], s);
	}
	return all;
}

static int check_kernel(struct json *j)
{
	unsigned int inum[BPFLOCK_NSS];
	static struct in_force now;
	struct support s;
	int err = support_check(&s);
	bool all;

	in_force_read(&now);
	if (j)
		json_bool(j, "bpf_lsm", !err);
	else if (verbose || err)
		printf("BPF LSM programs: %s\n", err ? "NO" : "yes");
	all = check_hooks_all(&s, j);
	support_free(&s);
	/* Only root may look at the namespaces of PID 1. */
	if (!err && !geteuid())
		err = initial_ns_read(inum, &now);
	if (!j && all && !err)
		puts("this kernel has what the lock needs (-v shows all)");
	return err ? status_of(err) : all ? STATUS_DONE : STATUS_KERNEL;
}

static int check(bool json)
{
	struct json j = { .out = stdout }, *to = json ? &j : NULL;
	/* For others what is mounted must do. */
	int err = geteuid() ? 0 : mounts_prepare(), status;

	if (err)
		return status_of(err);
	if (json) {
		json_open(&j, NULL, '{');
		json_number(&j, "format", 1);
	}
	status = check_kernel(to);
	machine_warn(to);
	if (!initramfs_check_all(verbose, to) && !status)
		status = STATUS_NOT_ENFORCED;
	if (json) {
		json_close(&j, '}');
		putchar('\n');
	}
	return status;
}

static const char usage[] =
	"usage: bpflock check [--verbose] [--json] [--initramfs FILE]\n";

int check_main(int argc, char **argv)
{
	const char *initramfs = NULL;
	bool json = false;
	const struct flag flags[] = { { "json", 'j', &json, NULL },
				      { "verbose", 'v', &verbose, NULL },
				      { "initramfs", 'i', NULL, &initramfs },
				      { 0 } };
	int status = options_read(flags, usage, argc, argv);

	if (status >= 0)
		return status;
	return initramfs ? initramfs_check_one(initramfs, json) : check(json);
}
