// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/record.h"
#include "record/hosts.h"

/* A protection that is there and cannot be read counts as in force. */
static bool keep(struct hosts *out, const struct protection *p,
		 const struct in_force_one *one, bool *fits)
{
	struct masks m = record_masks(&one->record);

	if (!one->has_record) {
		out->denies |= one->unreadable && one->present;
		return one->unreadable && one->present;
	}
	if (!p->internal)
		out->denies |= m.deny_host | m.deny_other;
	out->scope[p - protections] = one->record.scope;
	if (!p->internal)
		*fits &= policy_trust_read(&out->trust, one->record.trust_text);
	return true;
}

static void ask(struct hosts *out, const struct policy *pol,
		const struct protection *p, bool *fits)
{
	struct masks now = policy_masks(p, &pol->now[p - protections]);
	struct masks late = policy_masks(p, &pol->late[p - protections]);

	out->denies |= now.deny_host | now.deny_other | late.deny_host |
		       late.deny_other;
	out->scope[p - protections] = policy_scope(pol, p);
	out->trust.services |= pol->trust.services;
	for (unsigned int i = 0; i < pol->trust.n; i++)
		*fits &= policy_trust_add(&out->trust, pol->trust.path[i],
					  strlen(pol->trust.path[i]));
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

int hosts_make(struct hosts *out, const struct policy *pol, unsigned int which,
	       const struct in_force *now)
{
	bool fits = true;

	memset(out, 0, sizeof(*out));
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];
		bool on;

		if (!(which & (1u << i)))
			on = keep(out, p, &now->one[i], &fits);
		else if ((on = policy_asks(pol, p)))
			ask(out, pol, p, &fits);
		out->any |= on && !p->internal;
	}
	/* Sorted, so that the same cgroups make the same record of self. */
	qsort(out->trust.path, out->trust.n, sizeof(out->trust.path[0]),
	      by_name);
	return fits ? 0 : -E2BIG;
}
