// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ways/faultrun.h"
#include "ways/lockstate.h"
#include "ways/supervise.h"

#define OUTPUT	  "/run/faultrun"
#define SETTLE_US 1000000 /* what the replaced programs and maps take to go */

static const struct scenario {
	const char *name;
	const char *before; /* makes the state that the run begins with */
	char *const argv[10];
	bool boot; /* bpflock-init: on_error=reboot stands for a failure */
	bool pid1;
} scenarios[] = {
	{ "replace",
	  "kmodules -p restrict -s mnt",
	  { "kmodules", "-p", "restrict", "-s", "mnt", "-b", "unload_module" } },
	{ "takeoff",
	  "kmodules -p restrict -s mnt",
	  { "kmodules", "-p", "none" } },
	{ "boot", NULL, { "bpflock-init" }, .boot = true },
	{ "pid1",
	  NULL,
	  { "bpflock-init", "--", "/bin/true" },
	  .boot = true,
	  .pid1 = true },
};

static const struct scenario *sc;
static struct lockstate before, asked;
static unsigned int runs, wrong;

/* The state that each run begins with. It also is the run after one that failed. */
static bool make_before(void)
{
	char command[160];
	struct lockstate now;

	if (!sc->before)
		return !lockstate_clear();
	snprintf(command, sizeof(command), "%s >" OUTPUT ".before 2>&1",
		 sc->before);
	if (system(command))
		return false;
	return !before.progs || lockstate_settles(&now, &before);
}

static void describe(const struct lockstate *s, const char *what)
{
	printf("#   %s: does %d, self %d, pins %u and %u, %u others (%s), "
	       "%u programs, %u maps, %u links\n",
	       what, s->does, s->self, s->kmodules, s->selfs, s->others,
	       s->other, s->progs, s->maps, s->links);
	lockstate_print_maps();
}

static bool said_something(void)
{
	struct stat st;

	return !stat(OUTPUT, &st) && st.st_size > 0;
}

/* Nothing is half there, and nothing of it works otherwise than either state. */
static bool whole(const struct lockstate *s)
{
	return !s->others &&
	       (!s->kmodules || s->kmodules == asked.kmodules ||
		s->kmodules == before.kmodules) &&
	       (!s->selfs || s->selfs == asked.selfs ||
		s->selfs == before.selfs) &&
	       (s->kmodules ? s->does == asked.does || s->does == before.does :
			      s->does == DOES_NOTHING);
}

/* What the run came to: an outcome in words, or "WRONG: ..." */
static const char *judge(const struct supervised *s, struct lockstate *now)
{
	bool killed = s->end == END_KILLED ||
		      (s->fault == FAULT_KILL && sc->pid1 && s->hit);

	if (s->end == END_HANGS)
		return "WRONG: hangs";
	if (s->end == END_EXIT && !s->status && !killed)
		return lockstate_settles(now, &asked) ? "done" :
							"WRONG: says done";
	if (s->fault != FAULT_KILL && s->end == END_KILLED)
		return "WRONG: crashes";
	lockstate_settles(now, sc->boot ? &asked : &before);
	if (s->end == END_KILLED)
		return now->does == before.does || now->does == asked.does ?
			       "killed" :
			       "WRONG: weaker";
	if (!said_something())
		return "WRONG: says nothing";
	if (s->fault == FAULT_KILL)
		return s->end == END_STOPS ? "on_error" : "WRONG: no on_error";
	if (!whole(now))
		return "WRONG: half";
	if (sc->boot)
		return s->end == END_STOPS ? "on_error" : "WRONG: no on_error";
	if (lockstate_settles(now, &before))
		return "as before";
	return lockstate_settles(now, &asked) ? "done, error" : "WRONG: lost";
}

/* The same run without a fault makes everything right. */
static bool mends(struct lockstate *now)
{
	static struct supervised again;

	again.pid1 = sc->pid1;
	again.output = OUTPUT ".again";
	return !supervise(&again, sc->argv) && again.end == END_EXIT &&
	       !again.status && lockstate_settles(now, &asked);
}

