// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock check: what this kernel has of what the protections need. */
#include <getopt.h>
#include <stdio.h>

#include "apply.h"
#include "initial.h"
#include "json.h"
#include "mounts.h"
#include "support.h"
#include "tool.h"

static bool check_hooks(const struct protection *p, const struct support *s,
			bool json)
{
	char name[64];
	bool all = true;

	for (int i = 0; i < HOOKS_MAX && p->hooks[i].name; i++) {
		const struct hook *h = &p->hooks[i];
		bool has;

		snprintf(name, sizeof(name), "bpf_lsm_%s", h->name);
		has = support_named(s, name);
		all &= has || h->optional;
		if (json)
			printf(",\"%s.%s\":%s", p->key, h->name,
			       has ? "true" : "false");
		else
			printf("%s %s: %s\n", p->key, h->name,
			       has	   ? "yes" :
			       h->optional ? "no (degraded without it)" :
					     "NO");
	}
	return all;
}

static void check_ops(const struct protection *p, const struct support *s)
{
	for (unsigned int op = 0; p->op_needs && op < p->n_ops; op++)
		if (p->op_needs[op] && !support_named(s, p->op_needs[op]))
			printf("%s.%s: this kernel does not have it (%s)\n",
			       p->key, p->ops[op], p->op_needs[op]);
}

static int check(bool json)
{
	unsigned int inum[BPFLOCK_NSS];
	struct support s;
	int err = mounts_prepare();
	bool all = true;

	if (err)
		return STATUS_SYSTEM;
	err = support_check(&s);
	if (!err)
		err = initial_read(inum);
	if (json)
		printf("{\"bpf_lsm\":%s", err ? "false" : "true");
	else
		printf("BPF LSM programs: %s\n", err ? "NO" : "yes");
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		all &= check_hooks(&protections[i], &s, json);
		if (!json)
			check_ops(&protections[i], &s);
	}
	if (json)
		puts("}");
	support_free(&s);
	if (err)
		return status_of(err);
	return all ? STATUS_DONE : STATUS_KERNEL;
}

static const struct option options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

int check_main(int argc, char **argv)
{
	bool json = false;
	int opt;

	while ((opt = getopt_long(argc, argv, "jh", options, NULL)) != -1) {
		if (opt != 'j') {
			fputs("usage: bpflock check [--json]\n",
			      opt == 'h' ? stdout : stderr);
			return opt == 'h' ? STATUS_DONE : STATUS_USAGE;
		}
		json = true;
	}
	return check(json);
}
