// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock status: what the kernel enforces, from pins, links and policies. */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "apply.h"
#include "fire.h"
#include "below.h"
#include "frozen.h"
#include "ftrace.h"
#include "json.h"
#include "log.h"
#include "seal.h"
#include "tool.h"

struct report {
	const struct protection *p;
	struct pinned in;
	enum fire fire[HOOKS_MAX];
	struct bpflock_counter counter[BPFLOCK_OPS_MAX];
	bool ok; /* every hook is there and runs */
};

static const char *hook_state(const struct report *r, int hook)
{
	if (frozen_lacks_hook(&r->in.policy, r->p, hook))
		return "degraded: not in this kernel";
	if (!frozen_needs_hook(&r->in.policy, r->p, hook))
		return "not needed";
	if (r->in.hook[hook].prog_fd < 0)
		return "MISSING";
	switch (r->fire[hook]) {
	case FIRE_RUNS:
		return "runs";
	case FIRE_SILENT:
		return "SILENT";
	default:
		return "attached";
	}
}

static int read_report(const struct protection *p, struct report *r)
{
	int err, silent;

	memset(r, 0, sizeof(*r));
	r->p = p;
	err = pins_read(p, &r->in);
	if (err || !r->in.has_policy)
		return err;
	silent = fire_check(p, &r->in, r->fire);
	if (silent < 0)
		return silent;
	pins_counters(p, r->counter);
	r->ok = !silent && pins_complete(p, &r->in) && !r->in.policy.unguarded;
	return 0;
}

static void print_scope(FILE *out, const struct bpflock_policy *fp)
{
	const char *comma = "";

	for (int i = 0; i < BPFLOCK_NSS; i++) {
		if (!(fp->scope & (1u << i)))
			continue;
		fprintf(out, "%s%s", comma, ns_names[i]);
		comma = ",";
	}
}

static void print_list(const struct report *r, const char *when,
		       const char *name, uint64_t ops)
{
	printf("  %s%s", when, name);
	text_ops(stdout, r->p, ops);
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
	const struct bpflock_policy *fp = &r->in.policy;

	if (!frozen_late(fp))
		return;
	printf("  late:   %s, %s (%s)\n", mode_names[fp->late.mode],
	       pins_late() ? "in force" : "waits for bpflock late",
	       fp->late.source);
	print_lists(r, "late ", &fp->late);
}

static void print_text(const struct report *r)
{
	const struct bpflock_policy *fp = &r->in.policy;

	printf("%s: ", r->p->key);
	if (!r->in.present) {
		puts("off");
		return;
	}
	if (!r->in.has_policy) {
		puts("BROKEN: its folder is there, its policy is not");
		return;
	}
	printf("%s%s (%s)\n", mode_names[fp->now.mode], r->ok ? "" : " BROKEN",
	       *fp->now.source ? fp->now.source : "default");
	print_lists(r, "", &fp->now);
	if (fp->unguarded)
		print_list(r, "", "not in this kernel: ", fp->unguarded);
	print_late(r);
	printf("  scope:  ");
	print_scope(stdout, fp);
	printf("\n  trust:  %s\n", fp->trust_text);
	if (fp->folders_text[0])
		printf("  protect: %s\n", fp->folders_text);
	if (r->p == &protections[BPFLOCK_ROOTFS] && below_root_writable())
		printf("  the root is writable: remount has nothing to protect\n");
	for (int i = 0; i < HOOKS_MAX && r->p->hooks[i].name; i++)
		printf("  hook:   %s %s\n", r->p->hooks[i].name,
		       hook_state(r, i));
	for (unsigned int i = 0; i < r->p->n_ops; i++)
		if (r->counter[i].denied || r->counter[i].audited)
			printf("  count:  %s denied %llu, audited %llu\n",
			       r->p->ops[i], r->counter[i].denied,
			       r->counter[i].audited);
}

static void print_json_counters(const struct report *r)
{
	const char *comma = "";

	printf(",\"counters\":{");
	for (unsigned int i = 0; i < r->p->n_ops; i++) {
		if (!r->counter[i].denied && !r->counter[i].audited)
			continue;
		printf("%s\"%s\":{\"denied\":%llu,\"audited\":%llu}", comma,
		       r->p->ops[i], r->counter[i].denied,
		       r->counter[i].audited);
		comma = ",";
	}
	putchar('}');
}

