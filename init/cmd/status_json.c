// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock status --json: docs/status.schema.json, and --prometheus */
#include "cmd/event.h"
#include "cmd/view.h"
#include "kernel/record.h"
#include "record/seal.h"
#include "util/print.h"

static void json_counters(struct json *j, const struct view_one *one,
			  const struct protection *p)
{
	json_open(j, "counters", '{');
	for (unsigned int i = 0; i < p->n_ops; i++) {
		if (!one->counter[i].denied && !one->counter[i].audited)
			continue;
		json_open(j, p->ops[i].name, '{');
		json_number(j, "denied", one->counter[i].denied);
		json_number(j, "audited", one->counter[i].audited);
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

static void json_late(struct json *j, const struct view *v, int i)
{
	const struct bpflock_record *r = &v->now.one[i].record;

	if (!record_late(r))
		return;
	json_open(j, "late", '{');
	json_string(j, "mode", mode_names[r->late.mode]);
	json_bool(j, "in_force", v->now.late);
	json_part(j, &protections[i], &r->late);
	json_close(j, '}');
}

static void json_last(struct json *j, const struct view *v, int i)
{
	const struct bpflock_event *e = &v->one[i].last;
	char when[WHEN_LEN];

	if (!v->one[i].has_last)
		return;
	json_open(j, "last", '{');
	json_string(j, "time", event_when(e->time_ns + v->boot_ns, true, when));
	json_string(j, "verdict", event_verdict(e));
	json_string(j, "operation", event_op(e));
	json_string(j, "program", e->comm);
	json_number(j, "pid", e->pid);
	json_number(j, "uid", e->uid);
	json_number(j, "cgroup", e->cgroup);
	json_string(j, "object", e->object);
	json_close(j, '}');
}

static void json_record(struct json *j, const struct view *v, int i)
{
	const struct bpflock_record *r = &v->now.one[i].record;
	const struct protection *p = &protections[i];
	char scope[NAMESPACES_TEXT];

	json_part(j, p, &r->now);
	json_late(j, v, i);
	json_ops(j, "missing", p, r->missing);
	json_ops(j, "unguarded", p, r->unguarded);
	json_string(j, "scope", namespaces_text(r->scope, scope));
	json_string(j, "trust", r->trust_text);
	if (i == BPFLOCK_ROOTFS) {
		json_string(j, "protect", r->dirs_text);
		json_bool(j, "root_writable", v->root_writable);
	}
	json_open(j, "hooks", '{');
	for (unsigned int h = 0; h < p->n_hooks; h++)
		json_string(j, p->hooks[h].name,
			    *v->one[i].hook[h] ? v->one[i].hook[h] : "?");
	json_close(j, '}');
	json_counters(j, &v->one[i], p);
	json_last(j, v, i);
}

static void json_one(struct json *j, const struct view *v, int i)
{
	const struct in_force_one *one = &v->now.one[i];

	json_open(j, protections[i].key, '{');
	if (one->unreadable)
		json_null(j, "mode");
	else
		json_string(j, "mode",
			    one->present ? mode_names[one->record.now.mode] :
					   "allow");
	json_bool(j, "present", one->present);
	json_bool(j, "readable", !one->unreadable);
	json_bool(j, "ok", !one->unreadable && (v->one[i].ok || !one->present));
	if (one->has_record)
		json_record(j, v, i);
	json_close(j, '}');
}

static void json_missing(struct json *j, const struct judged *judged)
{
	json_open(j, "not_as_asked", '[');
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (judged->missing & (1u << i))
			json_string(j, NULL, protections[i].key);
	if (judged->seal_missing)
		json_string(j, NULL, "seal");
	json_close(j, ']');
}

static void json_policy(struct json *j, const struct view *v)
{
	json_open(j, "policy", '{');
	json_bool(j, "kept_from_boot", v->at_boot);
	json_bool(j, "file_differs", v->file_differs);
	json_number(j, "mistakes", v->asked.errors);
	json_open(j, "messages", '[');
	for (unsigned int i = 0; i < v->asked.diags; i++)
		json_string(j, NULL, v->asked.diag[i]);
	json_close(j, ']');
	json_close(j, '}');
}

static void json_anchored(struct json *j, const struct view *v)
{
	unsigned int hooks = view_anchored(v, NULL);

	json_open(j, "anchored", '[');
	for (int h = 0; h < ANCHOR_HOOKS; h++)
		if (hooks & (1u << h))
			json_string(j, NULL, anchor_hooks[h].name);
	json_close(j, ']');
}

void view_json(const struct view *v, FILE *out)
{
	struct judged judged = view_judge(v);
	struct json j = { .out = out };
	char gaps[SEAL_GAPS_LEN] = "";

	json_open(&j, NULL, '{');
	json_number(&j, "format", 1);
	json_string(&j, "verdict", verdict_names[judged.verdict]);
	json_number(&j, "exit_status", view_exit(v, &judged));
	json_missing(&j, &judged);
	json_policy(&j, v);
	json_bool(&j, "ftrace_held", v->ftrace_held);
	json_number(&j, "events_lost", v->lost);
	json_open(&j, "protections", '{');
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		json_one(&j, v, i);
	json_close(&j, '}');
	if (seal_in_force(&v->now))
		seal_gaps(&v->now, gaps);
	json_string(&j, "seal", seal_state(&v->now));
	json_string(&j, "seal_gaps", gaps);
	json_anchored(&j, v);
	json_close(&j, '}');
	fputc('\n', out);
}
