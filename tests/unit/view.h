/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine as bpflock status sees it, made from policy texts. */
#ifndef TEST_VIEW_H
#define TEST_VIEW_H

#include <string.h>

#include "cmd/view.h"
#include "kernel/record.h"
#include "record/asked.h"

static inline void view_asks(struct view *v, const char *text)
{
	static struct policy pol;

	policy_init(&pol);
	policy_add(&pol, POLICY_TEXT, "/etc/bpflock/policy", text,
		   strlen(text));
	asked_for(&v->asked, &pol);
	v->at_boot = true;
}

static inline void view_puts(struct view *v, int i,
			     const struct bpflock_part *now,
			     const struct bpflock_part *late)
{
	struct in_force_one *one = &v->now.one[i];

	one->present = one->has_record = one->complete = true;
	one->record.now = *now;
	one->record.late = *late;
	one->record.scope = BPFLOCK_BIT(BPFLOCK_NS_MNT);
	one->record.host_services = one->record.host_trusts = 1;
	strcpy(one->record.trust_text, "services,a.slice");
	v->one[i].ok = true;
	for (unsigned int h = 0; h < protections[i].n_hooks; h++)
		strcpy(v->one[i].hook[h], "runs");
}

/* In force is what the text asks for, and self. */
static inline void view_locks(struct view *v, const char *text)
{
	static const struct bpflock_part none;
	struct bpflock_part self = { .mode = BPFLOCK_RESTRICT,
				     .source = "always" };
	struct kept was = v->asked;
	bool at_boot = v->at_boot;

	view_asks(v, text);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (*asked_source(&v->asked, i))
			view_puts(v, i, &v->asked.now[i], &v->asked.late[i]);
	self.masks.deny_other = ~0ull;
	self.masks.deny_host = v->asked.seal ? ~0ull : BPFLOCK_BIT(SELF_FTRACE);
	view_puts(v, BPFLOCK_SELF, &self, &none);
	v->asked = was;
	v->at_boot = at_boot;
}

static inline void view_denies(struct view *v, int i, int op, const char *comm,
			       unsigned long long times)
{
	struct bpflock_event *e = &v->one[i].last;

	v->one[i].counter[op].denied += times;
	v->one[i].has_last = true;
	memset(e, 0, sizeof(*e));
	e->time_ns = 5000000000ull;
	e->protection = i;
	e->op = op;
	e->pid = 713;
	e->uid = 4294967294u;
	e->cgroup = 4321;
	e->detail = -1;
	snprintf(e->comm, sizeof(e->comm), "%s", comm);
}

#endif /* TEST_VIEW_H */