static void print_json_part(const struct protection *p,
			    const struct bpflock_part *part)
{
	printf(",\"source\":");
	json_string(stdout, part->source);
	printf(",\"allow\":");
	if (part->has_allow)
		json_ops(stdout, p, part->allow);
	else
		printf("null");
	printf(",\"block\":");
	json_ops(stdout, p, part->block);
}

static void print_json(const struct report *r)
{
	const struct bpflock_policy *fp = &r->in.policy;
	const char *comma = "";

	printf("\"%s\":{\"mode\":\"%s\",\"ok\":%s", r->p->key,
	       r->in.present ? mode_names[fp->now.mode] : "allow",
	       r->ok || !r->in.present ? "true" : "false");
	if (!r->in.has_policy) {
		putchar('}');
		return;
	}
	print_json_part(r->p, &fp->now);
	if (frozen_late(fp)) {
		printf(",\"late\":{\"mode\":\"%s\",\"in_force\":%s",
		       mode_names[fp->late.mode],
		       pins_late() ? "true" : "false");
		print_json_part(r->p, &fp->late);
		putchar('}');
	}
	printf(",\"missing\":");
	json_ops(stdout, r->p, fp->missing);
	printf(",\"unguarded\":");
	json_ops(stdout, r->p, fp->unguarded);
	printf(",\"scope\":\"");
	print_scope(stdout, fp);
	printf("\",\"trust\":");
	json_string(stdout, fp->trust_text);
	if (r->p == &protections[BPFLOCK_ROOTFS]) {
		printf(",\"protect\":");
		json_string(stdout, fp->folders_text);
		printf(",\"root_writable\":%s",
		       below_root_writable() ? "true" : "false");
	}
	printf(",\"hooks\":{");
	for (int i = 0; i < HOOKS_MAX && r->p->hooks[i].name; i++) {
		printf("%s\"%s\":\"%s\"", comma, r->p->hooks[i].name,
		       hook_state(r, i));
		comma = ",";
	}
	putchar('}');
	print_json_counters(r);
	putchar('}');
}

/* Advisory: root on the host has another way to the lock. */
static void report_seal(bool json)
{
	const char *state = seal_state();
	char gaps[32];

	if (json) {
		printf(",\"seal\":\"%s\"", state);
		return;
	}
	printf("seal: %s\n", state);
	if (seal_in_force() && seal_gaps(gaps, sizeof(gaps)))
		printf("  not denied to the host: %s\n", gaps);
}

static int report_all(bool json)
{
	static struct report r;
	const char *comma = "";
	bool ok = true, any = false;
	int err = 0;

	if (json)
		putchar('{');
	for (int i = 0; i < BPFLOCK_PROTECTIONS && !err; i++) {
		if (!protection_built(&protections[i]))
			continue;
		err = read_report(&protections[i], &r);
		if (err)
			break;
		if (json)
			printf("%s", comma);
		(json ? print_json : print_text)(&r);
		comma = ",";
		ok &= r.ok || !r.in.present;
		any |= r.in.present;
		pins_close(&r.in);
	}
	if (!err)
		report_seal(json);
	if (json)
		puts("}");
	if (!err && any)
		ok &= !ftrace_held();
	if (err)
		log_error("%s: %s: only root on the host may look%s", PINS,
			  strerror(-err), pins_hint(err));
	return err ? (int)status_of(err) :
	       ok  ? STATUS_DONE :
		     STATUS_NOT_ENFORCED;
}

static const struct option options[] = {
	{ "json", no_argument, NULL, 'j' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

int status_main(int argc, char **argv)
{
	bool json = false;
	int opt;

	while ((opt = getopt_long(argc, argv, "jh", options, NULL)) != -1) {
		if (opt != 'j') {
			fputs("usage: bpflock status [--json]\n",
			      opt == 'h' ? stdout : stderr);
			return opt == 'h' ? STATUS_DONE : STATUS_USAGE;
		}
		json = true;
	}
	return report_all(json);
}
