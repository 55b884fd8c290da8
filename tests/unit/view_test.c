// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What bpflock status says about machines that are structs. "view_test json"
 * prints the JSON of each machine, for tests/unit/schema.sh.
 */
#include <stdlib.h>

#include "cmd/event.h"
#include "tap.h"
#include "util/cgroups.h"
#include "view.h"

#define BOOT_NS 1764162000000000000ull /* 2025-11-26 13:00:00 UTC */

static struct view v;
static char text[65536];

static void start(void)
{
	memset(&v, 0, sizeof(v));
	v.boot_ns = BOOT_NS;
}

/* ---- the machines -------------------------------------------------------- */

static void off(void)
{
	start();
}

static void locked(void)
{
	static const char policy[] =
		"kimg = restrict\nkimg.allow = debugfs,ioport\n"
		"kmodules = deny\ndisablebpf = audit\nlate.sysfs = deny\n"
		"namespaces.block = user\n";

	start();
	view_asks(&v, policy);
	view_locks(&v, policy);
	view_denies(&v, BPFLOCK_KIMG, KIMG_DEV_MEM, "dd", 37);
	v.one[BPFLOCK_DISABLEBPF].counter[0].audited = 3;
}

static void sealed(void)
{
	start();
	view_asks(&v, "kimg = deny\nkmodules = deny\nseal = on\n");
	view_locks(&v, "kimg = deny\nkmodules = deny\nseal = on\n");
	v.lost = 12;
}

static void advisory(void)
{
	start();
	view_asks(&v, "kmodules\nseal = on\n");
	view_locks(&v, "kmodules\nseal = on\n");
}

static void by_hand(void)
{
	start();
	view_locks(&v, "kimg\n");
}

static void missing(void)
{
	start();
	view_asks(&v, "kimg\nkmodules\nseal = on\n");
	view_locks(&v, "kimg\n");
}

static void all_missing(void)
{
	start();
	view_asks(&v, "kimg\nkmodules\ndisablebpf\nfileless\nrootfs\nsysfs\n"
		      "namespaces\nescape\nseal = on\n");
	v.at_boot = false;
}

static void broken(void)
{
	locked();
	v.one[BPFLOCK_KIMG].ok = false;
	strcpy(v.one[BPFLOCK_KIMG].hook[0], "SILENT");
}

static void held(void)
{
	locked();
	v.ftrace_held = true;
}

/* The pins of a sealed lock are gone. */
static void unpinned(void)
{
	start();
	v.anchored.hooks[BPFLOCK_KIMG] = 1u << 2;
	v.anchored.hooks[BPFLOCK_SELF] = 3;
}

static void mistakes(void)
{
	start();
	view_asks(&v, "kimg\nscpoe = pid\n");
	view_locks(&v, "kimg\n");
}

static void only_mistakes(void)
{
	start();
	view_asks(&v, "scpoe = pid\nxyzzy = \033[31mred\n");
}

static void differs(void)
{
	locked();
	v.file_differs = true;
}

/* disablebpf=deny: root sees the names of the pins, and nothing else. */
static void denied(void)
{
	start();
	view_asks(&v, "kimg\ndisablebpf = deny\n");
	v.blind = -1; /* EPERM */
	v.hint = ": disablebpf denies it: take it off first "
		 "(disablebpf -p allow)";
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		v.now.one[i].unreadable = i == BPFLOCK_KIMG ||
					  i == BPFLOCK_DISABLEBPF ||
					  i == BPFLOCK_SELF;
		v.now.one[i].present = v.now.one[i].unreadable;
	}
}

static void user(void)
{
	denied();
	v.blind = -13; /* EACCES */
	v.hint = "";
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		v.now.one[i].unreadable = true;
		v.now.one[i].present = false;
	}
}

static const struct machine {
	const char *name;
	void (*make)(void);
	int exit;
	const char *first;
} machines[] = {
	{ "off", off, 0, "not locked: nothing was asked for" },
	{ "locked", locked, 0, "locked as asked, not sealed" },
	{ "sealed", sealed, 0,
	  "locked as asked, and sealed until the next boot; 12 events were "
	  "lost" },
	{ "advisory", advisory, 0, "locked as asked, the seal is advisory" },
	{ "by hand", by_hand, 0,
	  "locked by hand, until the next boot, not sealed" },
	{ "missing", missing, 1, "NOT LOCKED AS ASKED: kmodules seal" },
	{ "all missing", all_missing, 1,
	  "NOT LOCKED AS ASKED: kimg kmodules disablebpf fileless and 5 more" },
	{ "broken", broken, 1, "NOT LOCKED AS ASKED: broken: kimg" },
	{ "held", held, 1,
	  "NOT LOCKED AS ASKED: a process can switch the lock off" },
	{ "unpinned", unpinned, 1, "NOT LOCKED AS ASKED: the pins are gone" },
	{ "mistakes", mistakes, 1, "LOCKED, WITH 1 MISTAKE IN THE POLICY" },
	{ "only mistakes", only_mistakes, 1,
	  "NOT LOCKED, WITH 3 MISTAKES IN THE POLICY" },
	{ "differs", differs, 1,
	  "LOCKED, AND THE POLICY FILE IS NOT THE ONE APPLIED" },
	{ "denied", denied, 77, "cannot see what is enforced" },
	{ "user", user, 77, "cannot see what is enforced" },
};

