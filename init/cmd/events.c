// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock events: denials, from the initramfs on. */
#include <errno.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/options.h"
#include "util/exit_status.h"
#include "util/print.h"
#include "util/log.h"
#include "kernel/pins.h"
#include "kernel/ring.h"

#define SECOND 1000000000ull

static const char *verdict_name(const struct bpflock_event *e)
{
	return e->verdict == BPFLOCK_DENIED ? "denied" : "would-deny";
}

static const char *op_name(const struct protection *p, unsigned int op)
{
	return op < p->n_ops ? p->ops[op].name : "?";
}

static void print_text(const struct protection *p,
		       const struct bpflock_event *e)
{
	printf("%llu.%06llu %s %s.%s ", e->time_ns / SECOND,
	       e->time_ns % SECOND / 1000, verdict_name(e), p->key,
	       op_name(p, e->op));
	print_safe(stdout, e->comm);
	printf("[%u] parent %u uid %u cgroup %llu mnt %u %s", e->pid, e->ppid,
	       e->uid, e->cgroup, e->ns_inum[BPFLOCK_NS_MNT],
	       e->host ? "host" : "not host");
	if (e->object[0]) {
		fputc(' ', stdout);
		print_safe(stdout, e->object);
	}
	if (e->detail >= 0)
		printf(" (reason %d)", e->detail);
	fputc('\n', stdout);
}

static void print_json(const struct protection *p,
		       const struct bpflock_event *e)
{
	struct json j = { .out = stdout };

	json_open(&j, NULL, '{');
	json_number(&j, "time_ns", e->time_ns);
	json_string(&j, "verdict", verdict_name(e));
	json_string(&j, "protection", p->key);
	json_string(&j, "operation", op_name(p, e->op));
	json_string(&j, "program", e->comm);
	json_number(&j, "pid", e->pid);
	json_number(&j, "tid", e->tid);
	json_number(&j, "ppid", e->ppid);
	json_number(&j, "uid", e->uid);
	json_number(&j, "cgroup", e->cgroup);
	json_bool(&j, "host", e->host);
	json_open(&j, "namespaces", '{');
	for (int i = 0; i < BPFLOCK_NSS; i++)
		json_number(&j, ns_names[i], e->ns_inum[i]);
	json_close(&j, '}');
	json_string(&j, "object", e->object);
	json_number(&j, "reason", e->detail);
	json_close(&j, '}');
	putchar('\n');
}

static void print_event(struct bpflock_event *e, bool json)
{
	e->comm[sizeof(e->comm) - 1] = 0;
	e->object[sizeof(e->object) - 1] = 0;
	if (e->protection >= BPFLOCK_PROTECTIONS)
		return; /* a newer bpflock loaded that program */
	(json ? print_json : print_text)(&protections[e->protection], e);
}

static int show(bool follow, bool json)
{
	struct bpflock_event event;
	struct ring ring;
	int err = ring_open(&ring, follow);

	if (err == -ENOENT)
		return STATUS_DONE;
	if (err) {
		log_error("open the ring of events: %s: run this as root on "
			  "the host%s",
			  strerror(-err), pins_hint(err));
		return status_of(err);
	}
	do {
		while (ring_next(&ring, &event))
			print_event(&event, json);
		fflush(stdout);
	} while (follow && !ferror(stdout) && !(err = ring_wait(&ring)));
	ring_close(&ring);
	if (ring_lost())
		fprintf(stderr,
			"bpflock: %llu events were lost: the ring was "
			"full (events= makes it larger, events "
			"--follow empties it)\n",
			(unsigned long long)ring_lost());
	return status_of(err);
}

int events_main(int argc, char **argv)
{
	bool follow = false, json = false;
	const struct flag flags[] = { { "follow", 'f', &follow, NULL },
				      { "json", 'j', &json, NULL },
				      { 0 } };
	int status = options_read(flags,
				  "usage: bpflock events [--follow] [--json]\n",
				  argc, argv);

	return status >= 0 ? status : show(follow, json);
}
