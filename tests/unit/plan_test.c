// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From policy, records in force and facts to a plan: records, host processes,
 * the seal. The kernel of these tests is a struct; carrying out a plan is
 * copying its records into it.
 */
#include <errno.h>
#include <string.h>

#include "kernel/record.h"
#include "record/asked.h"
#include "record/plan.h"
#include "record/seal.h"
#include "tap.h"

#define ALL	 ((1u << BPFLOCK_PROTECTIONS) - 1)
#define ONLY(of) (1u << BPFLOCK_##of)
#define B(n)	 BPFLOCK_BIT(n)

static struct facts facts;
static struct in_force kernel;
static struct policy pol;
static struct plan plan;

/* A kernel that has everything, nothing in force. */
static void boot(void)
{
	memset(&kernel, 0, sizeof(kernel));
	memset(&facts, 0, sizeof(facts));
	facts.casts = facts.module_sig = true;
	facts.loader_pid = 100;
	for (int i = 0; i < BPFLOCK_NSS; i++)
		facts.ns_inum[i] = 4026531840u + i;
}

static int make_plan(unsigned int which, const char *text)
{
	int err;

	policy_init(&pol);
	policy_add(&pol, POLICY_TEXT, "test", text, strlen(text));
	err = plan_steps(&plan, &pol, which, &kernel);
	if (!err)
		plan_records(&plan, &pol, &kernel, &facts);
	return err;
}

static void carry_out(void)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		struct in_force_one *is = &kernel.one[i];

		if (plan.one[i].step == STEP_TAKE_OFF)
			memset(is, 0, sizeof(*is));
		if (plan.one[i].step != STEP_LOAD)
			continue;
		is->present = is->has_record = is->complete = true;
		is->record = plan.one[i].record;
	}
}

static void apply_all(const char *text)
{
	make_plan(ALL, text);
	carry_out();
}

static enum step step(enum bpflock_protection of)
{
	return plan.one[of].step;
}

static const struct bpflock_record *record(enum bpflock_protection of)
{
	return &plan.one[of].record;
}

static bool no_step_but(enum step a, enum step b)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (plan.one[i].step != a && plan.one[i].step != b)
			return false;
	return true;
}

static void steps(void)
{
	boot();
	make_plan(ALL, "");
	tap(no_step_but(STEP_TAKE_OFF, STEP_TAKE_OFF) && !plan_loads(&plan),
	    "nothing is asked for: all is taken off, nothing is loaded");
	make_plan(ALL, "kimg = restrict\n");
	tap(step(BPFLOCK_KIMG) == STEP_LOAD &&
		    step(BPFLOCK_SELF) == STEP_LOAD &&
		    step(BPFLOCK_ESCAPE) == STEP_TAKE_OFF && plan_loads(&plan),
	    "self comes with the first protection");
	tap(record(BPFLOCK_SELF)->now.masks.deny_host == B(SELF_FTRACE),
	    "without the seal, self denies the host ftrace_enabled alone");
	carry_out();
	make_plan(ALL, "kimg = restrict\n");
	tap(step(BPFLOCK_KIMG) == STEP_KEEP && step(BPFLOCK_SELF) == STEP_KEEP,
	    "applied twice: nothing changes");
	facts.loader_pid++;
	make_plan(ALL, "\nkimg = on\n");
	tap(step(BPFLOCK_KIMG) == STEP_KEEP,
	    "another loader and another source: nothing changes");
	make_plan(ALL, "kimg = deny\n");
	tap(step(BPFLOCK_KIMG) == STEP_LOAD && step(BPFLOCK_SELF) == STEP_KEEP,
	    "another mode is loaded, self stays");
	kernel.one[BPFLOCK_KIMG].complete = false;
	make_plan(ALL, "kimg = restrict\n");
	tap(step(BPFLOCK_KIMG) == STEP_LOAD, "a lost pin: loaded again");
	make_plan(ONLY(KIMG), "kimg = allow\n");
	tap(step(BPFLOCK_KIMG) == STEP_TAKE_OFF &&
		    step(BPFLOCK_SELF) == STEP_TAKE_OFF,
	    "self goes with the last protection");
}

