// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock events: denials, from the initramfs on. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/commands.h"
#include "cmd/event.h"
#include "cmd/history.h"
#include "cmd/journal.h"
#include "cmd/options.h"
#include "kernel/pins.h"
#include "kernel/ring.h"
#include "util/exit_status.h"
#include "util/log.h"

#define SECOND	1000000000ull
#define WAIT_MS 1000 /* between two looks at what was folded */

static bool follow, json, journal;
static const char *since, *protection;
static unsigned long long since_ns; /* CLOCK_REALTIME */
static unsigned long long to_wall; /* from event_clock() */

static bool wanted(const struct bpflock_event *e, unsigned long long last_ns)
{
	return last_ns + to_wall >= since_ns &&
	       (!protection ||
		!strcmp(protections[e->protection].key, protection));
}

static void print_times(unsigned long long times, const char *more,
			unsigned long long ns)
{
	printf(": %llu times%s in %llu s", times, more,
	       (ns + SECOND - 1) / SECOND);
}

static void print_folded(const struct folded *f)
{
	if (json) {
		event_json(&f->e, f->times, f->last_ns, to_wall, stdout);
		return;
	}
	event_text(&f->e, to_wall, stdout);
	if (f->times > 1)
		print_times(f->times, "", f->last_ns - f->e.time_ns);
	putchar('\n');
}

/* All that is there, in the order of the first of each. */
static int show(struct ring *ring)
{
	size_t n;
	struct folded *list = history_read(ring, &n);

	for (size_t i = 0; i < n; i++)
		if (wanted(&list[i].e, list[i].last_ns))
			print_folded(&list[i]);
	free(list);
	return 0;
}

static int send(const struct bpflock_event *e, unsigned long long times)
{
	static struct limit limits[LIMITS];
	unsigned long long held;

	return limit_pass(limits, e, &held) ?
		       journal_send(e, times, held, to_wall) :
		       0;
}

/* A new event, or @times more of one that was shown, in @ns until @last. */
static int tell(const struct bpflock_event *e, unsigned long long times,
		unsigned long long ns, unsigned long long last)
{
	if (json) {
		event_json(e, times, last, to_wall, stdout);
		return 0;
	}
	if (journal)
		return send(e, times);
	event_text(e, to_wall, stdout);
	if (ns)
		print_times(times, " more", ns);
	putchar('\n');
	return 0;
}

static int tell_repeated(struct folded *f)
{
	unsigned long long more = f->times - f->told;
	int err;

	f->told = f->times;
	if (!more)
		return 0;
	err = tell(&f->e, more, f->last_ns - f->told_ns + 1, f->last_ns);
	f->told_ns = f->last_ns;
	return err;
}

static unsigned long long boot_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return t.tv_sec * SECOND + t.tv_nsec;
}

/* One event of a stream: shown at once if it is not a repetition. */
static int take(struct folded *list, struct bpflock_event *e)
{
	static unsigned int next;
	struct folded *f;
	int err;

	if (!event_clean(e) || !wanted(e, e->time_ns))
		return 0;
	f = fold_find(list, FOLD_BACK, e);
	if (f) {
		fold_more(f, e);
		return 0;
	}
	f = &list[next++ % FOLD_BACK];
	err = tell_repeated(f);
	fold_start(f, e);
	return err ? err : tell(e, 1, 0, e->time_ns);
}

/* Repetitions, also those that the kernel has only counted. */
static int repeat(const struct ring *ring, struct folded *list)
{
	static unsigned long long looked_ns;
	unsigned long long now = boot_ns();
	bool look = now > looked_ns + FOLD_NS / 2;
	struct bpflock_seen seen;
	int err = 0;

	for (int i = 0; i < FOLD_BACK && !err; i++) {
		if (look && list[i].times && ring_seen(ring, &list[i].e, &seen))
			fold_seen(&list[i], &seen);
		if (fold_due(&list[i], now))
			err = tell_repeated(&list[i]);
	}
	if (look)
		looked_ns = now;
	return err;
}

static int stream(struct ring *ring)
{
	static struct folded list[FOLD_BACK];
	struct bpflock_event e;
	int err = 0;

	while (!err) {
		to_wall = event_clock();
		while (!err && ring_next(ring, &e))
			err = take(list, &e);
		if (!err)
			err = repeat(ring, list);
		if (fflush(stdout))
			break;
		if (!err)
			err = ring_wait(ring, WAIT_MS);
	}
	if (err && journal)
		log_error("send to the journal: %s: is systemd-journald there?",
			  strerror(-err));
	return err;
}

static void report_lost(void)
{
	unsigned long long lost = ring_lost();

	if (lost)
		fprintf(stderr,
			"bpflock: %llu denied calls have no event: the ring "
			"had no room, or no more room for their cgroup "
			"(events= makes it larger, events --follow empties "
			"it)\n",
			lost);
}

static int run(void)
{
	struct ring ring;
	int err = ring_open(&ring, follow);

	if (err == -ENOENT && !journal)
		return STATUS_DONE;
	if (err) {
		log_error("open the ring of events: %s: run this as root on "
			  "the host%s",
			  strerror(-err), pins_hint(err));
		return status_of(err);
	}
	/* Events that another reader has taken out, too. */
	if (since && !follow)
		ring_rewind(&ring);
	to_wall = event_clock();
	err = follow ? stream(&ring) : show(&ring);
	ring_close(&ring);
	report_lost();
	return status_of(err);
}

static bool check_options(void)
{
	long long seconds = 0;

	if (since && !since_parse(since, time(NULL), &seconds)) {
		log_error("--since %s: no time: use 10m, 13:05 or "
			  "\"2026-11-26 13:05\"",
			  since);
		return false;
	}
	since_ns = seconds < 0 ? 0 : seconds * SECOND;
	if (protection && !protection_find(protection, strlen(protection))) {
		log_error("--protection %s: no such protection: bpflock list "
			  "prints them",
			  protection);
		return false;
	}
	return true;
}

int events_main(int argc, char **argv)
{
	const struct flag flags[] = { { "follow", 'f', &follow, NULL },
				      { "json", 'j', &json, NULL },
				      { "journal", 'J', &journal, NULL },
				      { "since", 's', NULL, &since },
				      { "protection", 'p', NULL, &protection },
				      { 0 } };
	int status = options_read(flags,
				  "usage: bpflock events [--follow] [--json] "
				  "[--journal] [--since TIME]\n"
				  "                      [--protection WORD]\n",
				  argc, argv);

	if (status >= 0)
		return status;
	follow |= journal;
	return check_options() ? run() : STATUS_USAGE;
}
