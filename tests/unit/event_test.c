// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One event as text and as JSON, and whose cgroup it came from. "event json"
 * prints events for tests/unit/schema.sh.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/event.h"
#include "cmd/fold.h"
#include "cmd/journal.h"
#include "tap.h"
#include "util/cgroups.h"
#include "util/sha256.h"

#define BOOT_NS 1764162000000000000ull /* 2025-11-26 13:00:00 UTC */
#define DIGITS \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static char text[4096];

static struct bpflock_event an_event(void)
{
	struct bpflock_event e = {
		.time_ns = 5000000000ull,
		.cgroup = 4321,
		.pid = 713,
		.uid = 4294967294u,
		.protection = BPFLOCK_KIMG,
		.op = KIMG_DEV_MEM,
		.verdict = BPFLOCK_DENIED,
		.detail = 4,
		.comm = "dd",
	};

	return e;
}

static const char *shown(struct bpflock_event e,
			 void (*print)(const struct bpflock_event *,
				       unsigned long long, FILE *))
{
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	memset(text, 0, sizeof(text));
	if (!out)
		abort();
	event_clean(&e);
	print(&e, BOOT_NS, out);
	fclose(out);
	return text;
}

static void is(const char *got, const char *want, const char *what)
{
	if (!tap(!strcmp(got, want), what))
		tap_lines("got:", got);
}

static void texts(void)
{
	struct bpflock_event e = an_event();

	is(shown(e, event_text),
	   "2025-11-26 13:00:05.000 denied kimg.dev_mem: dd[713] uid "
	   "4294967294 in cgroup 4321: open /dev/mem, /dev/kmem, /dev/port",
	   "an event in words");
	strcpy(e.comm, "m\xc3\xbcll\x1b[m");
	strcpy(e.object, "\xff\xe2\x80\xaetxt.ko");
	e.host = 1;
	e.verdict = BPFLOCK_WOULD_DENY;
	e.op = KIMG_UNSIGNED_MODULE;
	is(shown(e, event_text),
	   "2025-11-26 13:00:05.000 would-deny kimg.unsigned_module "
	   "\"\\xff\\xe2\\x80\\xaetxt.ko\": m\xc3\xbcll\\x1b[m[713] uid "
	   "4294967294 in cgroup 4321 (host): load a module without a valid "
	   "signature",
	   "UTF-8 stays UTF-8, what a terminal obeys does not");
	e = an_event();
	e.protection = BPFLOCK_DISABLEBPF;
	e.op = DISABLEBPF_OTHER;
	e.detail = 13;
	tap(strstr(shown(e, event_text), " (bpf(2) command 13)"),
	    "a command of bpf(2) that has no name here");
	e.protection = 99;
	tap(!event_clean(&e), "an event of a newer version");
}

static void json_once(const struct bpflock_event *e, unsigned long long clock,
		      FILE *out)
{
	event_json(e, 1, e->time_ns, clock, out);
}

static void json(void)
{
	struct bpflock_event e = an_event();

	strcpy(e.comm, "m\xc3\xbcll\x1b\"");
	strcpy(e.object, "\xff\\");
	shown(e, json_once);
	tap(strstr(text, "\"program\":\"m\xc3\xbcll\\u001b\\\"\"") &&
		    strstr(text, "\"object\":\"\\\\xff\\\\\"") &&
		    strstr(text, "\"time\":\"2025-11-26T13:00:05.000000Z\""),
	    "UTF-8 and other bytes in JSON");
}

static void owners(void)
{
	static const struct {
		const char *path, *owner;
	} cases[] = {
		{ NULL, "cgroup 7" },
		{ "/", "the root cgroup" },
		{ "/system.slice/ssh.service", "ssh.service" },
		{ "/system.slice/a.service/sub", "a.service" },
		{ "/user.slice/user-1000.slice/session-3.scope",
		  "session-3.scope" },
		{ "/system.slice/docker-" DIGITS ".scope",
		  "container 0123456789ab (docker)" },
		{ "/machine.slice/libpod-" DIGITS ".scope/container",
		  "container 0123456789ab (podman)" },
		{ "/docker/" DIGITS,
		  "container 0123456789ab (container engine)" },
		{ "/kubepods.slice/kubepods-pod1.slice/cri-containerd-" DIGITS
		  ".scope",
		  "container 0123456789ab (containerd)" },
		{ "/kubepods.slice/crio-" DIGITS ".scope",
		  "container 0123456789ab (cri-o)" },
		{ "/lxc.payload.web", "container web (lxc)" },
		{ "/machine.slice/machine-deb.scope", "machine deb" },
		{ "/some/group", "/some/group" },
		{ "/docker/0123", "/docker/0123" },
	};
	char out[OWNER_LEN];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		is(owner_of(cases[i].path, 7, out), cases[i].owner,
		   cases[i].owner);
}

static void cgroups(void)
{
	char dir[] = "/tmp/cgroups.XXXXXX", path[64];
	struct stat st, below;

	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/a", dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/a/b.service", dir);
	mkdir(path, 0700);
	stat(path, &below);
	stat(dir, &st);
	cgroups_root(dir);
	is(cgroups_path(below.st_ino) ? cgroups_path(below.st_ino) : "NULL",
	   "/a/b.service", "the path of a cgroup by its number");
	is(cgroups_path(st.st_ino), "/", "the root of the cgroups");
	tap(!cgroups_path(1), "a cgroup that is gone");
	rmdir(path);
	snprintf(path, sizeof(path), "%s/a", dir);
	rmdir(path);
	rmdir(dir);
	cgroups_root("/nonexistent");
}

