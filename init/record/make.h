/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Make the record of a protection, which its BPF programs read. */
#ifndef MAKE_H
#define MAKE_H

#include "kernel/facts.h"
#include "policy/policy.h"
#include "record/hosts.h"

/**
 * record_make - make a record from settings
 * @out: the record to fill in
 * @p: the protection
 * @pol: the policy: scope, trust and directories
 * @now: the protection's setting, @late: its late part
 * @f: facts about this boot
 */
void record_make(struct bpflock_record *out, const struct protection *p,
		 const struct policy *pol, const struct setting *now,
		 const struct setting *late, const struct facts *f);

/**
 * record_add_hosts - tell self and escape about the other protections
 * @r: a record, new or as it is in force; of another protection it stays
 * @p: its protection
 * @h: the host processes of all protections
 *
 * self is then strict enough for each protection, and guards every cgroup
 * that any of them trusts. escape guards the host processes of all.
 */
void record_add_hosts(struct bpflock_record *r, const struct protection *p,
		      const struct hosts *h);

#endif /* MAKE_H */
