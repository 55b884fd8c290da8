// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "engine/apply.h"
#include "engine/callers.h"

pid_t apply_pid;
static struct rule applied; /* the last one */

static int run_tool(const char *const *argv)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execv(argv[0], (char **)argv);
		_exit(127);
	}
	apply_pid = pid;
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/*
 * Up to 5.10 there is no bpf_get_current_task_btf(), and the lock itself needs
 * the helper that bpf_read denies: a rule that denies bpf_read to all processes
 * can be taken off, but not be replaced.
 */
static void take_off_bpf_read(const char *const *argv, const struct op *ops)
{
	const char *none[] = { argv[0], "-p", "none", NULL };
	static int old = -1;

	if (old < 0)
		old = !kernel_knows("BPF_FUNC_get_current_task_btf");
	for (int i = 0; old && ops[i].name; i++)
		if (!strcmp(ops[i].name, "bpf_read") &&
		    (applied.block & (1ULL << i)))
			run_tool(none);
}

int apply(const char *key, const struct rule *r, const struct op *ops)
{
	char tool[64], allow[512] = "", block[512] = "";
	const char *argv[12] = { tool, "-p", rule_modes[r->mode] };
	int n = 3, status;

	snprintf(tool, sizeof(tool), "/bin/%s", key);
	if (r->has_allow) {
		rule_list(allow, sizeof(allow), ops, r->allow);
		argv[n++] = "-a";
		argv[n++] = allow;
	}
	if (r->block) {
		rule_list(block, sizeof(block), ops, r->block);
		argv[n++] = "-b";
		argv[n++] = block;
	}
	if (r->scope) {
		argv[n++] = "--scope";
		argv[n++] = r->scope;
	}
	if (r->trust) {
		argv[n++] = "--trust";
		argv[n++] = r->trust;
	}
	take_off_bpf_read(argv, ops);
	status = run_tool(argv);
	applied = *r;
	return status;
}

int apply_boot(const char *key, const struct rule *r)
{
	static const char *const argv[] = { "/bin/bpflock-init", NULL };
	FILE *f;

	mkdir("/etc/bpflock", 0755);
	f = fopen("/etc/bpflock/policy", "w");
	if (!f)
		return -1;
	fprintf(f, "%s = %s\n", key, rule_modes[r->mode]);
	if (r->scope)
		fprintf(f, "scope = %s\n", r->scope);
	fprintf(f, "trust = %s\n",
		r->trust ? r->trust : "services," LISTED_CGROUP);
	if (fclose(f))
		return -1;
	return run_tool(argv);
}

#define ALL_SCOPES "mnt,pid,net,user,ipc,uts,cgroup,time"
#define ALL_TRUSTS "system.slice,system.slice/other.service," UDEVD

int apply_hold(const char *key, int all)
{
	int kimg = !strcmp(key, "kimg");
	/* rootfs denies nothing before the real root is entered */
	const char *const argv[] = { kimg ? "/bin/rootfs" : "/bin/kimg",
				     "-p",
				     "allow",
				     "-b",
				     kimg ? "mount_over" : "xmon_wr",
				     all ? "-s" : NULL,
				     ALL_SCOPES,
				     "-t",
				     ALL_TRUSTS,
				     NULL };

	return run_tool(argv);
}