static void show_output(void)
{
	printf("#   output:\n");
	fflush(stdout);
	if (system("sed 's/^/#     /' " OUTPUT))
		printf("#     none\n");
}

static void one_run(const char *call, unsigned int nth, unsigned int times,
		    enum call_fault fault)
{
	static struct supervised s;
	struct lockstate now = { 0 };
	const char *outcome, *then = "";

	s = (struct supervised){ .call = call,
				 .nth = nth,
				 .fault = fault,
				 .pid1 = sc->pid1,
				 .output = OUTPUT };
	if (supervise(&s, sc->argv))
		outcome = "WRONG: was not run";
	else if (!s.hit)
		outcome = "not reached";
	else if (fault == FAULT_KILL && sc->pid1 && s.hit_first)
		outcome = "PID 1";
	else
		outcome = judge(&s, &now);
	if ((fault == FAULT_KILL && strcmp(outcome, "PID 1")) ||
	    !strncmp(outcome, "WRONG", 5)) {
		struct lockstate is;

		if (!mends(&is)) {
			then = ", WRONG: not mended";
			describe(&is, "not mended");
		}
	}
	printf("# fault %s|%s|%s|%s%s\n", sc->name, call,
	       call_errors[fault].name, outcome, then);
	if (!strncmp(outcome, "WRONG", 5) || *then) {
		wrong++;
		printf("#   %u of %u, end %d, status %d\n", nth, times, s.end,
		       s.status);
		describe(&now, "is");
		show_output();
	}
	if (!make_before()) {
		printf("#   the state before cannot be made again\n");
		wrong++;
		lockstate_clear();
		make_before();
	}
}

/* The state that the program makes, once that does not change any more. */
static bool run_plain(struct supervised *plain)
{
	*plain = (struct supervised){ .pid1 = sc->pid1, .output = OUTPUT };
	if (supervise(plain, sc->argv) || plain->end != END_EXIT ||
	    plain->status) {
		show_output();
		return false;
	}
	usleep(SETTLE_US);
	lockstate_read(&asked);
	return true;
}

/* The first time makes maps that stay. */
static bool begin(struct supervised *plain)
{
	if (lockstate_clear() || !make_before() || !run_plain(plain) ||
	    !make_before())
		return false;
	usleep(SETTLE_US);
	lockstate_read(&before);
	describe(&before, "before");
	if (!run_plain(plain))
		return false;
	describe(&asked, "asked for");
	if (before.does == asked.does || !make_before())
		return false;
	for (unsigned int i = 0; i < plain->sites; i++)
		printf("# site %s: %u\n", plain->site[i].call,
		       plain->site[i].times);
	return true;
}

/* A program that is not started locks nothing, and says nothing. */
static bool starts_program(const char *call)
{
	return !strncmp(call, "execve ", 7) && strstr(call, sc->argv[0]);
}

static void all_runs(const struct supervised *plain, unsigned int first,
		     unsigned int step, bool every)
{
	unsigned int number = 0;

	for (unsigned int i = 0; i < plain->sites; i++) {
		const struct site *site = &plain->site[i];

		if (starts_program(site->call))
			continue;

		for (unsigned int f = 0; f < CALL_FAULTS; f++)
			for (unsigned int nth = 1; nth <= site->times; nth++) {
				if (!(site->faults & (1u << f)) ||
				    (!every && nth > 1 && nth < site->times))
					continue;
				if (++number < first || (number - first) % step)
					continue;
				runs++;
				one_run(site->call, nth, site->times, f);
			}
	}
	printf("# %s: %u runs of %u\n", sc->name, runs, number);
}

int faultrun(char **argv)
{
	unsigned int first = argv[1] ? atoi(argv[1]) : 1;
	unsigned int step = argv[1] && argv[2] ? atoi(argv[2]) : 1;
	static struct supervised plain;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
		if (!strcmp(argv[0], scenarios[i].name))
			sc = &scenarios[i];
	if (!sc)
		return 64;
	if (!begin(&plain)) {
		printf("# %s: cannot be tried\n", sc->name);
		return 1;
	}
	all_runs(&plain, first, step, argv[1] && argv[2] && argv[3]);
	return lockstate_clear() || wrong || !runs;
}
