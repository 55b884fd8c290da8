// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock status: what the kernel enforces, from pins, links and records. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/event.h"
#include "cmd/history.h"
#include "cmd/options.h"
#include "cmd/view.h"
#include "kernel/ftrace.h"
#include "kernel/pins.h"
#include "kernel/probe.h"
#include "kernel/record.h"
#include "kernel/rootdev.h"
#include "policy/sources.h"
#include "record/asked.h"
#include "util/exit_status.h"
#include "util/files.h"
#include "util/log.h"

static const char *hook_state(const struct protection *p,
			      const struct pinned *in, int hook,
			      const struct probe *probe)
{
	if (record_lacks_hook(&in->record, p, hook))
		return "degraded: not in this kernel";
	if (!record_needs_hook(&in->record, p, hook))
		return "not needed";
	if (in->hook[hook].prog_fd < 0)
		return "MISSING";
	switch (probe->result) {
	case PROBE_RUNS:
		return "runs";
	case PROBE_SILENT:
		return "SILENT";
	default:
		return "not tried";
	}
}

/* Whether all hooks of a protection work. */
static void look_at_hooks(struct view *v, int i, const struct in_force *now)
{
	const struct probe_others others = { .now = now };
	const struct protection *p = &protections[i];
	struct view_one *one = &v->one[i];
	struct probe probe[HOOKS_MAX];
	struct pinned in;
	int silent;

	if (pins_read(p, &in) || !in.has_record)
		goto out;
	silent = probe_hooks(p, &in, &others, probe);
	if (silent < 0)
		goto out;
	for (unsigned int h = 0; h < p->n_hooks; h++)
		snprintf(one->hook[h], HOOK_STATE_LEN, "%s%s%s",
			 hook_state(p, &in, h, &probe[h]),
			 *probe[h].why ? ": " : "", probe[h].why);
	one->ok = !silent && pins_complete(p, &in) && !in.record.unguarded;
out:
	pins_close(&in);
}

static void keep_last(struct view *v, struct folded *f)
{
	struct view_one *one = &v->one[f->e.protection];

	f->e.time_ns = f->last_ns;
	if (one->has_last && one->last.time_ns > f->last_ns)
		return;
	one->has_last = true;
	one->last = f->e;
}

/* The last event of each protection, also where a reader has taken it out. */
static void look_at_events(struct view *v)
{
	struct folded *list;
	struct ring ring;
	size_t n;

	v->lost = ring_lost();
	v->boot_ns = event_clock();
	if (ring_open(&ring, false))
		return;
	ring_rewind(&ring);
	list = history_read(&ring, &n);
	for (size_t i = 0; i < n; i++)
		keep_last(v, &list[i]);
	free(list);
	ring_close(&ring);
}

static void digest_of(const char *path, struct kept *k)
{
	char *text;
	ssize_t len = file_read_all(path, &text);

	k->has_file = len >= 0;
	if (len < 0)
		return;
	sha256(text, len, k->digest);
	free(text);
}

/*
 * What was asked for: as bpflock-init has kept it, or else as the policies and
 * the kernel command line that can be read now have it.
 */
static void look_at_asked(struct view *v)
{
	static struct policy pol;

	v->at_boot = !kept_read(&v->asked);
	digest_of(POLICY_FILE, &v->file);
	if (v->at_boot) {
		v->file_differs =
			v->file.has_file &&
			(!v->asked.has_file ||
			 memcmp(v->file.digest, v->asked.digest, SHA256_LEN));
		return;
	}
	sources_read(&pol, POLICY_FILE, CMDLINE_FILE);
	asked_for(&v->asked, &pol);
}

static int why_blind(const struct in_force *now)
{
	struct pinned in;
	int err = 0;

	for (int i = 0; i < BPFLOCK_PROTECTIONS && !err; i++) {
		if (!now->one[i].unreadable)
			continue;
		err = pins_read(&protections[i], &in);
		pins_close(&in);
	}
	return err ? err : *now->unknown ? -EPROTO : 0;
}

/* Counters and events come first: nothing that follows is counted in them. */
static void look(struct view *v)
{
	bool any = false;

	memset(v, 0, sizeof(*v));
	in_force_read(&v->now);
	v->blind = why_blind(&v->now);
	v->hint = pins_hint(v->blind);
	look_at_events(v);
	look_at_asked(v);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (v->now.one[i].has_record)
			pins_counters(&protections[i], v->one[i].counter);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		any |= v->now.one[i].present;
		if (v->now.one[i].has_record)
			look_at_hooks(v, i, &v->now);
	}
	if (!v->blind)
		anchors_read(&v->anchored);
	v->ftrace_held = any && ftrace_held(&v->now);
	v->root_writable = v->now.one[BPFLOCK_ROOTFS].present &&
			   rootdev_writable();
}

static bool has_colours(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && (!no || !*no) &&
	       (!term || strcmp(term, "dumb"));
}

int status_main(int argc, char **argv)
{
	bool json = false, metrics = false, verbose = false;
	const struct flag flags[] = { { "json", 'j', &json, NULL },
				      { "prometheus", 'p', &metrics, NULL },
				      { "verbose", 'v', &verbose, NULL },
				      { 0 } };
	int status = options_read(flags,
				  "usage: bpflock status [--verbose] [--json] "
				  "[--prometheus]\n",
				  argc, argv);
	static struct view v;
	struct judged j;

	if (status >= 0)
		return status;
	look(&v);
	if (view_unpinned(&v)) {
		log_boot();
		log_error("the lock is sealed, and no pins are found: see "
			  "bpflock status");
	}
	if (json)
		view_json(&v, stdout);
	else if (metrics)
		view_metrics(&v, stdout);
	else
		view_text(&v, has_colours(), verbose, stdout);
	j = view_judge(&v);
	return view_exit(&v, &j);
}
