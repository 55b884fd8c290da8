// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpflock list: the protections and operations that this binary knows, a line
 * each, for people and for scripts.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/options.h"
#include "util/exit_status.h"

/* "kimg dev_mem LOCKDOWN_DEV_MEM open /dev/mem, /dev/kmem, /dev/port" */
static void print_operation(const struct protection *p,
			    const struct operation *op)
{
	printf("%s %s ", p->key, op->name);
	for (const char *c = op->needs; *c; c++)
		if (*c != ' ')
			putchar(*c);
	printf("%s %s\n", *op->needs ? "" : "-", op->means);
}

int list_main(int argc, char **argv)
{
	bool all = false, hooks = false;
	const struct flag flags[] = { { "all", 'a', &all, NULL },
				      { "hooks", 'k', &hooks, NULL },
				      { 0 } };
	int status = options_read(flags,
				  "usage: bpflock list [--all] [--hooks]\n",
				  argc, argv);

	if (status >= 0)
		return status;
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];

		if (p->internal && !all)
			continue;
		for (unsigned int op = 0; op < p->n_ops && !hooks; op++)
			print_operation(p, &p->ops[op]);
		for (unsigned int h = 0; h < p->n_hooks && hooks; h++)
			printf("%s %s\n", p->key, p->hooks[h].name);
	}
	return STATUS_DONE;
}
