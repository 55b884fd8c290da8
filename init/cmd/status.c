// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock status: what the kernel enforces, from pins, links and records. */
#include <errno.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/options.h"
#include "kernel/ftrace.h"
#include "kernel/pins.h"
#include "kernel/probe.h"
#include "kernel/record.h"
#include "kernel/rootdev.h"
#include "policy/sources.h"
#include "record/asked.h"
#include "record/seal.h"
#include "util/exit_status.h"
#include "util/log.h"
#include "util/print.h"

struct report {
	const struct protection *p;
	struct pinned in;
	struct probe probe[HOOKS_MAX];
	struct bpflock_counter counter[BPFLOCK_OPS_MAX];
	bool ok; /* every hook has its program, and it runs */
};

static const char *hook_state(const struct report *r, int hook)
{
	if (record_lacks_hook(&r->in.record, r->p, hook))
		return "degraded: not in this kernel";
	if (!record_needs_hook(&r->in.record, r->p, hook))
		return "not needed";
	if (r->in.hook[hook].prog_fd < 0)
		return "MISSING";
	switch (r->probe[hook].result) {
	case PROBE_RUNS:
		return "runs";
	case PROBE_SILENT:
		return "SILENT";
	default:
		return "not tried";
	}
}

static int read_report(const struct protection *p, const struct in_force *now,
		       struct report *r)
{
	const struct probe_others others = { .now = now };
	int err, silent;

	memset(r, 0, sizeof(*r));
	r->p = p;
	err = pins_read(p, &r->in);
	if (err || !r->in.has_record)
		return err;
	silent = probe_hooks(p, &r->in, &others, r->probe);
	if (silent < 0)
		return silent;
	pins_counters(p, r->counter);
	r->ok = !silent && pins_complete(p, &r->in) && !r->in.record.unguarded;
	return 0;
}

static void print_list(const struct report *r, const char *when,
		       const char *name, uint64_t ops)
{
	printf("  %s%s", when, name);
	print_ops(stdout, r->p, ops);
	putchar('\n');
}

static void print_lists(const struct report *r, const char *when,
			const struct bpflock_part *part)
{
	if (part->has_allow)
		print_list(r, when, "allow:  ", part->allow);
	if (part->block)
		print_list(r, when, "block:  ", part->block);
}

static void print_late(const struct report *r)
{
	const struct bpflock_record *rec = &r->in.record;

	if (!record_late(rec))
		return;
	printf("  late:   %s, %s (%s)\n", mode_names[rec->late.mode],
	       pins_late() ? "in force" : "waits for bpflock late",
	       rec->late.source);
	print_lists(r, "late ", &rec->late);
}

static void print_text(const struct report *r)
{
	const struct bpflock_record *rec = &r->in.record;
	char scope[NAMESPACES_TEXT];

	printf("%s: ", r->p->key);
	if (!r->in.present) {
		puts("off");
		return;
	}
	if (!r->in.has_record) {
		puts("BROKEN: its directory is there, its policy is not");
		return;
	}
	printf("%s%s (%s)\n", mode_names[rec->now.mode], r->ok ? "" : " BROKEN",
	       *rec->now.source ? rec->now.source : "default");
	print_lists(r, "", &rec->now);
	if (rec->unguarded)
		print_list(r, "", "not guarded here: ", rec->unguarded);
	print_late(r);
	printf("  scope:  %s\n", namespaces_text(rec->scope, scope));
	printf("  trust:  %s\n", rec->trust_text);
	if (rec->dirs_text[0])
		printf("  protect: %s\n", rec->dirs_text);
	if (r->p == &protections[BPFLOCK_ROOTFS] && rootdev_writable())
		printf("  the root is writable: remount has nothing to protect\n");
	for (unsigned int i = 0; i < r->p->n_hooks; i++)
		printf("  hook:   %s %s%s%s\n", r->p->hooks[i].name,
		       hook_state(r, i), *r->probe[i].why ? ": " : "",
		       r->probe[i].why);
	for (unsigned int i = 0; i < r->p->n_ops; i++)
		if (r->counter[i].denied || r->counter[i].audited)
			printf("  count:  %s denied %llu, audited %llu\n",
			       r->p->ops[i].name, r->counter[i].denied,
			       r->counter[i].audited);
}

static void json_counters(struct json *j, const struct report *r)
{
	json_open(j, "counters", '{');
	for (unsigned int i = 0; i < r->p->n_ops; i++) {
		if (!r->counter[i].denied && !r->counter[i].audited)
			continue;
		json_open(j, r->p->ops[i].name, '{');
		json_number(j, "denied", r->counter[i].denied);
		json_number(j, "audited", r->counter[i].audited);
		json_close(j, '}');
	}
	json_close(j, '}');
}

