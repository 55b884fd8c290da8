// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
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

/* Does the kernel preempt a process that runs in the kernel? */
static bool preempts(const struct utsname *u)
{
	char line[4096];

	if (strstr(u->version, "PREEMPT_RT"))
		return true;
	if (!strstr(u->version, "PREEMPT_DYNAMIC"))
		return strstr(u->version, "PREEMPT");
	if (file_read("/sys/kernel/debug/sched/preempt", line, sizeof(line)) > 0)
		return strstr(line, "(full)");
	return file_read(CMDLINE_FILE, line, sizeof(line)) > 0 &&
	       strstr(line, "preempt=full");
}

/*
 * Linux 5.12 began to skip a program that is already running on the processor
 * (kernel/bpf/trampoline.c:__bpf_prog_enter()), 6.2 and 6.1.192 do it no more for
 * LSM programs.
 */
static bool skips_programs(void)
{
	unsigned int major = 0, minor = 0, patch = 0, version;
	const char *debian;
	struct utsname u;

	if (uname(&u))
		return false;
	/* Debian's release is that of the ABI, such as 6.1.0-50-amd64. */
	debian = strstr(u.version, "Debian ");
	sscanf(debian ? debian + strlen("Debian ") : u.release, "%u.%u.%u",
	       &major, &minor, &patch);
	version = major * 100 + minor;
	return version >= 512 && version <= 601 &&
	       (version < 601 || patch < 192) && preempts(&u);
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
	if (skips_programs())
		say(j, "this kernel preempts BPF LSM programs, and then skips "
		       "them for others:\n"
		       "  preempt=voluntary, or Linux 6.2, or 6.1.192");
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
