// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bpflock suggest and bpflock explain. The policies that they print are read
 * back, and must do what they say.
 */
#include <stdlib.h>
#include <string.h>

#include "cmd/explain.h"
#include "cmd/suggest.h"
#include "record/asked.h"
#include "tap.h"
#include "util/cgroups.h"

static struct suggest s;
static struct policy pol;
static char text[16384];

static void read_policy(const char *from)
{
	policy_init(&pol);
	policy_add(&pol, POLICY_TEXT, "test", from, strlen(from));
}

static void audit(const char *policy, unsigned long long audited)
{
	static struct kept k;

	memset(&s, 0, sizeof(s));
	read_policy(policy);
	asked_for(&k, &pol);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		suggest_start(&s, &protections[i], &k.now[i],
			      k.now[i].masks.audit_other ? audited : 0);
}

static void seen(int protection, int op, bool host, const char *path)
{
	struct bpflock_event e = { .protection = protection,
				   .op = op,
				   .verdict = BPFLOCK_WOULD_DENY,
				   .host = host,
				   .comm = "dd" };

	e.cgroup = path ? strlen(path) : 1;
	suggest_event(&s, &e, 1, path);
}

/* Prints the suggestion and reads it back into pol. */
static void suggested(void)
{
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	memset(text, 0, sizeof(text));
	if (!out)
		abort();
	suggest_end(&s);
	suggest_print(&s, out);
	fclose(out);
	read_policy(text);
}

static bool is(int i, enum bpflock_mode mode)
{
	return !pol.errors && pol.now[i].mode == mode;
}

static bool denied_to_host(int i, int op)
{
	struct masks m = policy_masks(&protections[i], &pol.now[i]);

	return m.deny_host & BPFLOCK_BIT(op);
}

static void suggestions(void)
{
	audit("kimg = audit\n", 1);
	seen(BPFLOCK_KIMG, BPFLOCK_OPS_MAX, true, NULL);
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_AUDIT) && strstr(text, "kimg: 1 requests"),
	    "an operation of another version is unseen");
	audit("kimg = audit\nkmodules = audit\nsysfs = restrict\n", 0);
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_RESTRICT) &&
		    is(BPFLOCK_KMODULES, BPFLOCK_RESTRICT) &&
		    is(BPFLOCK_SYSFS, BPFLOCK_RESTRICT) &&
		    is(BPFLOCK_ESCAPE, BPFLOCK_ALLOW),
	    "nothing was seen: restrict");
	audit("kimg = audit\n", 1);
	seen(BPFLOCK_KIMG, KIMG_DEV_MEM, false, "/system.slice/a.service");
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_RESTRICT) && !pol.trust.services &&
		    pol.trust.n == 1 &&
		    !strcmp(pol.trust.path[0], "system.slice/a.service"),
	    "a service: it is trusted");
	audit("kimg = audit\n", 1);
	seen(BPFLOCK_KIMG, KIMG_DEV_MEM, false,
	     "/system.slice/a-name-of-more-than-31-bytes.service");
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_AUDIT),
	    "a service whose name no policy can trust: it stays under audit");
	audit("kimg = audit\nkmodules = audit\n", 1);
	seen(BPFLOCK_KIMG, KIMG_DEV_MEM, false,
	     "/system.slice/a.service/container");
	seen(BPFLOCK_KMODULES, KMODULES_LOAD_MODULE, false,
	     "/system.slice/a.service");
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_AUDIT) &&
		    is(BPFLOCK_KMODULES, BPFLOCK_RESTRICT),
	    "below a service: it stays under audit, the other does not");
	audit("kimg = audit\n", 3);
	seen(BPFLOCK_KIMG, KIMG_DEV_MEM, false, "/system.slice/a.service");
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_AUDIT) && strstr(text, "2 requests"),
	    "counted, and no event left: it stays under audit");
	audit("kimg = audit\n", 1);
	seen(BPFLOCK_KIMG, KIMG_DEV_MEM, false, NULL);
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_AUDIT), "a cgroup that is gone");
	audit("disablebpf = audit\n", 1);
	seen(BPFLOCK_DISABLEBPF, DISABLEBPF_BPF_WRITE, true, "/init.scope");
	suggested();
	tap(is(BPFLOCK_DISABLEBPF, BPFLOCK_RESTRICT) &&
		    !denied_to_host(BPFLOCK_DISABLEBPF, DISABLEBPF_BPF_WRITE) &&
		    !denied_to_host(BPFLOCK_DISABLEBPF, DISABLEBPF_PROG_LOAD),
	    "bpf_write by the host: the allow list opens it, and no more");
	audit("kimg = audit\nkimg.allow = ioport\nkimg.block = kcore\n", 2);
	seen(BPFLOCK_KIMG, KIMG_MSR, true, "/init.scope");
	seen(BPFLOCK_KIMG, KIMG_KCORE, true, "/init.scope");
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_RESTRICT) &&
		    !denied_to_host(BPFLOCK_KIMG, KIMG_MSR) &&
		    !denied_to_host(BPFLOCK_KIMG, KIMG_KCORE) &&
		    denied_to_host(BPFLOCK_KIMG, KIMG_DEV_MEM),
	    "the lists grow by what was seen");
	audit("kimg = audit\n", 0);
	s.scope[BPFLOCK_KIMG] = 6;
	suggested();
	tap(pol.scope_of[BPFLOCK_KIMG].ns == 6 && !pol.trust.n &&
		    !pol.trust.services,
	    "the scope and the trust of the audit are kept");
	audit("kimg = audit\n", 200);
	for (int i = 0; i < 200; i++) {
		char path[32];

		snprintf(path, sizeof(path), "/%0*d", i % 20 + 1, i);
		seen(BPFLOCK_KIMG, i % 20, false, path);
	}
	suggested();
	tap(is(BPFLOCK_KIMG, BPFLOCK_AUDIT), "too much of it: audit");
}

