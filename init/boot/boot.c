// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "apply.h"
#include "boot/boot.h"
#include "util/log.h"
#include "kernel/kept.h"
#include "kernel/mounts.h"
#include "kernel/pins.h"
#include "record/asked.h"
#include "util/files.h"
#include "boot/newroot.h"
#include "boot/onerror.h"
#include "policy/sources.h"

#define ALL_PROTECTIONS ((1u << BPFLOCK_PROTECTIONS) - 1)
#define DIAGS_SHOWN	4 /* the kernel log takes few lines at once */

static void report_errors(const struct policy *pol)
{
	unsigned int n = pol->diags < DIAGS_SHOWN ? pol->diags : DIAGS_SHOWN;

	for (unsigned int i = 0; i < n; i++)
		log_error("%s", pol->diag[i]);
	if (pol->errors > n)
		log_error("%u more errors: see bpflock policy",
			  pol->errors - n);
}

static bool asks_nothing(const struct policy *pol)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (policy_asks(pol, &protections[i]))
			return false;
	return !pol->seal;
}

/* For bpflock status: what the machine was asked for. */
static void make_kept(struct kept *k, const struct policy *pol)
{
	char *text;
	ssize_t len;

	asked_for(k, pol);
	len = file_read_all(POLICY_FILE, &text);
	if (len < 0)
		return;
	k->has_file = true;
	sha256(text, len, k->digest);
	free(text);
}

/*
 * Keeps what was asked for. It is tried before the lock is there, and again
 * behind it: a lock that was there already may have denied it.
 */
static void keep(const struct policy *pol, bool *kept, bool report)
{
	static struct kept k;
	int err;

	if (*kept)
		return;
	make_kept(&k, pol);
	err = kept_write(&k);
	*kept = !err;
	if (err && report)
		log_error("keep what was asked for below %s: %s: bpflock status "
			  "will not know it",
			  PINS, strerror(-err));
}

static enum status apply_once(struct policy *pol, const char *root)
{
	char summary[512] = "";
	enum status status;
	bool lost, kept = false;
	int bad = sources_read(pol, POLICY_FILE, CMDLINE_FILE);

	if (bad)
		report_errors(pol);
	if (asks_nothing(pol) && !bad)
		return STATUS_DONE;
	keep(pol, &kept, false);
	if (asks_nothing(pol))
		return STATUS_POLICY;
	lost = root && newroot_prepare(root);
	status = apply(pol, ALL_PROTECTIONS, summary, sizeof(summary));
	keep(pol, &kept, !status);
	if (!status && lost)
		status = STATUS_NOT_ENFORCED;
	log_info("%s: %s", status ? "NOT LOCKED AS ASKED" : "locked",
		 *summary ? summary : "nothing");
	if (!status && bad)
		return STATUS_POLICY;
	return status;
}

/* A crash kernel saves memory to disk and reboots: leave it unlocked. */
static bool is_kdump(void)
{
	return !access("/proc/vmcore", F_OK);
}

static int lock_machine(struct policy *pol, const char *root)
{
	enum status status;

	do {
		status = mounts_prepare() ? STATUS_SYSTEM : STATUS_DONE;
		log_boot();
		if (is_kdump())
			return STATUS_DONE;
		if (!status)
			status = apply_once(pol, root);
		else
			sources_read(pol, POLICY_FILE, CMDLINE_FILE);
	} while (status && on_error(pol->on_error));
	return status;
}

/*
 * PID 1 becomes the next program. A child has loaded the lock, because the
 * programs know their loader by its process and exempt it.
 */
static void become(struct policy *pol, char **argv, bool named)
{
	if (!named)
		argv[0] = pol->exec;
	if (*argv[0]) {
		execv(argv[0], argv);
		log_error("exec %s: %s", argv[0], strerror(errno));
	} else {
		log_error("PID 1 has no next program: boot with "
			  "bpflock.exec=/sbin/init, or start bpflock-init as "
			  "bpflock-init -- /sbin/init");
	}
	on_error(ON_ERROR_PANIC);
}

/* The child's end when no action of on_error= can have been carried out. */
static void report_end(int status)
{
	if (WIFSIGNALED(status))
		log_error("the process that loads the lock was killed by "
			  "signal %d (%s) before the machine was locked: does "
			  "it have enough memory?",
			  WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		log_error("the process that loads the lock ended with the "
			  "wait status %#x before the machine was locked",
			  status);
}

/* PID 1 has a child load the lock: see become(). */
static void lock_by_child(struct policy *pol)
{
	int status;
	pid_t pid;

	do {
		pid = fork();
		if (!pid)
			_exit(lock_machine(pol, NULL));
		if (pid < 0) {
			lock_machine(pol, NULL);
			return;
		}
		status = 0;
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		if (WIFEXITED(status))
			return;
		mounts_prepare();
		log_boot();
		report_end(status);
		sources_read(pol, POLICY_FILE, CMDLINE_FILE);
	} while (on_error(pol->on_error));
}

int boot_main(const char *root, char **argv, bool named)
{
	static struct policy pol;

	if (getpid() != 1)
		return lock_machine(&pol, root);
	mounts_devices();
	lock_by_child(&pol);
	sources_read(&pol, POLICY_FILE, CMDLINE_FILE);
	become(&pol, argv, named);
	return STATUS_SYSTEM;
}