static void audit(void)
{
	const struct masks *self = &record(BPFLOCK_SELF)->now.masks;

	boot();
	apply_all("kimg = audit\nlate.kmodules = audit\n");
	tap(!self->deny_host && !self->deny_other && self->audit_other,
	    "where nothing is denied, self only reports");
	make_plan(ONLY(SYSFS), "sysfs = audit\n");
	tap(step(BPFLOCK_SELF) == STEP_KEEP && !self->deny_other,
	    "and so it stays with one more that is audited");
	make_plan(ONLY(SYSFS), "sysfs = restrict\n");
	tap(step(BPFLOCK_SELF) == STEP_LOAD && self->deny_other,
	    "with the first protection that denies, self denies");
	apply_all("kimg = restrict\n");
	make_plan(ONLY(SYSFS), "sysfs = audit\n");
	tap(step(BPFLOCK_SELF) == STEP_KEEP && self->deny_other,
	    "as long as another denies, self does");
	apply_all("kimg = audit\nlate.sysfs = deny\n");
	tap(self->deny_other, "a late setting that denies counts");
	boot();
	apply_all("kimg = audit\nkimg.block = msr\n");
	tap(!self->deny_other, "a list under audit denies nothing");
	apply_all("kimg = audit\nseal = on\n");
	tap(self->deny_host & B(SELF_PINS), "a seal denies");
	boot();
	kernel.one[BPFLOCK_KIMG].present = true;
	kernel.one[BPFLOCK_KIMG].unreadable = true;
	make_plan(ONLY(SYSFS), "sysfs = audit\n");
	tap(self->deny_other, "what cannot be read may deny");
}

static void one_by_hand(void)
{
	boot();
	apply_all("kimg\nescape\nscope = mnt,net\n");
	make_plan(ONLY(KMODULES), "kmodules\n");
	tap(step(BPFLOCK_KIMG) == STEP_LEAVE &&
		    step(BPFLOCK_KMODULES) == STEP_LOAD,
	    "the others are left alone");
	tap(step(BPFLOCK_ESCAPE) == STEP_LOAD &&
		    plan.one[BPFLOCK_ESCAPE].follows &&
		    record(BPFLOCK_ESCAPE)->other_scope[BPFLOCK_KMODULES] ==
			    B(BPFLOCK_NS_MNT),
	    "escape follows: it guards the host processes of the new scope");
	tap(record(BPFLOCK_SELF)->scope ==
		    (B(BPFLOCK_NS_MNT) | B(BPFLOCK_NS_NET)),
	    "self's scope is the union of all");
	tap(record(BPFLOCK_SELF)->kinds == record(BPFLOCK_SELF)->scope &&
		    record(BPFLOCK_KMODULES)->kinds == B(BPFLOCK_NS_MNT) &&
		    record(BPFLOCK_ESCAPE)->kinds ==
			    (B(BPFLOCK_NS_MNT) | B(BPFLOCK_NS_NET)),
	    "a record has all the kinds of namespaces that it asks about");
	make_plan(ONLY(KMODULES), "kmodules\nkmodules.scope = mnt,net\n");
	tap(step(BPFLOCK_ESCAPE) == STEP_LEAVE,
	    "escape is left alone where it knows the scope already");
	kernel.one[BPFLOCK_SELF].unreadable = true;
	kernel.one[BPFLOCK_SELF].has_record = false;
	make_plan(ONLY(KMODULES), "kmodules\n");
	tap(step(BPFLOCK_SELF) == STEP_KEEP,
	    "self stays where disablebpf denies reading it");
}