/* The examples of FIPS 180-4, as sha256sum(1) prints them. */
static void digests(void)
{
	static const struct {
		size_t n;
		unsigned char start[4];
	} cases[] = {
		{ 0, { 0xe3, 0xb0, 0xc4, 0x42 } },
		{ 3, { 0x98, 0x34, 0x87, 0x6d } },
		{ 55, { 0x9f, 0x43, 0x90, 0xf8 } },
		{ 64, { 0xff, 0xe0, 0x54, 0xfe } },
		{ 1000, { 0x41, 0xed, 0xec, 0xe4 } },
	};
	unsigned char digest[SHA256_LEN];
	char a[1000];

	memset(a, 'a', sizeof(a));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		sha256(a, cases[i].n, digest);
		tap(!memcmp(digest, cases[i].start, 4), "SHA-256");
	}
}

static void folding(void)
{
	struct bpflock_event e = an_event(), other = an_event();
	struct folded list[3] = { 0 };

	fold_start(&list[0], &e);
	other.op = KIMG_KEXEC;
	fold_start(&list[1], &other);
	e.time_ns += 4000000000ull;
	tap(fold_find(list, 2, &e) == &list[0], "an event that is repeated");
	fold_more(&list[0], &e);
	tap(list[0].times == 2 && !fold_due(&list[0], e.time_ns) &&
		    fold_due(&list[0], e.time_ns + FOLD_NS),
	    "is told of after a while");
	e.time_ns += FOLD_NS + 1;
	tap(!fold_find(list, 2, &e), "after a long pause it is a new one");
	e.time_ns = other.time_ns;
	e.comm[0] = 'x';
	tap(!fold_find(list, 3, &e), "another program is another event");
}

/* The kernel counts calls of one kind, and makes few events of them. */
static void counting(void)
{
	struct bpflock_event e = an_event();
	struct bpflock_seen seen = { .times = 9, .last_ns = e.time_ns + 7 };
	struct folded f;

	e.times = 3;
	fold_start(&f, &e);
	tap(f.times == 1,
	    "what was before the first event is not its business");
	e.times = 8;
	fold_more(&f, &e);
	tap(f.times == 6, "the calls between two events are counted");
	fold_seen(&f, &seen);
	fold_seen(&f, &seen);
	tap(f.times == 7 && f.last_ns == seen.last_ns,
	    "and those after the last one, once");
	e.times = 1;
	fold_more(&f, &e);
	tap(f.times == 8, "a kind that the kernel had forgotten begins anew");
}

/* A flood of one kind is cut off, and holds back no other. */
static void limits(void)
{
	static struct limit table[LIMITS];
	struct bpflock_event e = an_event(), other = an_event();
	unsigned long long held;
	int passed = 0;

	other.cgroup++;
	for (int i = 0; i < 1000; i++)
		passed += limit_pass(table, &e, &held);
	tap(passed == LIMIT_BURST, "a flood of one kind is cut off");
	tap(limit_pass(table, &other, &held) && !held,
	    "another cgroup is not held back");
	e.time_ns += LIMIT_NS + 1;
	tap(limit_pass(table, &e, &held) && held == 1000 - LIMIT_BURST,
	    "the next one says how many were held back");
}

static void since(void)
{
	static const struct {
		const char *text;
		long long want;
	} cases[] = {
		{ "10m", 1764162000 - 600 },
		{ "0s", 1764162000 },
		{ "2d", 1764162000 - 172800 },
		{ "12:30", 1764162000 - 1800 },
		{ "12:30:15", 1764162000 - 1785 },
		{ "2025-11-26", 1764115200 },
		{ "2025-11-25 13:00", 1764162000 - 86400 },
		{ "2025-11-25 13:00:01", 1764162000 - 86399 },
		{ "2025-11-25 13:00:01.345", 1764162000 - 86399 },
		{ "2025-11-25T13:00:01.345678Z", 1764162000 - 86399 },
		{ "today", 1764115200 },
		{ "yesterday", 1764115200 - 86400 },
		{ "tomorrow", -1 },
		{ "12:30.x", -1 },
		{ "12:30.", -1 },
		{ "10", -1 },
		{ "-5m", -1 },
		{ "10mm", -1 },
		{ "", -1 },
	};
	long long got;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		got = -1;
		tap(since_parse(cases[i].text, 1764162000, &got) ==
				    (cases[i].want >= 0) &&
			    got == cases[i].want,
		    cases[i].text);
	}
}

static void print_journal(const struct bpflock_event *e,
			  unsigned long long clock, FILE *out)
{
	journal_fields(e, 5, 7, clock, out);
}

/* Nobody writes a field of his own by a newline in a name. */
static void journal(void)
{
	struct bpflock_event e = an_event();

	strcpy(e.object, "a\nPRIORITY=0");
	shown(e, print_journal);
	tap(!strncmp(text,
		     "MESSAGE=denied kimg.dev_mem \"a\\x0aPRIORITY=0\": "
		     "dd[713] uid 4294967294 in cgroup 4321: 5 times more; 7 "
		     "of this kind were not sent before it\nPRIORITY=4\n",
		     132) &&
		    strstr(text, "\nBPFLOCK_OPERATION=dev_mem\n") &&
		    strstr(text, "\nBPFLOCK_COUNT=12\n") &&
		    !strstr(text, "\nPRIORITY=0"),
	    "an event for the journal");
}

int main(int argc, char **argv)
{
	setenv("TZ", "UTC", 1);
	cgroups_root("/nonexistent");
	if (argc > 1 && !strcmp(argv[1], "json")) {
		for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
			struct bpflock_event e = an_event();

			e.protection = i;
			json_once(&e, BOOT_NS, stdout);
		}
		return 0;
	}
	texts();
	json();
	owners();
	cgroups();
	digests();
	folding();
	counting();
	limits();
	since();
	journal();
	return tap_end();
}
