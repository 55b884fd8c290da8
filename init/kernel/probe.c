// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/hindrance.h"
#include "kernel/probe.h"
#include "kernel/record.h"
#include "kernel/triggers.h"

static uint64_t runs(int prog_fd)
{
	struct bpf_prog_info info = { 0 };
	uint32_t len = sizeof(info);

	if (bpf_prog_get_info_by_fd(prog_fd, &info, &len))
		return 0;
	return info.run_cnt;
}

/* By its namespaces: a trusted cgroup may make it one as well. */
static bool is_host(const struct bpflock_record *r)
{
	struct stat st;
	char path[32];

	for (int i = 0; i < BPFLOCK_NSS; i++) {
		if (!(r->scope & (1u << i)))
			continue;
		snprintf(path, sizeof(path), "/proc/self/ns/%s", ns_names[i]);
		if (stat(path, &st) || st.st_ino != r->ns_inum[i])
			return false;
	}
	return true;
}

static uint64_t of_caller(const struct masks *m, bool host, bool audit)
{
	uint64_t denied = host ? m->deny_host : m->deny_other;

	return audit ? denied | (host ? m->audit_host : m->audit_other) :
		       denied;
}

/* Of the operations, those that the record denies (or reports). */
static uint64_t hit(const struct bpflock_record *r, bool late, bool audit,
		    uint64_t ops)
{
	bool host = is_host(r);

	return ops & (of_caller(&r->now.masks, host, audit) |
		      (late ? of_caller(&r->late.masks, host, audit) : 0));
}

/*
 * Where the kernel checks signatures, a trigger's module fails for its own
 * before any program asks about an unsigned one.
 */
static uint64_t asked_ops(const struct bpflock_record *r, int protection,
			  uint64_t ops)
{
	if (!r->module_sig)
		return ops;
	if (protection == BPFLOCK_KIMG)
		ops &= ~BPFLOCK_BIT(KIMG_UNSIGNED_MODULE);
	if (protection == BPFLOCK_KMODULES)
		ops &= ~BPFLOCK_BIT(KMODULES_UNSIGNED_MODULE);
	return ops;
}

/*
 * Would the trigger leave an event of another loader's record? The kernel runs
 * the programs that were attached last first (kernel/bpf/trampoline.c:
 * __bpf_trampoline_link_prog()), and none behind one that denies.
 */
static bool leaves_event(const struct trigger *t,
			 const struct probe_others *others, char why[PROBE_WHY])
{
	for (int i = 0; i < TRIGGER_PROTECTIONS; i++) {
		int n = t->is[i].protection;
		const struct in_force_one *one = &others->now->one[n];
		const struct pinned *own = others->own[n];
		bool late = others->now->late;
		uint64_t ops = asked_ops(&one->record, n, t->is[i].ops);

		if (!ops || !one->has_record)
			continue;
		ops = hit(&one->record, late, true, ops);
		if (own)
			ops &= ~hit(&own->record, late, false, ops);
		if (!ops)
			continue;
		snprintf(why, PROBE_WHY, "%s would be reported as %s.%s",
			 t->name, protections[n].key,
			 protections[n].ops[__builtin_ctzll(ops)].name);
		return true;
	}
	return false;
}

static void not_tried(struct probe *out, const char *why)
{
	size_t at = strlen(out->why);

	out->result = PROBE_NOT_TRIED;
	snprintf(out->why + at, PROBE_WHY - at, "%s%s", at ? "; " : "", why);
}

/*
 * The runs of all own programs at a hook. They are in one trampoline: if one
 * runs, so does each, unless another denies before it.
 */
static uint64_t own_runs(const struct probe_others *others, const char *hook)
{
	uint64_t sum = 0;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];
		const struct pinned *own = others->own[i];

		for (unsigned int h = 0; own && h < p->n_hooks; h++)
			if (own->hook[h].prog_fd >= 0 &&
			    !strcmp(p->hooks[h].name, hook))
				sum += runs(own->hook[h].prog_fd);
	}
	return sum;
}

/* Pulls one trigger. */
static void pull(const struct trigger *t, int prog_fd,
		 const struct probe_others *others, struct probe *out)
{
	uint64_t before = runs(prog_fd), own = own_runs(others, t->hook);
	char why[PROBE_WHY];
	int err;

	if (leaves_event(t, others, why)) {
		not_tried(out, why);
		return;
	}
	errno = 0;
	err = t->call();
	if (runs(prog_fd) > before || own_runs(others, t->hook) > own) {
		out->result = PROBE_RUNS;
	} else if (!err) {
		out->result = PROBE_SILENT;
	} else {
		hindrance_text(why, t, err);
		not_tried(out, why);
	}
}

static void probe_hook(const char *hook, int prog_fd,
		       const struct probe_others *others, struct probe *out)
{
	const struct trigger *t;
	bool silent = false;
	unsigned int at = 0;

	while (out->result != PROBE_RUNS && (t = triggers_next(hook, &at))) {
		pull(t, prog_fd, others, out);
		silent |= out->result == PROBE_SILENT;
	}
	if (out->result == PROBE_NONE)
		not_tried(out, "no call reaches it on every machine");
	if (out->result != PROBE_RUNS && silent)
		out->result = PROBE_SILENT;
}

int probe_hooks(const struct protection *p, const struct pinned *in,
		const struct probe_others *others,
		struct probe result[HOOKS_MAX])
{
	int stats = bpf_enable_stats(BPF_STATS_RUN_TIME), silent = 0;

	if (stats < 0)
		return -errno;
	memset(result, 0, HOOKS_MAX * sizeof(*result));
	for (int i = 0; i < (int)p->n_hooks; i++) {
		if (in->hook[i].prog_fd < 0)
			continue;
		probe_hook(p->hooks[i].name, in->hook[i].prog_fd, others,
			   &result[i]);
		silent += result[i].result == PROBE_SILENT;
	}
	close(stats);
	return silent;
}
