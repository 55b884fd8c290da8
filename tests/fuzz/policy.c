// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Random policies. Whatever the bytes are, the parser does not crash, no
 * setting is weaker than the floor, no operation is in both lists, and the
 * policy is the same after it has been printed and read back.
 *
 * libFuzzer calls LLVMFuzzerTestOneInput(). Without -DFUZZER, main() makes
 * texts from words of the grammar, from a fixed seed, for as many seconds as
 * its argument says.
 */
#include <time.h>

#include "../unit/shown.h"

static struct policy base, pol, again;

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "does not hold: %s\n", what);
	policy_print(&base, stderr);
	policy_print(&pol, stderr);
	abort();
}

static bool covers(const struct masks *m, const struct masks *least)
{
	return (m->deny_host & least->deny_host) == least->deny_host &&
	       (m->deny_other & least->deny_other) == least->deny_other &&
	       ((m->deny_host | m->audit_host) & least->audit_host) ==
		       least->audit_host &&
	       ((m->deny_other | m->audit_other) & least->audit_other) ==
		       least->audit_other;
}

static bool same(const struct masks *a, const struct masks *b)
{
	return a->deny_host == b->deny_host && a->deny_other == b->deny_other &&
	       a->audit_host == b->audit_host &&
	       a->audit_other == b->audit_other;
}

static struct masks masks_in(const struct policy *of, int i, bool late)
{
	return policy_masks(&protections[i], late ? &of->late[i] : &of->now[i]);
}

static int severity(enum on_error e)
{
	return e == ON_ERROR_SHELL ? 0 : e == ON_ERROR_CONTINUE ? 1 : 2;
}

static bool trusts_all_of(const struct trust *a, const struct trust *b)
{
	for (unsigned int i = 0, j; i < b->n; i++) {
		for (j = 0; j < a->n; j++)
			if (!strcmp(a->path[j], b->path[i]))
				break;
		if (j == a->n)
			return false;
	}
	return true;
}

/* The settings of @base, which has a floor, must hold in @pol as well. */
static void check_floor(void)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS * 2; i++) {
		struct masks was = masks_in(&base, i / 2, i % 2);
		struct masks m = masks_in(&pol, i / 2, i % 2);

		must(covers(&m, &was), "masks not below the floor");
	}
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		must(!(policy_scope(&base, &protections[i]) &
		       ~policy_scope(&pol, &protections[i])),
		     "no scope is below the floor's");
	must(trusts_all_of(&base.trust, &pol.trust), "trust does not grow");
	must(pol.seal || !base.seal, "the seal stays");
	must(pol.floor, "the floor stays");
	must(severity(pol.on_error) >= severity(base.on_error),
	     "on_error does not get milder");
	must(!strcmp(pol.exec, base.exec),
	     "exec does not come from the command line");
}

/* A broken setting is enforced, and is not weaker than the earlier setting. */
static void check_broken(void)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS * 2; i++) {
		const struct setting *s = i % 2 ? &pol.late[i / 2] :
						  &pol.now[i / 2];
		struct masks was = masks_in(&base, i / 2, i % 2);
		struct masks m = masks_in(&pol, i / 2, i % 2);

		must(!(s->allow & s->block), "no operation in both lists");
		if (!s->broken)
			continue;
		must(s->mode >= BPFLOCK_RESTRICT, "broken is restrict");
		must(covers(&m, &was), "broken is not weaker than before");
	}
}

static void check_print(void)
{
	static struct shown s;

	show_printed(&pol, &s);
	policy_init(&again);
	must(!policy_add(&again, POLICY_TEXT, "printed", s.text, strlen(s.text)),
	     "the printed policy has no errors");
	for (int i = 0; i < BPFLOCK_PROTECTIONS * 2; i++) {
		struct masks a = masks_in(&again, i / 2, i % 2);
		struct masks m = masks_in(&pol, i / 2, i % 2);

		must(same(&a, &m), "the masks are the same again");
	}
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		must(policy_scope(&again, &protections[i]) ==
			     policy_scope(&pol, &protections[i]),
		     "the scopes are the same again");
	must(again.scope.ns == pol.scope.ns && again.seal == pol.seal &&
		     again.floor == pol.floor && again.events == pol.events &&
		     again.on_error == pol.on_error &&
		     again.trust.n == pol.trust.n &&
		     trusts_all_of(&again.trust, &pol.trust) &&
		     !strcmp(again.exec, pol.exec),
	     "all other settings are the same again");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte 0x1f, or else the middle, divides the two texts. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const uint8_t *cut = size ? memchr(data, 0x1f, size) : NULL;
	size_t half = cut ? (size_t)(cut - data) : size / 2;
	static const char floor[] = "\nfloor = on\n";

	policy_init(&base);
	policy_add(&base, POLICY_TEXT, "first", text, half);
	pol = base;
	check_print();
	policy_add(&pol, POLICY_TEXT, "file", text + half, size - half);
	check_broken();
	check_print();

	policy_add(&base, POLICY_TEXT, "floor", floor, sizeof(floor) - 1);
	pol = base;
	policy_add(&pol, POLICY_CMDLINE, "command line", text + half,
		   size - half);
	check_floor();
	check_broken();
	check_print();
	return 0;
}

