// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Records of other versions of bpflock: they are told from broken ones, keep
 * what they deny, and are shown as what they are.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/record.h"
#include "record/plan.h"
#include "tap.h"
#include "view.h"

static const struct protection *const p = &protections[BPFLOCK_KMODULES];

static struct bpflock_record record(void)
{
	struct bpflock_record r;

	memset(&r, 0, sizeof(r));
	r.version = BPFLOCK_RECORD_VERSION;
	r.now.mode = BPFLOCK_DENY;
	r.now.masks.deny_other = r.now.masks.deny_host =
		BPFLOCK_BIT(KMODULES_OPS) - 1;
	return r;
}

static void checks(void)
{
	struct bpflock_record r = record();

	tap(!record_check(&r) && record_knows(&r, p),
	    "a record of this version");
	r.version = BPFLOCK_RECORD_VERSION - 1;
	tap(record_check(&r) == -EPROTO, "an older one");
	r.version = BPFLOCK_RECORD_VERSION + 1;
	r.now.mode = BPFLOCK_MODES;
	tap(record_check(&r) == -EPROTO, "a newer one, with a mode of its own");
	r.version = BPFLOCK_RECORD_VERSION;
	tap(record_check(&r) == -EINVAL, "this version, and no such mode");
	r = record();
	r.now.masks.audit_other = BPFLOCK_BIT(KMODULES_OPS);
	tap(!record_check(&r) && !record_knows(&r, p),
	    "an operation that only another version has");
	r = record();
	r.late.masks.deny_host = BPFLOCK_BIT(63);
	tap(!record_knows(&r, p), "the same in the late part");
}

static void foreign(void)
{
	static struct in_force now;

	tap(!in_force_foreign(&now), "nothing of another version");
	strcpy(now.unknown, "ninth");
	tap(!strcmp(in_force_foreign(&now), "ninth"),
	    "a protection of its own");
	now.one[BPFLOCK_KMODULES].foreign = true;
	tap(!strcmp(in_force_foreign(&now), "kmodules"), "a record");
}

/* self stays for what cannot be read, whatever else is taken off. */
static void kept(void)
{
	static struct in_force now;
	static struct policy pol;
	static struct plan plan;

	now.one[BPFLOCK_KMODULES] = (struct in_force_one){ .present = true,
							   .unreadable = true,
							   .foreign = true };
	policy_init(&pol);
	tap(!plan_steps(&plan, &pol, 1u << BPFLOCK_SYSFS, &now) &&
		    plan.one[BPFLOCK_SELF].step == STEP_LOAD &&
		    plan.self.mode == BPFLOCK_RESTRICT,
	    "self stays beside it");
}

static void shown(void)
{
	static struct view v;
	struct judged j;
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	view_locks(&v, "kmodules = restrict\n");
	memset(&v.now.one[BPFLOCK_KMODULES].record, 0,
	       sizeof(v.now.one[0].record));
	v.now.one[BPFLOCK_KMODULES].has_record = false;
	v.now.one[BPFLOCK_KMODULES].unreadable = true;
	v.now.one[BPFLOCK_KMODULES].foreign = true;
	v.blind = -EPROTO;
	j = view_judge(&v);
	view_text(&v, false, false, out);
	fclose(out);
	tap(j.verdict == VERDICT_BLIND && view_exit(&v, &j) == 71,
	    "status: neither locked nor broken");
	if (!tap(strstr(text, "in force, by another version of bpflock") &&
			 !strstr(text, "BROKEN"),
		 "status: what it is"))
		tap_lines("status", text);
	free(text);
}

int main(void)
{
	checks();
	foreign();
	kept();
	shown();
	return tap_end();
}
