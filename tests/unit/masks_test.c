// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * masks_of(): modes and lists to masks, written down by hand for kimg (with
 * its confidentiality operations and both xmon reasons) and disablebpf
 * (whose allow list only opens bpf_write).
 */
#include "masks.h"
#include "tap.h"

#define B(n) BPFLOCK_BIT(n)

/* kimg: what restrict is about */
#define INT   (B(KIMG_KCORE) - 1)
#define MSR   B(KIMG_MSR)
#define DBG   B(KIMG_DEBUGFS)
#define KCORE B(KIMG_KCORE)
#define PERF  B(KIMG_PERF)
#define RW    B(KIMG_XMON_RW)
#define WR    B(KIMG_XMON_WR)

/* disablebpf */
#define BPF   (B(DISABLEBPF_OPS) - 1)
#define WRITE B(DISABLEBPF_BPF_WRITE)
#define BTF   B(DISABLEBPF_BTF_LOAD)

enum { NONE, LIST }; /* an allow list given? */

#define ALLOW	 BPFLOCK_ALLOW
#define AUDIT	 BPFLOCK_AUDIT
#define RESTRICT BPFLOCK_RESTRICT
#define DENY	 BPFLOCK_DENY

static const struct testcase {
	const char *what;
	enum bpflock_protection p;
	enum bpflock_mode mode;
	bool has_allow;
	uint64_t allow, block;
	struct masks masks; /* deny host, deny other, audit host, audit other */
} cases[] = {
#define K(...)                                                  \
	{                                                       \
		"kimg " #__VA_ARGS__, BPFLOCK_KIMG, __VA_ARGS__ \
	}
	K(ALLOW, NONE, 0, 0, { 0, 0, 0, 0 }),
	K(ALLOW, NONE, 0, MSR, { MSR, MSR, 0, 0 }),
	K(ALLOW, NONE, 0, MSR | KCORE, { MSR | KCORE, MSR | KCORE, 0, 0 }),
	K(ALLOW, LIST, MSR, 0, { 0, 0, 0, 0 }),
	K(ALLOW, LIST, MSR, DBG, { DBG, DBG, 0, 0 }),

	K(AUDIT, NONE, 0, 0, { 0, 0, 0, INT }),
	K(AUDIT, NONE, 0, MSR | PERF, { 0, 0, MSR | PERF, INT | PERF }),
	K(AUDIT, LIST, 0, 0, { 0, 0, INT, INT }),
	K(AUDIT, LIST, MSR, 0, { 0, 0, INT & ~MSR, INT }),
	K(AUDIT, LIST, MSR, PERF, { 0, 0, (INT & ~MSR) | PERF, INT | PERF }),

	K(RESTRICT, NONE, 0, 0, { 0, INT, 0, 0 }),
	K(RESTRICT, NONE, 0, MSR, { MSR, INT, 0, 0 }),
	K(RESTRICT, NONE, 0, KCORE, { KCORE, INT | KCORE, 0, 0 }),
	K(RESTRICT, LIST, 0, 0, { INT, INT, 0, 0 }),
	K(RESTRICT, LIST, MSR | DBG, 0, { INT & ~(MSR | DBG), INT, 0, 0 }),
	K(RESTRICT, LIST, MSR | KCORE, 0, { INT & ~MSR, INT | KCORE, 0, 0 }),
	K(RESTRICT, LIST, MSR, KCORE,
	  { (INT & ~MSR) | KCORE, INT | KCORE, 0, 0 }),
	K(RESTRICT, LIST, MSR | DBG, DBG, { INT & ~MSR, INT, 0, 0 }),
	K(RESTRICT, LIST, RW, 0, { INT & ~WR, INT | RW, 0, 0 }),
	K(RESTRICT, LIST, WR, 0, { INT & ~WR, INT, 0, 0 }),
	K(RESTRICT, LIST, RW, WR, { INT, INT | RW, 0, 0 }),
	K(RESTRICT, NONE, 0, RW, { RW, INT | RW, 0, 0 }),

	K(DENY, NONE, 0, 0, { INT, INT, 0, 0 }),
	K(DENY, NONE, 0, MSR, { INT, INT, 0, 0 }),
	K(DENY, NONE, 0, PERF, { INT | PERF, INT | PERF, 0, 0 }),
	K(DENY, LIST, MSR, 0, { INT, INT, 0, 0 }),
	K(DENY, LIST, MSR, PERF, { INT | PERF, INT | PERF, 0, 0 }),

	K(BPFLOCK_MODES, NONE, 0, 0, { INT, INT, 0, 0 }),

#define D(...)                                                              \
	{                                                                   \
		"disablebpf " #__VA_ARGS__, BPFLOCK_DISABLEBPF, __VA_ARGS__ \
	}
	D(ALLOW, NONE, 0, 0, { 0, 0, 0, 0 }),
	D(ALLOW, NONE, 0, BTF, { BTF, BTF, 0, 0 }),
	D(ALLOW, LIST, WRITE, 0, { 0, 0, 0, 0 }),
	D(ALLOW, LIST, WRITE, BTF, { BTF, BTF, 0, 0 }),

	D(AUDIT, NONE, 0, 0, { 0, 0, WRITE, BPF }),
	D(AUDIT, NONE, 0, BTF, { 0, 0, WRITE | BTF, BPF }),
	D(AUDIT, LIST, WRITE, 0, { 0, 0, 0, BPF }),
	D(AUDIT, LIST, WRITE, BTF, { 0, 0, BTF, BPF }),

	D(RESTRICT, NONE, 0, 0, { WRITE, BPF, 0, 0 }),
	D(RESTRICT, NONE, 0, BTF, { WRITE | BTF, BPF, 0, 0 }),
	D(RESTRICT, LIST, 0, 0, { WRITE, BPF, 0, 0 }),
	D(RESTRICT, LIST, BTF, 0, { WRITE, BPF, 0, 0 }),
	D(RESTRICT, LIST, WRITE, 0, { 0, BPF, 0, 0 }),
	D(RESTRICT, LIST, WRITE, BTF, { BTF, BPF, 0, 0 }),
	D(RESTRICT, LIST, WRITE, WRITE, { WRITE, BPF, 0, 0 }),

	D(DENY, NONE, 0, 0, { BPF, BPF, 0, 0 }),
	D(DENY, NONE, 0, BTF, { BPF, BPF, 0, 0 }),
	D(DENY, LIST, WRITE, 0, { BPF, BPF, 0, 0 }),
	D(DENY, LIST, WRITE, BTF, { BPF, BPF, 0, 0 }),
};

static bool expected(const struct testcase *c)
{
	struct masks m = masks_of(&protections[c->p], c->mode, c->has_allow,
				  c->allow, c->block);

	if (m.deny_host == c->masks.deny_host &&
	    m.deny_other == c->masks.deny_other &&
	    m.audit_host == c->masks.audit_host &&
	    m.audit_other == c->masks.audit_other)
		return true;
	printf("# deny %#llx %#llx audit %#llx %#llx\n",
	       (unsigned long long)m.deny_host,
	       (unsigned long long)m.deny_other,
	       (unsigned long long)m.audit_host,
	       (unsigned long long)m.audit_other);
	return false;
}

/* The table's own words: what policies are written with. */
static void words(void)
{
	const struct protection *p = protection_find("kimgs", 4);

	tap(p == &protections[BPFLOCK_KIMG] && !protection_find("kimgs", 5) &&
		    !protection_find("", 0),
	    "protection_find()");
	tap(protection_op(p, "debugfs,", 7) == KIMG_DEBUGFS &&
		    protection_op(p, "debug", 5) == -1 &&
		    protection_op(p, "", 0) == -1,
	    "protection_op()");
}

int main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		tap(expected(&cases[i]), cases[i].what);
	words();
	return tap_end();
}