#ifndef FUZZER
static const char *const pieces[] = {
	"bpflock.",   "bpflock=off", "late.",  "kimg",	   "disablebpf",
	"namespaces", "escape",	     ".allow", ".block",   ".scope=",
	" = ",	      "\n",	     "\n",     " ",	   "\nbpflock.",
	"restrict",   "deny",	     "audit",  "allow",	   "none",
	"xmon_rw",    "xmon_wr",     "msr",    "kcore",	   "perf",
	"bpf_write",  "obj_pin",     "user",   ",",	   ",",
	"x",	      "scope=",	     "mnt",    "pid",	   "trust=",
	"a/b",	      "/",	     "..",     "seal",	   "floor",
	"on-error=",  "shell",	     "panic",  "events=",  "8K",
	"exec=",      "/i",	     "\"",     "#",	   "--",
	"\r",	      "\0",	     "\xff",   "\xc3\xa9", "\x1f",
	"off",	      "on",	     "=",
};

/* Whole settings, because chance would seldom make one. */
static size_t add_line(char *text, size_t room)
{
	static const char *const keys[] = { "kimg", "disablebpf", "late.kimg" };
	static const char *const forms[] = {
		"%s%s = %s\n",	       "%s%s.allow = %s\n",
		"%s%s.block = %s,x\n", "%s%s.allow=%s,kcore,x\n",
		"%s%s.block=%s\n",
	};
	static const char *const values[] = {
		"deny",	     "audit",
		"restrict",  "allow",
		"x",	     "",
		"msr",	     "msr,ioport",
		"xmon_rw",   "xmon_wr,perf",
		"bpf_write", "obj_pin,bpf_write",
		"kcore",     "perf,kcore,msr",
	};
	int n = snprintf(text, room, forms[rand() % 5],
			 rand() % 2 ? "" : "bpflock.", keys[rand() % 3],
			 values[rand() % 14]);

	return n < (int)room ? n : 0;
}

static size_t add_global(char *text, size_t room)
{
	static const char *const lines[] = {
		"scope=pid",
		"scope=mnt,net",
		"trust=a/b,c d",
		"kimg.scope=pid",
		"kimg.scope=net,mnt",
		"escape.scope=user",
		"trust=a/b",
		"trust=",
		"seal=on",
		"seal=off",
		"floor=off",
		"on_error=shell",
		"on-error=reboot",
		"exec=/init",
		"exec=/i#",
		"on_error=continue",
	};
	int n = snprintf(text, room, "%s%s\n", rand() % 2 ? "" : "bpflock.",
			 lines[rand() % (sizeof(lines) / sizeof(lines[0]))]);

	return n < (int)room ? n : 0;
}

static size_t make(char *text, size_t room)
{
	size_t n = 0, count = rand() % 24;

	while (count--) {
		size_t i = rand() % (sizeof(pieces) / sizeof(pieces[0]));
		size_t len = pieces[i][0] ? strlen(pieces[i]) : 1;

		if (n + len + 80 > room)
			break;
		if (rand() % 3) {
			n += (rand() % 4 ? add_line : add_global)(text + n,
								  room - n);
			continue;
		}
		memcpy(text + n, pieces[i], len);
		n += len;
	}
	if (n && rand() % 8 == 0)
		text[rand() % n] = rand();
	return n;
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 5);
	unsigned long runs = 0;
	char text[2048];

	srand(1);
	do {
		size_t n = make(text, sizeof(text));
		uint8_t *exact = malloc(n + !n);

		memcpy(exact, text, n);
		LLVMFuzzerTestOneInput(exact, n);
		free(exact);
		runs++;
	} while (time(NULL) < end);
	printf("ok 1 - %lu random policies\n1..1\n", runs);
	return 0;
}
#endif
