// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/event.h"
#include "util/cgroups.h"
#include "util/files.h"
#include "util/print.h"

#define SECOND 1000000000ull

static unsigned long long clock_ns(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return t.tv_sec * SECOND + t.tv_nsec;
}

unsigned long long event_clock(void)
{
	return clock_ns(CLOCK_REALTIME) - clock_ns(CLOCK_BOOTTIME);
}

const char *event_when(unsigned long long ns, bool iso, char out[WHEN_LEN])
{
	time_t seconds = ns / SECOND;
	struct tm tm;
	size_t n;

	if (iso)
		gmtime_r(&seconds, &tm);
	else
		localtime_r(&seconds, &tm);
	n = strftime(out, WHEN_LEN, iso ? "%FT%T" : "%F %T", &tm);
	snprintf(out + n, WHEN_LEN - n, iso ? ".%06uZ" : ".%03u",
		 (unsigned int)(ns % SECOND / (iso ? 1000 : 1000000)));
	return out;
}

/* passwd(5), without the other data bases that getpwuid(3) may ask. */
const char *event_user(unsigned int uid, char out[32])
{
	char *text = NULL, *line, *save;

	snprintf(out, 32, "uid %u", uid);
	if (file_read_all("/etc/passwd", &text) < 0)
		return out;
	for (line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		char *name_end = strchr(line, ':');
		char *number = name_end ? strchr(name_end + 1, ':') : NULL;
		char *end;

		if (!number || strtoul(number + 1, &end, 10) != uid ||
		    *end != ':')
			continue;
		snprintf(out, 32, "%.*s", (int)(name_end - line), line);
		break;
	}
	free(text);
	return out;
}

const char *event_op(const struct bpflock_event *e)
{
	const struct protection *p = &protections[e->protection];

	return e->op < p->n_ops ? p->ops[e->op].name : "?";
}

const char *event_why(const struct bpflock_event *e)
{
	const struct protection *p = &protections[e->protection];

	return e->op < p->n_ops ? p->ops[e->op].means : "";
}

const char *event_verdict(const struct bpflock_event *e)
{
	return e->verdict == BPFLOCK_DENIED ? "denied" : "would-deny";
}

bool event_clean(struct bpflock_event *e)
{
	e->comm[sizeof(e->comm) - 1] = 0;
	e->object[sizeof(e->object) - 1] = 0;
	return e->protection < BPFLOCK_PROTECTIONS;
}

void event_who(const struct bpflock_event *e, FILE *out)
{
	char user[32], owner[OWNER_LEN];

	print_safe(out, e->comm);
	fprintf(out, "[%u] %s in ", e->pid, event_user(e->uid, user));
	print_safe(out, owner_of(cgroups_path(e->cgroup), e->cgroup, owner));
	if (e->host)
		fputs(" (host)", out);
}

/* Only where the operation does not say it: bpf(2) has many more commands. */
static void print_detail(const struct bpflock_event *e, FILE *out)
{
	if (e->detail >= 0 && !strcmp(event_op(e), "other"))
		fprintf(out, " (%s %d)",
			e->protection == BPFLOCK_DISABLEBPF ? "bpf(2) command" :
							      "lockdown reason",
			e->detail);
}

void event_head(const struct bpflock_event *e, FILE *out)
{
	fprintf(out, "%s %s.%s", event_verdict(e),
		protections[e->protection].key, event_op(e));
	if (e->object[0]) {
		fputs(" \"", out);
		print_safe(out, e->object);
		fputc('"', out);
	}
	fputs(": ", out);
	event_who(e, out);
}

void event_text(const struct bpflock_event *e, unsigned long long clock,
		FILE *out)
{
	char when[WHEN_LEN];

	fprintf(out, "%s ", event_when(e->time_ns + clock, false, when));
	event_head(e, out);
	fprintf(out, ": %s", event_why(e));
	print_detail(e, out);
}

static void json_cgroup(struct json *j, const struct bpflock_event *e)
{
	const char *path = cgroups_path(e->cgroup);
	char owner[OWNER_LEN];

	json_number(j, "cgroup", e->cgroup);
	if (path)
		json_string(j, "cgroup_path", path);
	else
		json_null(j, "cgroup_path");
	json_string(j, "owner", owner_of(path, e->cgroup, owner));
	json_bool(j, "container", owner_container(path, owner));
}

void event_json(const struct bpflock_event *e, unsigned long long times,
		unsigned long long last_ns, unsigned long long clock, FILE *out)
{
	struct json j = { .out = out };
	char when[WHEN_LEN], user[32];

	json_open(&j, NULL, '{');
	json_string(&j, "time", event_when(e->time_ns + clock, true, when));
	json_number(&j, "time_ns", e->time_ns);
	json_number(&j, "times", times);
	json_string(&j, "last_time", event_when(last_ns + clock, true, when));
	json_string(&j, "verdict", event_verdict(e));
	json_string(&j, "protection", protections[e->protection].key);
	json_string(&j, "operation", event_op(e));
	json_string(&j, "why", event_why(e));
	json_string(&j, "program", e->comm);
	json_number(&j, "pid", e->pid);
	json_number(&j, "tid", e->tid);
	json_number(&j, "ppid", e->ppid);
	json_number(&j, "uid", e->uid);
	json_string(&j, "user", event_user(e->uid, user));
	json_cgroup(&j, e);
	json_bool(&j, "host", e->host);
	json_open(&j, "namespaces", '{');
	for (int i = 0; i < BPFLOCK_NSS; i++)
		json_number(&j, ns_names[i], e->ns_inum[i]);
	json_close(&j, '}');
	json_string(&j, "object", e->object);
	json_number(&j, "reason", e->detail);
	json_close(&j, '}');
	fputc('\n', out);
}
