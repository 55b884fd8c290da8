// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpflock late: from now on, the late.* settings of the policy hold too.
 *
 * bpflock-init loaded them at boot. A directory that this command makes below
 * the pins turns them on (bpf/self.bpf.c). Therefore it needs no bpf(2),
 * which may be denied by now, and works under the seal.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/options.h"
#include "kernel/in_force.h"
#include "kernel/pins.h"
#include "kernel/record.h"
#include "policy/sources.h"
#include "util/exit_status.h"
#include "util/log.h"

#define PINNED_SELF PINS "/self/inode_mkdir"

/*
 * Did the policy ask for a lock? The policy file was in the initramfs, so only
 * the compiled-in policy and the kernel command line can tell.
 */
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
		log_error("%s: %s: run this as root on the host", PINS,
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

/* The late parts, for a line. false: a record may not be read (disablebpf). */
static bool late_parts(char *text, size_t len)
{
	static struct in_force now;
	bool readable = true;
	size_t at = 0;

	text[0] = '\0';
	in_force_read(&now);
	for (int i = 0; i < BPFLOCK_PROTECTIONS && at < len; i++) {
		const struct in_force_one *one = &now.one[i];

		readable &= !one->unreadable;
		if (one->has_record && record_late(&one->record))
			at += snprintf(text + at, len - at, "%s%s=%s%s",
				       at ? " " : "", protections[i].key,
				       mode_names[one->record.late.mode],
				       record_lists(&one->record.late));
	}
	return readable;
}

static int turn_on(void)
{
	char path[PIN_PATH_MAX], text[256];
	bool readable = late_parts(text, sizeof(text));

	if (readable && !text[0]) {
		puts("the policy has no late settings");
		return STATUS_DONE;
	}
	if (mkdir(pins_path(path, BPFLOCK_LATE, NULL), 0700) &&
	    errno != EEXIST) {
		int err = -errno;

		log_error("mkdir %s: %s: run this as root on the host", path,
			  strerror(-err));
		return status_of(err);
	}
	if (!pins_late()) {
		log_error("%s exists and turned nothing on: see bpflock status",
			  path);
		return STATUS_NOT_ENFORCED;
	}
	log_info("late: %s", text[0] ? text : "as the policy says");
	return STATUS_DONE;
}

int late_main(int argc, char **argv)
{
	int status =
		options_read(NO_FLAGS, "usage: bpflock late\n", argc, argv);

	if (status >= 0)
		return status;
	log_boot();
	if (access(PINNED_SELF, F_OK))
		return no_lock(-errno);
	return turn_on();
}
