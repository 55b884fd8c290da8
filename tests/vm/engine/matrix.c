// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * matrix KEY [PLAN] - makes every attempt of one protection, by every caller,
 *	under every mode and with some lists, and compares with the rule; the
 *	PLANs are those of plan.h, "given" with the words MODE [allow=A,B]
 *	[block=C] [scope=D] [trust=E]
 * matrix COMMAND ... - what a boot needs besides, for which busybox has nothing
 *
 * Prints TAP: one test per operation and rule.
 */
#include <sched.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "ways/binds.h"
#include "ways/lives.h"
#include "ways/devices.h"
#include "ways/faultrun.h"
#include "ways/faults.h"
#include "ways/initcode.h"
#include "ways/readd.h"
#include "ways/siege.h"
#include "engine/check.h"
#include "engine/plan.h"
#include "engine/suite.h"
#include "engine/tap.h"
#include "seal/seal.h"

#define EX_USAGE 64

static int own_cgroups(char **argv)
{
	if (unshare(CLONE_NEWCGROUP)) {
		perror("unshare");
		return 1;
	}
	execvp(argv[0], argv);
	perror(argv[0]);
	return 127;
}

static int memfd(char **argv)
{
	static const char script[] = "#!/bin/true\n";
	int fd = memfd_create(argv[0], 0);

	if (fd < 0 || write(fd, script, sizeof(script) - 1) < 0) {
		perror("memfd_create");
		return 1;
	}
	fexecve(fd, argv, NULL);
	return 126;
}

static int hold(char **argv)
{
	int fd = open(argv[0], O_RDONLY | O_CLOEXEC);

	if (fd < 0 || flock(fd, LOCK_EX)) {
		perror(argv[0]);
		return 1;
	}
	return pause();
}

static int verity(char **argv)
{
	return verity_make(argv[0]);
}

static int array(char **argv)
{
	return array_make(argv[0]);
}

static int seal(char **argv)
{
	return seal_main(argv[0], argv[1] != NULL);
}

/* Each gets the words after its name, at least one. */
static const struct {
	const char *name, *words, *what;
	int (*run)(char **argv);
} commands[] = {
	{ "memfd", "NAME", "executes a script in a memfd of that name", memfd },
	{ "hold", "FILE", "keeps it locked (flock)", hold },
	{ "verity", "TABLE", "makes that dm-verity device", verity },
	{ "array", "DEVICE", "makes /dev/md0 of it", array },
	{ "own-cgroups", "PROGRAM ...",
	  "runs it in a cgroup namespace of its own", own_cgroups },
	{ "seal", "HOW [few]", "makes the attempts to take the lock off", seal },
	{ "enter", "ROOT PROGRAM ...",
	  "moves /run, /sys, /proc and /dev there, and runs it", seal_enter },
	{ "binds", "N WHERE OF", "bind-mounts OF at WHERE/0, WHERE/1 and so on",
	  binds_make },
	{ "initcode", "FOREIGN OWN ETC PROGRAM ...",
	  "what PID 1 may run, and becomes PROGRAM", initcode },
	{ "initumount", "DIRECTORY",
	  "whether PID 1 unmounts the pins beside a copy", initumount },
	{ "lives", "serve | begin SECONDS | end SECONDS",
	  "races with the begin and the end of tasks", lives },
	{ "readd", "OTHER", "takes the root's disk away, and brings it back",
	  readd },
	{ "siege", "FILE ...", "tries to open them until it is ended", siege },
	{ "fault-at", "N PROGRAM ...", "runs it, and its Nth call fails",
	  fault_at },
	{ "fault-errno", "CALLS ERRNO PROGRAM ...",
	  "runs it without these system calls", fault_errno },
	{ "faultrun", "SCENARIO [FIRST [STEP [every]]]",
	  "fails each system call of the lock", faultrun },
	{ "fault-caps", "CAPABILITIES PROGRAM ...",
	  "runs it without these capabilities", fault_caps },
};

static const struct {
	const char *name;
	void (*run)(void);
} plans[] = {
	{ "", plan_key },
	{ "full", plan_full },
	{ "control", plan_control },
	{ "modes", plan_control_modes },
	{ "locked", plan_locked },
	{ "brief", plan_brief },
	{ "among", plan_among },
};

static int usage(void)
{
	fprintf(stderr, "usage: matrix KEY [");
	for (size_t i = 1; i < sizeof(plans) / sizeof(plans[0]); i++)
		fprintf(stderr, "%s | ", plans[i].name);
	fprintf(stderr, "given MODE ...]\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(stderr, "       matrix %s %s: %s\n", commands[i].name,
			commands[i].words, commands[i].what);
	return EX_USAGE;
}

/* 0, or -1 if there is no such plan. */
static int run_plan(char **words)
{
	const char *name = words[0] ? words[0] : "";

	if (!strcmp(name, "given"))
		return plan_given(words + 1);
	for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++)
		if (!strcmp(name, plans[i].name)) {
			plans[i].run();
			return 0;
		}
	return -1;
}

static int run_suite(const char *key, char **words)
{
	struct timespec t;

	suite = suite_find(key);
	if (!suite)
		return usage();
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (callers_init()) {
		printf("Bail out! cannot prepare the callers\n");
		return 71;
	}
	suite_prepare();
	if (run_plan(words)) {
		printf("Bail out! no such plan: %s\n", words[0]);
		return usage();
	}
	clock_gettime(CLOCK_BOOTTIME, &t);
	printf("# %s: %d attempts, %ld s after boot\n", key, attempts_made,
	       (long)t.tv_sec);
	return tap_plan();
}

int main(int argc, char **argv)
{
	/* up to 5.10 BPF is charged to it: what the lock takes as well */
	setrlimit(RLIMIT_MEMLOCK,
		  &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });
	if (argc < 2)
		return usage();
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (argc > 2 && !strcmp(argv[1], commands[i].name))
			return commands[i].run(argv + 2);
	return run_suite(argv[1], argv + 2);
}
