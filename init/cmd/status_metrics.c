// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpflock status --prometheus: for the textfile collector of Prometheus's
 * node exporter.
 */
#include <string.h>

#include "cmd/view.h"
#include "record/seal.h"
#include "util/exit_status.h"

static void head(const char *name, const char *type, const char *help,
		 FILE *out)
{
	fprintf(out, "# HELP bpflock_%s %s\n# TYPE bpflock_%s %s\n", name, help,
		name, type);
}

static void single(const char *name, const char *type, const char *help,
		   unsigned long long value, FILE *out)
{
	head(name, type, help, out);
	fprintf(out, "bpflock_%s %llu\n", name, value);
}

static void counters(const struct view *v, bool denied, FILE *out)
{
	const char *name = denied ? "denied_total" : "audited_total";

	head(name, "counter",
	     denied ? "Denied requests since the protection was loaded." :
		      "Requests that audit reported and let pass.",
	     out);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		const struct protection *p = &protections[i];

		if (!v->now.one[i].has_record)
			continue;
		for (unsigned int op = 0; op < p->n_ops; op++) {
			const struct bpflock_counter *c =
				&v->one[i].counter[op];

			fprintf(out,
				"bpflock_%s{protection=\"%s\","
				"operation=\"%s\"} %llu\n",
				name, p->key, p->ops[op].name,
				denied ? c->denied : c->audited);
		}
	}
}

static void modes(const struct view *v, FILE *out)
{
	head("mode", "gauge", "The mode of each protection in force.", out);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (v->now.one[i].has_record)
			fprintf(out,
				"bpflock_mode{protection=\"%s\",mode=\"%s\"} "
				"1\n",
				protections[i].key,
				mode_names[v->now.one[i].record.now.mode]);
	head("working", "gauge", "1: every hook of the protection works.", out);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (v->now.one[i].has_record)
			fprintf(out, "bpflock_working{protection=\"%s\"} %d\n",
				protections[i].key, v->one[i].ok);
}

void view_metrics(const struct view *v, FILE *out)
{
	struct judged j = view_judge(v);

	single("locked", "gauge",
	       "1: locked as asked; 0: the exit status of bpflock status is "
	       "not 0, or nothing is in force.",
	       !view_exit(v, &j) && j.verdict != VERDICT_OFF, out);
	single("exit_status", "gauge", "The exit status of bpflock status.",
	       view_exit(v, &j), out);
	single("sealed", "gauge", "1: sealed; 0: not, or only advisory.",
	       !strcmp(seal_state(&v->now), "on"), out);
	single("policy_mistakes", "gauge", "Mistakes in the policy.",
	       v->asked.errors, out);
	single("events_lost_total", "counter",
	       "Denied calls that got no event.", v->lost, out);
	modes(v, out);
	counters(v, true, out);
	counters(v, false, out);
}
