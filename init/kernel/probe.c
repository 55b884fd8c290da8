// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kernel/probe.h"
#include "kernel/record.h"
#include "kernel/support.h"
#include "kernel/triggers.h"

static uint64_t runs(int prog_fd)
{
	struct bpf_prog_info info = { 0 };
	uint32_t len = sizeof(info);

	if (bpf_prog_get_info_by_fd(prog_fd, &info, &len))
		return 0;
	return info.run_cnt;
}

static enum probe probe_hook(const char *hook, int prog_fd)
{
	enum probe result = PROBE_NOT_TRIED;
	uint64_t before = runs(prog_fd);
	void (*trigger)(void);
	unsigned int at = 0;

	while ((trigger = triggers_next(hook, &at))) {
		trigger();
		if (runs(prog_fd) > before)
			return PROBE_RUNS;
		result = PROBE_SILENT;
	}
	if (!strcmp(hook, "locked_down") && support_confidentiality())
		return PROBE_NOT_TRIED;
	/*
	 * A sysctl or a chroot may deny user namespaces before the hook, and
	 * the kernel may have no 32-bit system calls.
	 */
	if (!strcmp(hook, "userns_create") ||
	    !strcmp(hook, "file_ioctl_compat"))
		return PROBE_NOT_TRIED;
	return result;
}

/* Does another protection's program at the hook run, and deny? */
static bool denied_by(const struct protection *p, const char *hook)
{
	struct pinned in;
	bool denies = false;
	uint64_t denied;

	if (pins_read(p, &in))
		return false;
	denied = record_denied(&in.record, pins_late());
	for (int i = 0; i < (int)p->n_hooks; i++)
		if (!strcmp(p->hooks[i].name, hook) &&
		    in.hook[i].prog_fd >= 0 && denied & p->hooks[i].ops)
			denies = probe_hook(hook, in.hook[i].prog_fd) ==
				 PROBE_RUNS;
	pins_close(&in);
	return denies;
}

/* A program that denies keeps the programs behind it from being called. */
static bool denied_before(const struct protection *p, const char *hook)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (&protections[i] != p && denied_by(&protections[i], hook))
			return true;
	return false;
}

int probe_hooks(const struct protection *p, const struct pinned *in,
		enum probe result[HOOKS_MAX])
{
	int stats = bpf_enable_stats(BPF_STATS_RUN_TIME), silent = 0;

	if (stats < 0)
		return -errno;
	for (int i = 0; i < (int)p->n_hooks; i++) {
		result[i] = PROBE_NOT_TRIED;
		if (in->hook[i].prog_fd < 0)
			continue;
		result[i] = probe_hook(p->hooks[i].name, in->hook[i].prog_fd);
		if (result[i] == PROBE_SILENT &&
		    denied_before(p, p->hooks[i].name))
			result[i] = PROBE_RUNS;
		silent += result[i] == PROBE_SILENT;
	}
	close(stats);
	return silent;
}
