// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock check: which of the protections' requirements this kernel meets. */
#include <stdio.h>

#include "cmd/commands.h"
#include "cmd/machine.h"
#include "cmd/options.h"
#include "kernel/initial_ns.h"
#include "kernel/mounts.h"
#include "kernel/support.h"
#include "util/exit_status.h"
#include "util/print.h"

static bool verbose;

static bool check_hooks(const struct protection *p, const struct support *s,
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

static void check_ops(const struct protection *p, const struct support *s)
{
	for (unsigned int op = 0; op < p->n_ops && verbose; op++)
		if (!support_any(s, p->ops[op].needs))
			printf("%s.%s: this kernel does not have it (%s)\n",
			       p->key, p->ops[op].name, p->ops[op].needs);
}

static bool check_all(const struct support *s, bool lsm, bool json)
{
	struct json j = { .out = stdout };
	bool all = true;

	if (json) {
		json_open(&j, NULL, '{');
		json_bool(&j, "bpf_lsm", lsm);
	} else if (verbose || !lsm) {
		printf("BPF LSM programs: %s\n", lsm ? "yes" : "NO");
	}
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		all &= check_hooks(&protections[i], s, json ? &j : NULL);
		if (!json)
			check_ops(&protections[i], s);
	}
	if (json) {
		json_close(&j, '}');
		putchar('\n');
	} else if (all && lsm) {
		puts("this kernel has what the lock needs (-v shows all)");
	}
	return all;
}

static int check(bool json)
{
	unsigned int inum[BPFLOCK_NSS];
	static struct in_force now;
	struct support s;
	int err = mounts_prepare();
	bool all;

	if (err)
		return STATUS_SYSTEM;
	err = support_check(&s);
	in_force_read(&now);
	if (!err)
		err = initial_ns_read(inum, &now);
	all = check_all(&s, !err, json);
	support_free(&s);
	if (!json)
		machine_warn();
	if (err)
		return status_of(err);
	return all ? STATUS_DONE : STATUS_KERNEL;
}

int check_main(int argc, char **argv)
{
	bool json = false;
	const struct flag flags[] = { { "json", 'j', &json, NULL },
				      { "verbose", 'v', &verbose, NULL },
				      { 0 } };
	int status = options_read(flags,
				  "usage: bpflock check [--verbose] [--json]\n",
				  argc, argv);

	return status >= 0 ? status : check(json);
}