#define MACHINES (sizeof(machines) / sizeof(machines[0]))

static void say(bool colour, bool verbose)
{
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	memset(text, 0, sizeof(text));
	if (!out)
		abort();
	view_text(&v, colour, verbose, out);
	fclose(out);
}

static size_t longest_line(void)
{
	size_t most = 0, n;

	for (const char *s = text; *s; s += n + !!s[n]) {
		n = strcspn(s, "\n");
		if (n > most)
			most = n;
	}
	return most;
}

static void verdicts(void)
{
	for (size_t i = 0; i < MACHINES; i++) {
		const struct machine *m = &machines[i];
		char name[160];
		struct judged j;
		size_t n = strlen(m->first);

		m->make();
		j = view_judge(&v);
		say(false, false);
		snprintf(name, sizeof(name), "%s: the first line", m->name);
		if (!tap(!strncmp(text, m->first, n) && text[n] == '\n', name))
			tap_lines("got:", text);
		snprintf(name, sizeof(name), "%s: exit status %d", m->name,
			 m->exit);
		tap(view_exit(&v, &j) == m->exit, name);
		snprintf(name, sizeof(name), "%s: 80 columns", m->name);
		if (!tap(longest_line() <= 80, name))
			tap_lines("got:", text);
		snprintf(name, sizeof(name), "%s: no escape sequence", m->name);
		tap(!strchr(text, '\033'), name);
	}
}

static const char locked_text[] =
	"locked as asked, not sealed\n"
	"kimg        denied, but for the list below 37 denied     "
	"/etc/bpflock/policy:2\n"
	"            open to the host: ioport, debugfs\n"
	"            last: 2025-11-26 13:00:05 dev_mem\n"
	"                  dd[713] uid 4294967294 in cgroup 4321\n"
	"kmodules    denied to everyone                           "
	"/etc/bpflock/policy:3\n"
	"disablebpf  reported, nothing is denied    3 reported    "
	"/etc/bpflock/policy:4\n"
	"sysfs       open, but for the list below                 default\n"
	"            late: denied to everyone, waits for \"bpflock late\"\n"
	"namespaces  open, but for the list below                 "
	"/etc/bpflock/policy:6\n"
	"            denied to everyone: user\n"
	"self        denied to all but the host                   always\n"
	"off         fileless rootfs escape\n"
	"host        a process in the initial mnt namespace, or a system "
	"service\n"
	"            or one in a trusted cgroup (see -v)\n";

static bool has(const char *what)
{
	return strstr(text, what);
}

static void texts(void)
{
	setenv("TZ", "UTC", 1);
	cgroups_root("/nonexistent");
	locked();
	say(false, false);
	if (!tap(!strncmp(text, locked_text, strlen(locked_text)),
		 "locked: the whole answer"))
		tap_lines("got:", text);
	say(true, false);
	tap(!strncmp(text, "\033[1;32mlocked", 13), "on a terminal in colour");
	say(false, true);
	tap(has("\nkimg: restrict (/etc/bpflock/policy:2)\n"
		"  allow:  ioport,debugfs\n  scope:  mnt\n") &&
		    has("\n  hook:   locked_down runs\n") &&
		    has("\n  count:  dev_mem denied 37, audited 0\n"),
	    "-v: hooks, scope and counters");
	unpinned();
	say(false, true);
	tap(has("\n  anchored: bpf sysctl locked_down\n") &&
		    !has("not anchored"),
	    "unpinned: what is still in force");
	sealed();
	v.anchored.hooks[BPFLOCK_SELF] = 1;
	say(false, true);
	tap(has("\n  anchored: bpf\n") &&
		    has("\n  not anchored: sysctl locked_down "),
	    "sealed: what is not anchored");
	missing();
	say(false, false);
	tap(has("\n  kmodules: asked for by /etc/bpflock/policy:2, not in "
		"force\n") &&
		    has("\n  seal: asked for by /etc/bpflock/policy:3, not "),
	    "missing: where it was asked for");
	only_mistakes();
	say(false, false);
	tap(has("\n  /etc/bpflock/policy:1:1: unknown key \"scpoe\": did you "
		"mean \"scope\"?\n"),
	    "mistakes: the message of the boot");
	denied();
	say(false, false);
	tap(has("disablebpf -p allow") &&
		    has("\nkimg        in force; its record cannot be read\n"),
	    "denied: what can be seen, and the remedy");
	user();
	say(false, false);
	tap(has("root on the host") && has("\nasked for:\nkimg ") &&
		    !has("\noff"),
	    "user: what was asked for, and nothing about what is in force");
}

static void metrics(void)
{
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	memset(text, 0, sizeof(text));
	if (!out)
		abort();
	locked();
	view_metrics(&v, out);
	fclose(out);
	tap(has("\nbpflock_locked 1\n") && has("\nbpflock_sealed 0\n") &&
		    has("\nbpflock_denied_total{protection=\"kimg\","
			"operation=\"dev_mem\"} 37\n") &&
		    has("\nbpflock_mode{protection=\"kmodules\",mode=\"deny\"} "
			"1\n"),
	    "metrics");
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "json")) {
		for (size_t i = 0; i < MACHINES; i++) {
			machines[i].make();
			view_json(&v, stdout);
		}
		return 0;
	}
	verdicts();
	texts();
	metrics();
	return tap_end();
}
