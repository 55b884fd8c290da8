// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock events: refusals, from the initramfs on. */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "apply.h"
#include "json.h"
#include "log.h"
#include "pins.h"
#include "ring.h"
#include "tool.h"

#define SECOND 1000000000ull

static const char *verdict_name(const struct bpflock_event *e)
{
	return e->verdict == BPFLOCK_DENIED ? "denied" : "would-deny";
}

static const char *op_name(const struct protection *p, unsigned int op)
{
	return op < p->n_ops ? p->ops[op] : "?";
}

static void print_text(const struct protection *p,
		       const struct bpflock_event *e)
{
	printf("%llu.%06llu %s %s.%s ", e->time_ns / SECOND,
	       e->time_ns % SECOND / 1000, verdict_name(e), p->key,
	       op_name(p, e->op));
	text_safe(stdout, e->comm);
	printf("[%u] parent %u uid %u cgroup %llu mnt %u %s", e->pid, e->ppid,
	       e->uid, e->cgroup, e->ns_inum[BPFLOCK_NS_MNT],
	       e->host ? "host" : "not host");
	if (e->object[0]) {
		fputc(' ', stdout);
		text_safe(stdout, e->object);
	}
	if (e->detail >= 0)
		printf(" (reason %d)", e->detail);
	fputc('\n', stdout);
}

static void print_json(const struct protection *p,
		       const struct bpflock_event *e)
{
	printf("{\"time_ns\":%llu,\"verdict\":\"%s\",\"protection\":\"%s\","
	       "\"operation\":\"%s\",\"program\":",
	       e->time_ns, verdict_name(e), p->key, op_name(p, e->op));
	json_string(stdout, e->comm);
	printf(",\"pid\":%u,\"tid\":%u,\"ppid\":%u,\"uid\":%u,"
	       "\"cgroup\":%llu,\"host\":%s,\"namespaces\":{",
	       e->pid, e->tid, e->ppid, e->uid, e->cgroup,
	       e->host ? "true" : "false");
	for (int i = 0; i < BPFLOCK_NSS; i++)
		printf("%s\"%s\":%u", i ? "," : "", ns_names[i], e->ns_inum[i]);
	printf("},\"object\":");
	json_string(stdout, e->object);
	printf(",\"reason\":%d}\n", e->detail);
}

static void print_event(struct bpflock_event *e, bool json)
{
	e->comm[sizeof(e->comm) - 1] = 0;
	e->object[sizeof(e->object) - 1] = 0;
	if (e->protection >= BPFLOCK_PROTECTIONS)
		return; /* written by a newer program than this one */
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
		log_error("open the ring of events: %s: only root on the host "
			  "may read it%s",
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

static const struct option options[] = {
	{ "follow", no_argument, NULL, 'f' },
	{ "json", no_argument, NULL, 'j' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

int events_main(int argc, char **argv)
{
	bool follow = false, json = false;
	int opt;

	while ((opt = getopt_long(argc, argv, "fjh", options, NULL)) != -1) {
		if (opt == 'f') {
			follow = true;
		} else if (opt == 'j') {
			json = true;
		} else {
			fputs("usage: bpflock events [--follow] [--json]\n",
			      opt == 'h' ? stdout : stderr);
			return opt == 'h' ? STATUS_DONE : STATUS_USAGE;
		}
	}
	return show(follow, json);
}
