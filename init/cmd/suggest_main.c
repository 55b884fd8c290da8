// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock suggest: a policy from what an audit has seen. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/history.h"
#include "cmd/options.h"
#include "cmd/suggest.h"
#include "kernel/in_force.h"
#include "kernel/pins.h"
#include "util/cgroups.h"
#include "util/exit_status.h"
#include "util/log.h"

static int start(struct suggest *s)
{
	static struct bpflock_counter c[BPFLOCK_OPS_MAX];
	static struct in_force now;

	in_force_read(&now);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct in_force_one *one = &now.one[i];
		unsigned long long audited = 0;

		if (one->unreadable)
			return -EPERM;
		if (!one->has_record)
			continue;
		if (!pins_counters(&protections[i], c))
			for (int op = 0; op < BPFLOCK_OPS_MAX; op++)
				audited += c[op].audited;
		suggest_start(s, &protections[i], &one->record.now, audited);
		s->scope[i] = one->record.scope;
		/* What is trusted stays so: its requests were not reported. */
		if (s->audited[i])
			policy_trust_read(&s->trust, one->record.trust_text);
	}
	return 0;
}

static int look(struct suggest *s)
{
	struct folded *list;
	struct ring ring;
	int err = start(s);
	size_t n;

	if (err)
		return err;
	err = ring_open(&ring, false);
	if (err)
		return err;
	ring_rewind(&ring);
	list = history_read(&ring, &n);
	for (size_t i = 0; i < n; i++)
		suggest_event(s, &list[i].e, list[i].times,
			      cgroups_path(list[i].e.cgroup));
	free(list);
	ring_close(&ring);
	suggest_end(s);
	return 0;
}

static bool any(const struct suggest *s)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (s->audited[i])
			return true;
	return false;
}

int suggest_main(int argc, char **argv)
{
	int status =
		options_read(NO_FLAGS, "usage: bpflock suggest\n", argc, argv);
	static struct suggest s;
	int err;

	if (status >= 0)
		return status;
	err = look(&s);
	if (err && err != -ENOENT) {
		log_error("%s: %s: run this as root on the host%s", PINS,
			  strerror(-err), pins_hint(err));
		return status_of(err);
	}
	if (!any(&s)) {
		log_error("no protection is in mode audit: boot with "
			  "bpflock.kimg=audit, or call kimg -p audit, and use "
			  "the machine for a while");
		return STATUS_NOT_ENFORCED;
	}
	suggest_print(&s, stdout);
	return STATUS_DONE;
}