static void seal(void)
{
	static const char text[] =
		"kimg = deny\nkmodules = deny\nseal = on\ntrust = a\n";
	char gaps[SEAL_GAPS_LEN];

	boot();
	apply_all(text);
	tap(seal_in_force(&kernel) && !strcmp(seal_state(&kernel), "on"),
	    "a seal with kimg and kmodules is on");
	make_plan(ALL, text);
	tap(no_step_but(STEP_KEEP, STEP_TAKE_OFF),
	    "sealed: what is in force as asked is kept");
	make_plan(ALL, "kimg = deny\nkmodules = deny\ntrust = a\n");
	tap(step(BPFLOCK_SELF) == STEP_KEEP,
	    "a policy without the seal does not open it");
	make_plan(ONLY(KIMG), "kimg = restrict\ntrust = a\n");
	tap(step(BPFLOCK_KIMG) == STEP_DENIED, "sealed: a change is denied");
	make_plan(ONLY(SYSFS), "sysfs = restrict\ntrust = a\n");
	tap(step(BPFLOCK_SYSFS) == STEP_DENIED, "sealed: an addition too");
	boot();
	apply_all("kimg = deny\nkmodules = deny\n");
	make_plan(ALL, "kimg = deny\nkmodules = deny\nseal = on\n");
	tap(step(BPFLOCK_KIMG) == STEP_LOAD && step(BPFLOCK_SELF) == STEP_LOAD,
	    "what is to be sealed is loaded again, so that it can be anchored");
	boot();
	apply_all("kimg = restrict\nseal = on\n");
	tap(seal_gaps(&kernel, gaps) && !strcmp(gaps, "kimg kmodules") &&
		    !strcmp(seal_state(&kernel), "advisory"),
	    "a seal is advisory while root can load modules");
	boot();
	apply_all("kimg = deny\nkmodules.block = unsigned_module\nseal = on\n");
	tap(!seal_gaps(&kernel, gaps), "denying unsigned modules is enough");
	kernel.swap = true;
	tap(seal_gaps(&kernel, gaps) && !strcmp(gaps, "swap") &&
		    !strcmp(seal_state(&kernel), "advisory"),
	    "a seal is advisory while the machine swaps");
	boot();
	apply_all("kimg = deny\nlate.kmodules = deny\nseal = on\n");
	tap(seal_gaps(&kernel, gaps) && !strcmp(gaps, "kmodules"),
	    "a late setting is no help before it is in force");
	kernel.late = true;
	tap(!seal_gaps(&kernel, gaps), "and is afterwards");
	boot();
	apply_all("kimg = deny\n");
	tap(!strcmp(seal_state(&kernel), "off"), "no seal");
}

static unsigned int hook_bit(const struct protection *p, const char *hook)
{
	for (unsigned int i = 0; i < p->n_hooks; i++)
		if (!strcmp(p->hooks[i].name, hook))
			return 1u << i;
	return 0;
}

static void kernel_lacks(void)
{
	boot();
	facts.missing_hooks[BPFLOCK_KIMG] =
		hook_bit(&protections[BPFLOCK_KIMG], "locked_down");
	make_plan(ALL, "kimg\nkmodules\n");
	tap(step(BPFLOCK_KIMG) == STEP_IMPOSSIBLE &&
		    step(BPFLOCK_KMODULES) == STEP_LOAD,
	    "a hook that is needed: impossible, the others are loaded");
	make_plan(ALL, "kimg = allow\nkimg.block = autoload_module\n");
	tap(step(BPFLOCK_KIMG) == STEP_LOAD,
	    "a hook of operations that are not asked for");
	boot();
	facts.missing_hooks[BPFLOCK_NAMESPACES] =
		hook_bit(&protections[BPFLOCK_NAMESPACES], "userns_create");
	make_plan(ALL, "namespaces\n");
	tap(step(BPFLOCK_NAMESPACES) == STEP_LOAD,
	    "an optional hook may be missing");
	boot();
	facts.missing_ops[BPFLOCK_KIMG] = B(KIMG_XFRM_SECRET) | B(KIMG_MSR);
	make_plan(ALL, "kimg\nkimg.block = xfrm_secret\n");
	tap(record(BPFLOCK_KIMG)->unguarded == B(KIMG_XFRM_SECRET),
	    "an operation in a block list that the kernel lacks is unguarded");
	boot();
	facts.rootdev.more = true;
	make_plan(ALL, "rootfs = deny\nkimg\n");
	tap(record(BPFLOCK_ROOTFS)->unguarded == B(ROOTFS_RAW_WRITE) &&
		    !record(BPFLOCK_KIMG)->unguarded,
	    "more devices below others than a record has: unguarded");
	make_plan(ALL, "rootfs = allow\nrootfs.block = remount\n");
	tap(!record(BPFLOCK_ROOTFS)->unguarded,
	    "more devices, and raw_write is not asked for");
	boot();
}

static void reads(void)
{
	const struct plan_one *self = &plan.one[BPFLOCK_SELF];

	boot();
	facts.casts = false;
	make_plan(ALL, "kimg\nseal = on\n");
	tap(self->record.now.masks.deny_host & B(SELF_MOUNTS) &&
		    !(self->without_reads.now.masks.deny_host &
		      B(SELF_MOUNTS)) &&
		    self->without_reads.unguarded == B(SELF_MOUNTS) &&
		    !self->without_reads.read_strings,
	    "before 6.2, without helpers that read: mounts are not guarded");
	carry_out();
	kernel.one[BPFLOCK_SELF].record = self->without_reads;
	make_plan(ALL, "kimg\nseal = on\n");
	tap(step(BPFLOCK_SELF) == STEP_KEEP, "and that record is kept");
	facts.casts = true;
	make_plan(ALL, "kimg\nseal = on\n");
	tap(step(BPFLOCK_SELF) == STEP_DENIED,
	    "where it could be better it is not what was asked for");
}