static const char about[] = "# comment\n"
			    "kimg.dev_mem\nwhy First.\nbreaks Second.\n"
			    "kimg.kexec\nwhy Third.\nbreaks Fourth.\n";

static const char *explained(const char *what, const char *policy)
{
	static struct explain_is is;
	static struct bpflock_record r;
	static struct kept k;
	const struct protection *p;
	int op = explain_find(what, &p, 0);
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	memset(text, 0, sizeof(text));
	memset(&r, 0, sizeof(r));
	if (!out || op < 0)
		abort();
	read_policy(policy);
	asked_for(&k, &pol);
	r.now = k.now[p - protections];
	r.scope = 1;
	is = (struct explain_is){ .about = about, .r = &r, .now = r.now };
	explain_print(p, op, &is, out);
	fclose(out);
	return text;
}

/* The lines for the policy file, read back. */
static void follow(void)
{
	char *from = strstr(text, "policy file:\n");
	char *to = strstr(text, "On the kernel");

	if (!from || !to)
		abort();
	*to = '\0';
	read_policy(from + strlen("policy file:\n"));
}

static bool changes_only(int i, int op, const char *policy)
{
	struct masks was, is;

	read_policy(policy);
	was = policy_masks(&protections[i], &pol.now[i]);
	follow();
	is = policy_masks(&protections[i], &pol.now[i]);
	return !pol.errors &&
	       is.deny_host == (was.deny_host & ~BPFLOCK_BIT(op)) &&
	       (is.deny_other | BPFLOCK_BIT(op)) ==
		       (was.deny_other | BPFLOCK_BIT(op));
}

static void explanations(void)
{
	static const char *const policies[] = {
		"kimg = deny\n",
		"kimg = deny\nkimg.block = kcore\n",
		"kimg = restrict\nkimg.allow = ioport\n",
		"kimg = restrict\nkimg.block = dev_mem,kcore\n",
		"kimg = allow\nkimg.block = dev_mem\n",
	};
	static const char *const names[] = {
		"deny",		"deny with a block list",  "an allow list",
		"a block list", "allow with a block list",
	};
	const struct protection *p;

	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
		explained("kimg.dev_mem", policies[i]);
		tap(changes_only(BPFLOCK_KIMG, KIMG_DEV_MEM, policies[i]),
		    names[i]);
	}
	explained("disablebpf.bpf_write", "disablebpf = restrict\n");
	tap(changes_only(BPFLOCK_DISABLEBPF, DISABLEBPF_BPF_WRITE,
			 "disablebpf = restrict\n"),
	    "bpf_write of disablebpf");
	tap(strstr(explained("kimg.dev_mem", "kimg = restrict\n"),
		   "    trust = ") != NULL,
	    "restrict: only trust opens it to others");
	explained("kimg.dev_mem", "");
	tap(strstr(text, "\nwhy     First.\nbreaks  Second.\n") != NULL,
	    "why, and what breaks");
	tap(explain_find("{\"time\":\"2026-11-26T13:05:12.345Z\","
			 "\"protection\":\"kimg\",\"operation\":\"dev_mem\","
			 "\"program\":\"x.y\"}",
			 &p, 0) == KIMG_DEV_MEM &&
		    p == &protections[BPFLOCK_KIMG],
	    "an event as JSON");
	tap(explain_find("2026-11-26 13:05:12.345 denied kimg.dev_mem: dd[1] "
			 "root in a.service: open /dev/mem",
			 &p, 0) == KIMG_DEV_MEM &&
		    p == &protections[BPFLOCK_KIMG],
	    "the line of an event");
	tap(explain_find("autoload_module", &p, BPFLOCK_KMODULES) ==
			    KMODULES_AUTOLOAD_MODULE &&
		    p == &protections[BPFLOCK_KMODULES],
	    "a word of two protections");
	tap(explain_find("kimg.xyzzy", &p, 0) < 0 &&
		    explain_find("xyzzy", &p, 0) < 0,
	    "no operation");
}

int main(void)
{
	cgroups_root("/nonexistent");
	suggestions();
	explanations();
	return tap_end();
}
