// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpflock late: from now on, what late.* of the policy says holds too.
 *
 * Everything was loaded before the real root; a folder made below the pins
 * turns it on (bpf/self.bpf.c). So it needs no bpf(2), which may be denied by
 * now, and works under the seal.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply.h"
#include "log.h"
#include "pins.h"
#include "frozen.h"
#include "sources.h"
#include "tool.h"

#define PINNED_SELF PINS "/self/inode_mkdir"

/* The policy file was in the initramfs: what else is known of the policy. */
static bool asked_for(void)
{
	static struct policy pol;

	sources_read(&pol, "", CMDLINE_FILE);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (policy_asks(&pol, &protections[i]))
			return true;
	return false;
}

static int no_lock(int err)
{
	if (err != -ENOENT) {
		log_error("%s: %s: only root on the host may do this", PINS,
			  strerror(-err));
		return status_of(err);
	}
	if (!asked_for()) {
		puts("nothing is locked");
		return STATUS_DONE;
	}
	log_error("%s: the lock that was asked for at boot is not there: was "
		  "/sys lost on the way to the real root?",
		  PINS);
	return STATUS_NOT_ENFORCED;
}

/* What waits; false: nobody may look (disablebpf). */
static bool waiting(char *text, size_t len)
{
	struct pinned in;
	size_t at = 0;
	bool readable = true;

	text[0] = '\0';
	for (int i = 0; i < BPFLOCK_PROTECTIONS && at < len; i++) {
		const struct protection *p = &protections[i];

		readable &= !pins_read(p, &in);
		if (in.has_policy && frozen_late(&in.policy))
			at += snprintf(text + at, len - at, "%s%s=%s%s",
				       at ? " " : "", p->key,
				       mode_names[in.policy.late.mode],
				       frozen_lists(&in.policy.late));
		pins_close(&in);
	}
	return readable;
}

static int turn_on(void)
{
	char path[PIN_PATH_MAX], text[256];
	bool readable = waiting(text, sizeof(text));

	if (readable && !text[0]) {
		puts("nothing waits: the policy has no late.*");
		return STATUS_DONE;
	}
	if (mkdir(pins_path(path, BPFLOCK_LATE, NULL), 0700) &&
	    errno != EEXIST) {
		int err = -errno;

		log_error("mkdir %s: %s: only root on the host may do this",
			  path, strerror(-err));
		return status_of(err);
	}
	if (!pins_late()) {
		log_error("%s is there and had no effect: see bpflock status",
			  path);
		return STATUS_NOT_ENFORCED;
	}
	log_info("late: %s", text[0] ? text : "as the policy says");
	return STATUS_DONE;
}

int late_main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int opt = getopt_long(argc, argv, "h", options, NULL);

	if (opt != -1 || optind < argc) {
		fputs("usage: bpflock late\n", opt == 'h' ? stdout : stderr);
		return opt == 'h' ? STATUS_DONE : STATUS_USAGE;
	}
	log_boot();
	if (access(PINNED_SELF, F_OK))
		return no_lock(-errno);
	return turn_on();
}
