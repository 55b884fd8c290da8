// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * matrix seal HOW - makes the attempts of seal.c.
 *
 *   control   without a lock each attempt must work; what it broke is repaired
 *   unsealed  under a lock that is not sealed each must be denied to other
 *             processes. For a host process it must work, and if it takes the
 *             lock off, nothing may be denied afterwards; then the lock is
 *             applied again. "few": of those that do the same only one is made
 *   sealed    each must be denied to all processes
 *   init      what PID 1 itself may do, and what is left without the pins
 *   moves     moves mounts as another process than PID 1; see seal_moves.c
 *   lose      moves the bpffs to where the kernel removes it
 *   races     moves the mounts of the pins while others are unmounted
 *   places    takes most of the places for programs of cgroups
 *   table     makes no attempt: prints the expected results, for SECURITY.md
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "seal/seal.h"

#define NEW_PID_CALLER                                              \
	(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | \
	 CLONE_NEWUTS | CLONE_NEWCGROUP)
#define OFF_TRIES   50 /* a program goes some time after its link */
#define OFF_STEP_US 100000

enum run { CONTROL, UNSEALED, SEALED };

static const char *const runs[] = { "control", "unsealed", "sealed" };

static const struct {
	const char *name;
	int bit;
	int flags;
} who[] = {
	{ "host", HOST, 0 },
	{ "mntns", MNTNS, CLONE_NEWNS },
	{ "container", CONTAINER, NEW_PID_CALLER },
};

/* Shared with the caller: what the attempt returned, and what it did. */
static struct answer {
	int ret;
	int is_off;
} * answer;

/* What run() returns in a new mount namespace, 0 or -errno. */
static int as_mntns(int (*run)(void))
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		if (unshare(CLONE_NEWNS))
			_exit(EPERM);
		_exit(-run());
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

/* Mounting a file system that is not there loads its module. */
static int autoload(void)
{
	if (!mount("none", "/", "minix", 0, NULL))
		return -EIO;
	return errno == ENODEV ? -EPERM : 0;
}

int seal_autoload(void)
{
	int ret = as_mntns(autoload);

	if (!ret)
		module_remove("minix");
	return !ret;
}

int seal_link_by_id(void)
{
	return !as_mntns(link_by_id);
}

static int await_off(int (*off)(void))
{
	for (int i = 0; i < OFF_TRIES; i++) {
		if (off())
			return 1;
		usleep(OFF_STEP_US);
	}
	return 0;
}

static void make(const struct seal_attempt *a, enum run run, int is_host)
{
	answer->ret = a->run();
	if (run == UNSEALED && is_host && a->off && !answer->ret)
		answer->is_off = await_off(a->off);
}

