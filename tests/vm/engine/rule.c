// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/rule.h"

#define UDEVD "system.slice/systemd-udevd.service"

static const char *const modes[] = { "allow", "audit", "restrict", "deny" };
static const char *const scopes[] = { "mnt", "pid", "net",    "user",
				      "ipc", "uts", "cgroup", "time" };

pid_t rule_tool_pid;
static struct rule applied; /* the last one */

static int in_list(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = list; (p = strstr(p, word)); p += len)
		if ((p == list || p[-1] == ',') && (!p[len] || p[len] == ','))
			return 1;
	return 0;
}

/* A trusted cgroup and everything below it. */
static int is_trusted(const char *trust, const char *cgroup)
{
	char path[256];
	char *slash;

	snprintf(path, sizeof(path), "%s", cgroup);
	do {
		if (in_list(trust, path))
			return 1;
		slash = strrchr(path, '/');
		if (slash)
			*slash = '\0';
	} while (slash);
	return 0;
}

int rule_is_host(const struct rule *r, const struct caller *c,
		 const struct op *op)
{
	const char *scope = r->scope ? r->scope : "mnt";
	unsigned int ns = c->ns;

	if (c->no_fork)
		ns &= ~(NS_PID | NS_TIME);
	if (c->cgroup && !(op && op->untrusting) &&
	    is_trusted(r->trust ? r->trust : UDEVD, c->cgroup))
		return 1;
	for (int i = 0; i < 8; i++)
		if ((ns & (1u << i)) && in_list(scope, scopes[i]))
			return 0;
	return 1;
}

int rule_denies(const struct rule *r, const struct op *ops, int op, int is_host)
{
	uint64_t bit = 1ULL << op;
	int covered = !ops[op].unnamed_off;

	if (r->block & bit)
		return 1;
	switch (r->mode) {
	case MODE_ALLOW:
		return 0;
	case MODE_DENY:
		return covered;
	default:
		break;
	}
	if (!is_host)
		return covered || (r->allow & bit);
	if (ops[op].closed)
		return !(r->allow & bit);
	return r->has_allow && covered && !ops[op].unnarrowed &&
	       !(r->allow & bit);
}

static void add_list(char *buf, size_t n, const struct op *ops, uint64_t list)
{
	const char *comma = "";

	for (int i = 0; ops[i].name; i++) {
		if (!(list & (1ULL << i)))
			continue;
		snprintf(buf + strlen(buf), n - strlen(buf), "%s%s", comma,
			 ops[i].name);
		comma = ",";
	}
}

void rule_name(const struct rule *r, const struct op *ops, char *buf, size_t n)
{
	snprintf(buf, n, "%s", modes[r->mode]);
	if (r->has_allow) {
		strncat(buf, " allow=", n - strlen(buf) - 1);
		add_list(buf, n, ops, r->allow);
	}
	if (r->block) {
		strncat(buf, " block=", n - strlen(buf) - 1);
		add_list(buf, n, ops, r->block);
	}
	if (r->scope)
		snprintf(buf + strlen(buf), n - strlen(buf), " scope=%s",
			 r->scope);
	if (r->trust)
		snprintf(buf + strlen(buf), n - strlen(buf), " trust=%s",
			 r->trust);
}

static uint64_t parse_list(const struct op *ops, const char *list)
{
	uint64_t bits = 0;

	for (int i = 0; ops[i].name; i++)
		if (in_list(list, ops[i].name))
			bits |= 1ULL << i;
	return bits;
}

int rule_parse(struct rule *r, const struct op *ops, char **words)
{
	int mode = MODE_ALLOW;

	while (mode <= MODE_DENY && words[0] && strcmp(words[0], modes[mode]))
		mode++;
	if (!words[0] || mode > MODE_DENY)
		return -1;
	r->mode = mode;
	while (*++words) {
		if (!strncmp(*words, "allow=", 6)) {
			r->has_allow = 1;
			r->allow = parse_list(ops, *words + 6);
		} else if (!strncmp(*words, "block=", 6)) {
			r->block = parse_list(ops, *words + 6);
		} else if (!strncmp(*words, "scope=", 6)) {
			r->scope = *words + 6;
		} else {
			return -1;
		}
	}
	return 0;
}

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
	rule_tool_pid = pid;
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/*
 * Without bpf_get_current_task_btf() (up to 5.10) the lock itself needs the
 * helper that bpf_read is about: a policy that denies it to all can be taken
 * off, and not be replaced.
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

int rule_apply(const char *key, const struct rule *r, const struct op *ops)
{
	char tool[64], allow[512] = "", block[512] = "";
	const char *argv[12] = { tool, "-p", modes[r->mode] };
	int n = 3, status;

	snprintf(tool, sizeof(tool), "/bin/%s", key);
	if (r->has_allow) {
		add_list(allow, sizeof(allow), ops, r->allow);
		argv[n++] = "-a";
		argv[n++] = allow;
	}
	if (r->block) {
		add_list(block, sizeof(block), ops, r->block);
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

int rule_boot(const char *key, const struct rule *r)
{
	static const char *const argv[] = { "/bin/bpflock-init", NULL };
	FILE *f;

	mkdir("/etc/bpflock", 0755);
	f = fopen("/etc/bpflock/policy", "w");
	if (!f)
		return -1;
	fprintf(f, "%s = %s\n", key, modes[r->mode]);
	if (r->scope)
		fprintf(f, "scope = %s\n", r->scope);
	if (r->trust)
		fprintf(f, "trust = %s\n", r->trust);
	if (fclose(f))
		return -1;
	return run_tool(argv);
}

#define ALL_SCOPES "mnt,pid,net,user,ipc,uts,cgroup,time"
#define ALL_TRUSTS "system.slice,system.slice/other.service," UDEVD

int rule_hold(const char *key, int all)
{
	int kimg = !strcmp(key, "kimg");
	/* rootfs is armed when the real root is entered */
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