static bool trusts_text(const struct bpflock_record *r, const char *text)
{
	return !strcmp(r->trust_text, text);
}

static void hosts(void)
{
	const struct bpflock_record *self = record(BPFLOCK_SELF);
	const struct bpflock_record *escape = record(BPFLOCK_ESCAPE);
	char text[512] = "kimg\ntrust = none,b/c,a\n";

	boot();
	apply_all("escape\ntrust = none,b,a\nkimg.scope = pid\n");
	tap(trusts_text(escape, "none,b,a") && trusts_text(self, "none,a,b") &&
		    self->trusts == 2 && !self->host_trusts,
	    "self guards trusted cgroups, sorted, and trusts none");
	/* fs/kernfs/dir.c:kernfs_name_hash() of "a" and of "b" */
	tap(self->trust_hash[0][0] == 0x222d1bd4 &&
		    self->trust_hash[1][0] == 0x5c096c4c &&
		    !self->trust_hash[0][1],
	    "names are hashed as kernfs does");
	make_plan(ONLY(KIMG), text);
	tap(escape->trusts == 3 && escape->host_trusts == 2 &&
		    trusts_text(self, "none,a,b,b/c"),
	    "a cgroup that only another protection trusts is guarded");
	tap(self->trust_hash[2][0] == self->trust_hash[1][0] &&
		    self->trust_hash[2][1] == 0x15e5bcc5,
	    "the first component of a path comes first");
	tap(!self->services && !escape->services,
	    "services are guarded where any protection trusts them");
	make_plan(ONLY(KIMG), "kimg\n");
	tap(self->services == 0x5dd3b93c && !self->host_services &&
		    escape->services == self->services &&
		    !escape->host_services &&
		    record(BPFLOCK_KIMG)->host_services == self->services,
	    "and only there a service is a host process");
	make_plan(
		ONLY(KIMG),
		"kimg\ntrust = none,system.slice/systemd-udevd.service/udev\n");
	tap(record(BPFLOCK_KIMG)->trust_hash[0][0] == BPFLOCK_HASH_SLICE &&
		    record(BPFLOCK_KIMG)->trust_hash[0][1] ==
			    BPFLOCK_HASH_UDEVD &&
		    record(BPFLOCK_KIMG)->trust_hash[0][2] == BPFLOCK_HASH_UDEV,
	    "the names of services have these hashes");
	make_plan(ONLY(KIMG), "kimg\ntrust = none,workers\n");
	tap(record(BPFLOCK_KIMG)->trust_hash[0][0] == BPFLOCK_HASH_WORKERS,
	    "and so have the workers of udevd");
	make_plan(ONLY(KIMG),
		  "kimg\ntrust = none,init.scope,c-681c2803.init.scope\n");
	tap(record(BPFLOCK_KIMG)->trust_hash[0][0] == 0x598abeea &&
		    record(BPFLOCK_KIMG)->trust_hash[1][0] == 0x598abeea,
	    "the name that tests/vm tries has the hash of init.scope");
	boot();
	apply_all("kimg\ntrust = 1,2,3,4,5,6,7,8\n");
	tap(make_plan(ONLY(SYSFS), "sysfs\ntrust = 8\n") == 0 &&
		    make_plan(ONLY(SYSFS), "sysfs\ntrust = 9\n") == -E2BIG,
	    "more trusted cgroups than can be guarded");
	tap(make_plan(ALL, "sysfs\ntrust = 9\n") == 0,
	    "a protection that is taken off trusts nobody");
	kernel.one[BPFLOCK_KIMG].unreadable = true;
	kernel.one[BPFLOCK_KIMG].has_record = false;
	make_plan(ONLY(SYSFS), "sysfs = allow\n");
	tap(step(BPFLOCK_SELF) == STEP_KEEP || step(BPFLOCK_SELF) == STEP_LOAD,
	    "a protection that cannot be read counts as in force");
}

/* What the policy of the last plan asks for and the kernel does not have. */
static bool lacks(unsigned int which, bool seal)
{
	static struct kept k;
	bool seal_missing;

	asked_for(&k, &pol);
	return asked_missing(&k, &kernel, &seal_missing) == which &&
	       seal_missing == seal;
}