/* Only a child is in the new pid namespace. */
static void act(const struct seal_attempt *a, enum run run, int flags)
{
	pid_t pid;

	if (flags && unshare(flags)) {
		answer->ret = -ENOSYS;
		return;
	}
	if (!(flags & CLONE_NEWPID)) {
		make(a, run, !flags);
		return;
	}
	pid = fork();
	if (!pid) {
		make(a, run, 0);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void make_as(const struct seal_attempt *a, enum run run, int flags)
{
	pid_t pid;

	answer->ret = -ECHILD;
	answer->is_off = 0;
	fflush(stdout);
	pid = fork();
	if (!pid) {
		alarm(60);
		act(a, run, flags);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static int never(const struct seal_attempt *a)
{
	return a->kind == NEVER ||
	       (a->never.symbol && kernel_knows(a->never.symbol));
}

static int denied(const struct seal_attempt *a, enum run run, int is_host)
{
	if (run == CONTROL || a->kind == ALL_MAY)
		return 0;
	if (a->kind == EVERYONE || !is_host)
		return 1;
	return run == SEALED && a->kind == GUARDED;
}

/* Does the lock deny what it must, and are its pins in place? */
static int lock_holds(void)
{
	return seal_pins_there() && !access(POLICY, F_OK) && !seal_autoload();
}

static int as_expected(const struct seal_attempt *a, enum run run, int is_host)
{
	int ret = answer->ret, by_kernel = never(a);

	if (!by_kernel && !denied(a, run, is_host)) {
		if (ret)
			return 0;
		if (run == CONTROL)
			return 1;
		if (run == UNSEALED && is_host && a->kind == GUARDED)
			return !a->off || answer->is_off;
		return lock_holds();
	}
	if (run != CONTROL && !lock_holds())
		return 0;
	if (by_kernel)
		return ret < 0 && ret != -ECHILD && ret != -ENOSYS;
	return ret == -EPERM || ret == -EACCES;
}

static int kmodules(void)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		dup2(2, 1);
		execl("/bin/kmodules", "kmodules", "-p", "restrict", NULL);
		_exit(71);
	}
	waitpid(pid, &status, 0);
	return status;
}

/* Only what is necessary: loading everything again takes long. */
static void apply_again(void)
{
	seal_uncover();
	if (lock_holds())
		return;
	if (access(PINS "/self/policy", F_OK))
		seal_repair();
	if (kmodules())
		printf("# the lock is not applied again\n");
}

static void prepare(enum run run)
{
	if (run == CONTROL)
		seal_repair();
	else if (run == UNSEALED && !lock_holds())
		apply_again();
	/* the kernel moves no mount out of a shared one */
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	mkdir(TEST_DIR, 0700);
	seal_objects();
}

static int try_one(const struct seal_attempt *a, enum run run, int n, int test)
{
	int ok;

	if (a->hold_pins)
		seal_hold_pins();
	make_as(a, run, who[n].flags);
	if (a->hold_pins)
		seal_drop_pins();
	ok = as_expected(a, run, who[n].bit == HOST);
	printf("%sok %d seal %s: %s as %s\n", ok ? "" : "not ", test, runs[run],
	       a->name, who[n].name);
	if (!ok)
		printf("#   %s%s%s\n",
		       answer->ret ? strerror(-answer->ret) : "it worked",
		       seal_pins_there() ? "" : ", and the pins are gone",
		       run == CONTROL  ? "" :
		       seal_autoload() ? ", nothing is denied" :
					 ", the lock denies");
	return ok;
}

static int shown(const struct seal_attempt *a, enum run run, int few)
{
	if ((a->needs_lock && run == CONTROL) ||
	    (a->like_others && run == UNSEALED && few))
		return 0;
	return !a->since.symbol || kernel_knows(a->since.symbol);
}

static const char *word(const struct seal_attempt *a, enum run run, int is_host)
{
	if (!(a->callers & (is_host ? HOST : OTHERS)))
		return "-";
	if (a->kind == NEVER)
		return "fails";
	if (denied(a, run, is_host))
		return "denied";
	return a->off && is_host ? "works, removes the lock" : "works";
}

static int table(void)
{
	puts("| attack | unsealed: host | unsealed: others | sealed: host "
	     "| kernels |");
	puts("|---|---|---|---|---|");
	for (const struct seal_attempt *a = seal_attempts; a->name; a++)
		printf("| %s | %s | %s | %s | %s%s%s |\n", a->name,
		       word(a, UNSEALED, 1), word(a, UNSEALED, 0),
		       word(a, SEALED, 1),
		       a->since.symbol ? "since " :
		       a->never.symbol ? "fails since " :
					 "all",
		       a->since.symbol ? a->since.version : "",
		       a->never.symbol ? a->never.version : "");
	return 0;
}

static int run_all(enum run run, int few)
{
	int tests = 0, failures = 0;

	for (const struct seal_attempt *a = seal_attempts; a->name; a++) {
		prepare(run);
		if (!shown(a, run, few))
			continue;
		for (int n = 2; n >= 0; n--) {
			if (!(a->callers & who[n].bit))
				continue;
			prepare(run);
			failures += !try_one(a, run, n, ++tests);
		}
	}
	printf("1..%d\n", tests);
	return !!failures;
}

static void tell(const char *what, int ret)
{
	printf("# PID 1: %s: %s\n", what, ret ? strerror(-ret) : "it worked");
}

/* What PID 1 may do, and what is denied even to PID 1. */
static int as_init(void)
{
	tell("load an LSM program", load_lsm());
	tell("load an LSM program on bpf", load_lsm_on_bpf());
	tell("open its memory by a child", init_by_child());
	tell("unmount everything", umount_everything());
	sleep(2);
	tell("load a module after that", seal_autoload() ? 0 : -EPERM);
	seal_without_pins();
	fflush(stdout);
	return reboot(RB_POWER_OFF);
}

/* For comparison, without the lock */
static int as_free_init(void)
{
	tell("open its memory by a child", init_by_child());
	fflush(stdout);
	return reboot(RB_POWER_OFF);
}

int seal_main(const char *how, int few)
{
	if (!strcmp(how, "init"))
		return as_init();
	if (!strcmp(how, "free_init"))
		return as_free_init();
	if (!strcmp(how, "places"))
		return seal_take_places();
	if (!strcmp(how, "table"))
		return table();
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!strcmp(how, "moves"))
		return seal_moves();
	if (!strcmp(how, "lose"))
		return seal_lose();
	if (!strcmp(how, "races"))
		return seal_races();
	if (!strcmp(how, "copies"))
		return seal_copies();
	if (!strcmp(how, "newroot"))
		return seal_newroot();
	answer = mmap(NULL, sizeof(*answer), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (answer == MAP_FAILED)
		return 71;
	for (int run = CONTROL; run <= SEALED; run++)
		if (!strcmp(how, runs[run]))
			return run_all(run, few);
	return 64;
}