static void json_part(struct json *j, const struct protection *p,
		      const struct bpflock_part *part)
{
	json_string(j, "source", part->source);
	if (part->has_allow)
		json_ops(j, "allow", p, part->allow);
	else
		json_null(j, "allow");
	json_ops(j, "block", p, part->block);
}

static void json_late(struct json *j, const struct report *r)
{
	const struct bpflock_record *rec = &r->in.record;

	if (!record_late(rec))
		return;
	json_open(j, "late", '{');
	json_string(j, "mode", mode_names[rec->late.mode]);
	json_bool(j, "in_force", pins_late());
	json_part(j, r->p, &rec->late);
	json_close(j, '}');
}

static void json_record(struct json *j, const struct report *r)
{
	const struct bpflock_record *rec = &r->in.record;
	char scope[NAMESPACES_TEXT];

	json_part(j, r->p, &rec->now);
	json_late(j, r);
	json_ops(j, "missing", r->p, rec->missing);
	json_ops(j, "unguarded", r->p, rec->unguarded);
	json_string(j, "scope", namespaces_text(rec->scope, scope));
	json_string(j, "trust", rec->trust_text);
	if (r->p == &protections[BPFLOCK_ROOTFS]) {
		json_string(j, "protect", rec->dirs_text);
		json_bool(j, "root_writable", rootdev_writable());
	}
	json_open(j, "hooks", '{');
	for (unsigned int i = 0; i < r->p->n_hooks; i++)
		json_string(j, r->p->hooks[i].name, hook_state(r, i));
	json_close(j, '}');
	json_open(j, "not_tried", '{');
	for (unsigned int i = 0; i < r->p->n_hooks; i++)
		if (*r->probe[i].why)
			json_string(j, r->p->hooks[i].name, r->probe[i].why);
	json_close(j, '}');
	json_counters(j, r);
}

static void print_json(struct json *j, const struct report *r)
{
	json_open(j, r->p->key, '{');
	json_string(j, "mode",
		    r->in.present ? mode_names[r->in.record.now.mode] :
				    "allow");
	json_bool(j, "ok", r->ok || !r->in.present);
	if (r->in.has_record)
		json_record(j, r);
	json_close(j, '}');
}

/* Advisory: root on the host has another way to the lock. */
static void print_seal(const struct in_force *now)
{
	char gaps[SEAL_GAPS_LEN];

	printf("seal: %s\n", seal_state(now));
	if (seal_in_force(now) && seal_gaps(now, gaps))
		printf("  not denied to the host: %s\n", gaps);
}

/* Prints each protection. Return: 0 or -errno; *ok: all that is there works */
static int report_each(struct json *j, const struct in_force *now, bool *any,
		       bool *ok)
{
	static struct report r;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		int err = read_report(&protections[i], now, &r);

		if (!err && j)
			print_json(j, &r);
		else if (!err)
			print_text(&r);
		*ok &= r.ok || !r.in.present;
		*any |= r.in.present;
		pins_close(&r.in);
		if (err)
			return err;
	}
	return 0;
}

/*
 * The policy file was in the initramfs. The kernel command line is what the
 * machine was asked for and can still be read.
 */
static bool not_as_asked(const struct in_force *now, char missing[ASKED_LEN])
{
	static struct policy pol;

	sources_read(&pol, "", CMDLINE_FILE);
	return asked_missing(&pol, CMDLINE_NAME, now, missing);
}

static int report_all(bool json)
{
	struct json j = { .out = stdout };
	static struct in_force now;
	bool ok = true, any = false;
	char missing[ASKED_LEN];
	int err;

	in_force_read(&now);
	ok &= !not_as_asked(&now, missing);
	if (json)
		json_open(&j, NULL, '{');
	else if (missing[0])
		printf("NOT LOCKED AS ASKED on the kernel command line: %s\n",
		       missing);
	err = report_each(json ? &j : NULL, &now, &any, &ok);
	if (!err && json)
		json_string(&j, "not_as_asked", missing);
	if (!err && json)
		json_string(&j, "seal", seal_state(&now));
	else if (!err)
		print_seal(&now);
	if (json) {
		json_close(&j, '}');
		putchar('\n');
	}
	if (err) {
		log_error("%s: %s: run this as root on the host%s", PINS,
			  strerror(-err), pins_hint(err));
		return status_of(err);
	}
	return ok && !(any && ftrace_held(&now)) ? STATUS_DONE :
						   STATUS_NOT_ENFORCED;
}

int status_main(int argc, char **argv)
{
	bool json = false;
	const struct flag flags[] = { { "json", 'j', &json, NULL }, { 0 } };
	int status = options_read(flags, "usage: bpflock status [--json]\n",
				  argc, argv);

	return status >= 0 ? status : report_all(json);
}