static void missing(void)
{
	static const char text[] = "kimg = deny\nlate.kmodules = deny\n"
				   "seal = on\n";

	boot();
	apply_all(text);
	tap(lacks(0, false), "what is in force as asked is not missing");
	make_plan(ALL, "kimg = restrict\nseal = on\n");
	tap(lacks(0, false), "nor is what is in force and stricter");
	memset(&kernel.one[BPFLOCK_KMODULES], 0, sizeof(kernel.one[0]));
	make_plan(ALL, text);
	tap(lacks(ONLY(KMODULES), false), "a protection that is gone");
	boot();
	make_plan(ALL, text);
	tap(lacks(ONLY(KIMG) | ONLY(KMODULES), true), "all of them");
	apply_all("kimg = restrict\nlate.kmodules = deny\nseal = on\n");
	make_plan(ALL, text);
	tap(lacks(ONLY(KIMG), false), "less than was asked for");
	boot();
	facts.missing_ops[BPFLOCK_KIMG] = B(KIMG_MSR);
	apply_all(text);
	record_drop(&kernel.one[BPFLOCK_KIMG].record, B(KIMG_MSR));
	tap(lacks(0, false), "what the kernel lacks is not missing");
	boot();
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		kernel.one[i].present = kernel.one[i].unreadable = true;
	tap(lacks(0, false), "a record that cannot be read may be in force");
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		kernel.one[i].present = false;
	tap(lacks(0, false),
	    "and so may pins that an ordinary user cannot look at");
}

static void rootfs(void)
{
	const struct bpflock_record *r = record(BPFLOCK_ROOTFS);

	boot();
	facts.rootdev = (struct rootdev){
		.initramfs_dev = 2, .n = 1, .upper = { 5 }, .lower = { 7 }
	};
	apply_all("rootfs\nrootfs.protect = /usr,/a/b\n");
	tap(r->initramfs_dev == 2 && r->belows == 1 && r->below_upper[0] == 5 &&
		    r->below_lower[0] == 7 && r->dirs == 2 &&
		    r->dir_depth[0] == 1 && r->dir_depth[1] == 2 &&
		    !strcmp(r->dirs_text, "/usr,/a/b"),
	    "rootfs gets the devices and the directories");
	facts.rootdev.initramfs_dev = 0;
	make_plan(ALL, "rootfs\nrootfs.protect = /usr,/a/b\n");
	tap(step(BPFLOCK_ROOTFS) == STEP_KEEP,
	    "that the initramfs is gone is no change");
	facts.rootdev.lower[0] = 8;
	make_plan(ALL, "rootfs\nrootfs.protect = /usr,/a/b\n");
	tap(step(BPFLOCK_ROOTFS) == STEP_LOAD, "another device is one");
}

static void newroots(void)
{
	const struct bpflock_record *r = record(BPFLOCK_SELF);

	boot();
	facts.newroots = (struct newroots){ .n = 2, .dev = { 5, 7 } };
	apply_all("kimg\nseal = on\n");
	tap(r->newroots == 2 && r->newroot[0] == 5 && r->newroot[1] == 7 &&
		    !record(BPFLOCK_KIMG)->newroots,
	    "self alone gets the roots that the initramfs can be left for");
	memset(&facts.newroots, 0, sizeof(facts.newroots));
	make_plan(ALL, "kimg\nseal = on\n");
	tap(step(BPFLOCK_SELF) == STEP_KEEP, "that they are gone is no change");
}

/* self knows whether anybody can still change what the root is. */
static void closed_root(void)
{
	static const struct {
		const char *text;
		unsigned int closed;
	} cases[] = {
		{ "seal = on\nrootfs = deny\n", 1 },
		{ "seal = on\nrootfs = deny\nkimg = deny\n", 1 },
		{ "seal = on\nrootfs = restrict\n", 0 },
		{ "seal = on\nrootfs = restrict\nrootfs.block = raw_write\n",
		  0 },
		{ "seal = on\nrootfs = restrict\n"
		  "rootfs.block = remount,mount_over,raw_write\n",
		  1 },
		{ "seal = on\nlate.rootfs = deny\n", 0 },
		{ "seal = on\nkimg = deny\n", 0 },
	};
	const struct bpflock_record *r = record(BPFLOCK_SELF);

	unsigned int wrong = 0;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		boot();
		apply_all(cases[i].text);
		wrong += r->root_closed != cases[i].closed;
	}
	tap(!wrong, "self knows whether rootfs closes the root");
}

int main(void)
{
	closed_root();
	steps();
	audit();
	one_by_hand();
	seal();
	kernel_lacks();
	reads();
	hosts();
	missing();
	rootfs();
	newroots();
	return tap_end();
}
