// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "cmd/machine.h"
#include "kernel/swap.h"
#include "policy/sources.h"
#include "util/files.h"

#define OVERLAY_MAGIC 0x794c7630 /* include/uapi/linux/magic.h */

static bool reads_not_zero(const char *path)
{
	char text[32];

	return file_read(path, text, sizeof(text)) > 0 && text[0] != '0';
}

static bool has_cgroup2(void)
{
	return !access("/sys/fs/cgroup/cgroup.controllers", F_OK) ||
	       !access("/sys/fs/cgroup/unified", F_OK);
}

/* A line for people has a break where its "\n  " is. */
static void say(struct json *j, const char *text)
{
	char line[512];
	char *to = line;

	if (!j) {
		printf("weaker: %s\n", text);
		return;
	}
	for (; *text && to < line + sizeof(line) - 1; text++)
		if (*text != '\n')
			*to++ = *text;
		else
			text++; /* one of the two blanks is kept */
	*to = '\0';
	json_string(j, NULL, line);
}

static void tell_mistakes(const struct policy *pol, struct json *j)
{
	if (j)
		json_open(j, "mistakes", '[');
	for (unsigned int i = 0; i < pol->diags; i++)
		if (j)
			json_string(j, NULL, pol->diag[i]);
		else
			printf("mistake: %s\n", pol->diag[i]);
	if (j)
		json_close(j, ']');
}

static void warn_policy(const struct policy *pol, struct json *j)
{
	bool restricts = false;

	if (*pol->again)
		say(j, pol->again);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		restricts |= i != BPFLOCK_ESCAPE &&
			     pol->now[i].mode == BPFLOCK_RESTRICT;
	if (restricts && !policy_asks(pol, &protections[BPFLOCK_ESCAPE]))
		say(j, "restrict without escape: a privileged container "
		       "is one step away from\n"
		       "  being a host process: escape = restrict");
	if (pol->seal && swap_on())
		say(j, "a seal, and swap: root can change PID 1's memory "
		       "on the swap device,\n"
		       "  also where it is encrypted, or zram: use no swap");
}

void machine_warn(struct json *j)
{
	static struct policy pol;
	struct statfs root;

	sources_read(&pol, POLICY_FILE, CMDLINE_FILE);
	tell_mistakes(&pol, j);
	if (j)
		json_open(j, "weaker", '[');
	warn_policy(&pol, j);
	if (policy_asks(&pol, &protections[BPFLOCK_ROOTFS]) &&
	    !statfs("/", &root) && root.f_type == OVERLAY_MAGIC)
		say(j, "the root is an overlay: rootfs guards nothing "
		       "below it");
	if (!has_cgroup2())
		say(j, "no cgroup2 at /sys/fs/cgroup: trust = cannot be "
		       "used");
	if (reads_not_zero("/proc/sys/user/max_user_namespaces") &&
	    !policy_asks(&pol, &protections[BPFLOCK_NAMESPACES]))
		say(j, "every user may make user namespaces: "
		       "namespaces.block = user, or\n"
		       "  sysctl user.max_user_namespaces=0");
	if (j)
		json_close(j, ']');
}
