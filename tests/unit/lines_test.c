// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpflock policy: its warnings, --json and diff. "lines_test json" prints JSON
 * for tests/unit/schema.sh.
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/policy_lines.h"
#include "policy/moot.h"
#include "tap.h"

static char text[65536];

static const struct policy *policy(int i, const char *from)
{
	static struct policy pol[2];

	policy_init(&pol[i]);
	policy_add(&pol[i], POLICY_TEXT, "F", from, strlen(from));
	return &pol[i];
}

static bool warns(const char *from, const char *of)
{
	struct moot m;

	policy_moot(policy(0, from), &m);
	for (unsigned int i = 0; i < m.n; i++)
		if (of && strstr(m.text[i], of))
			return true;
	return !of && m.n;
}

static void warnings(void)
{
	tap(!warns("kimg\nescape\nfileless\nrootfs\n", NULL),
	    "restrict: no warning");
	tap(!warns("kimg = deny\n", NULL), "deny: no warning");
	tap(warns("kimg\nkimg.allow = dev_mem\n", "host processes may change"),
	    "dev_mem is allowed, msr is denied");
	tap(!warns("kimg\nkimg.allow = ioport,debugfs\n", NULL),
	    "ioport and debugfs are allowed");
	tap(!warns("kimg = audit\nkimg.allow = dev_mem\n", NULL),
	    "audit: no warning");
	tap(warns("kimg\nkimg.allow = unsigned_module\n", "unsigned_module"),
	    "unsigned modules are allowed");
	tap(!warns("kimg\nkimg.allow = unsigned_module\n"
		   "kmodules\nkmodules.block = unsigned_module\n",
		   NULL),
	    "kmodules denies them");
	tap(warns("rootfs\nrootfs.block = remount\n", "raw_write"),
	    "rootfs: raw_write is allowed");
	tap(warns("escape = allow\nescape.block = nsenter\n",
		  "escape: other processes"),
	    "escape: only nsenter is denied");
}

/* @of: the list that is given again, or NULL for none */
static bool again(const char *from, const char *of)
{
	const struct policy *pol = policy(0, from);

	return of ? !!strstr(pol->again, of) : !*pol->again;
}

static void lists_again(void)
{
	tap(again("kimg.block = msr\nkimg.block = kexec\n",
		  "F:2: kimg.block is given again"),
	    "a block list that is given twice");
	tap(again("kimg.allow = msr\nkimg.allow = kexec\n", "kimg.allow"),
	    "an allow list that is given twice");
	tap(again("kimg.block = msr\nkimg.allow = kexec\n"
		  "kmodules.block = load_module\nlate.kimg.block = kexec\n",
		  NULL),
	    "four lists, each once");
}

static int differ(const char *a, const char *b)
{
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");
	int weaker;

	memset(text, 0, sizeof(text));
	if (!out)
		abort();
	weaker = policy_diff(policy(0, a), policy(1, b), out);
	fclose(out);
	return weaker;
}

static void differences(void)
{
	tap(!differ("kimg\n", "kimg = restrict # the same\n") && !*text,
	    "diff: the same");
	tap(!differ("kimg\n", "kimg = deny\n") &&
		    strstr(text, "-kimg = restrict\n+kimg = deny\n") &&
		    strstr(text, "# kimg: denied to host processes too: "),
	    "diff: stricter");
	tap(differ("kimg = deny\n", "kimg\n") == 1 &&
		    strstr(text, "# kimg: WEAKER, not denied to host"),
	    "diff: weaker");
	tap(differ("late.kmodules = deny\n", "") == 1 &&
		    strstr(text, "-late.kmodules = deny\n") &&
		    strstr(text, "# late.kmodules: WEAKER"),
	    "diff: the late part is gone");
	tap(differ("kimg\ntrust =\n", "kimg\ntrust = none,a/b.service\n") == 1 &&
		    strstr(text, "-trust = none\n+trust = none,a/b.service\n"),
	    "diff: a trusted cgroup more");
	tap(differ("kimg\ntrust = none,system.slice/systemd-udevd.service\n",
		   "kimg\n") == 1 &&
		    strstr(text, "+trust = services\n"),
	    "diff: services are trusted");
	tap(differ("kimg\nscope = mnt,pid\n", "kimg\nscope = mnt\n") == 1,
	    "diff: a namespace less");
	tap(!differ("kimg\nscope = mnt\n", "kimg\nscope = mnt,pid\n"),
	    "diff: a namespace more");
	tap(differ("seal = on\n", "") == 1, "diff: no seal any more");
	tap(!differ("", "exec = \"/sbin/a #  # b\"\n") &&
		    strstr(text, "+exec = /sbin/a #  # b\n"),
	    "diff: a value like a comment");
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "json"))
		return policy_json(policy(0, "kimg\nkimg.allow = dev_mem\n"
					     "kimg.block = nothing\n"
					     "exec = \"/sbin/a #  # b\"\n"),
				   stdout);
	warnings();
	lists_again();
	differences();
	return tap_end();
}
