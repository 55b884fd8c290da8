// SPDX-License-Identifier: GPL-2.0-or-later
#include "masks.h"

struct masks masks_of(const struct protection *p, enum bpflock_mode mode,
		      bool has_allow, uint64_t allow, uint64_t block)
{
	uint64_t known = p->n_ops < 64 ? BPFLOCK_BIT(p->n_ops) - 1 : UINT64_MAX;
	uint64_t all = known & ~p->rules->lists_only;
	struct masks m = { 0 };

	if (allow & p->rules->allow_if)
		allow |= p->rules->allow_also;

	switch (mode) {
	case BPFLOCK_ALLOW:
		m.deny_host = m.deny_other = block;
		break;
	case BPFLOCK_AUDIT:
	case BPFLOCK_RESTRICT:
		m.deny_host = block | (p->rules->closed & ~allow);
		if (has_allow && !p->rules->allow_only_opens)
			m.deny_host |= all & ~allow;
		m.deny_other = all | allow | block;
		break;
	case BPFLOCK_DENY:
	default:
		m.deny_host = m.deny_other = all | block;
		break;
	}
	if (mode == BPFLOCK_AUDIT) {
		m.audit_host = m.deny_host;
		m.audit_other = m.deny_other;
		m.deny_host = m.deny_other = 0;
	}
	return m;
}

uint64_t masks_any(const struct masks *m)
{
	return m->deny_host | m->deny_other | m->audit_host | m->audit_other;
}

bool masks_cover(const struct masks *m, const struct masks *least)
{
	return !(least->deny_host & ~m->deny_host) &&
	       !(least->deny_other & ~m->deny_other) &&
	       !(least->audit_host & ~(m->deny_host | m->audit_host)) &&
	       !(least->audit_other & ~(m->deny_other | m->audit_other));
}
