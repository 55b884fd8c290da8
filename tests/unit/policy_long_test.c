// SPDX-License-Identifier: GPL-2.0-or-later
/* Policies too long for policy_cases.h: limits of texts, lines and messages. */
#include "policy/report.h"
#include "shown.h"
#include "tap.h"

static struct policy pol;
static char text[POLICY_FILE_MAX + POLICY_CMDLINE_MAX];

/* Reads @len bytes: @head, filler, @tail. The heap block has just that size. */
static void read_padded(enum policy_form form, size_t len, const char *head,
			const char *tail)
{
	char *exact = malloc(len);
	size_t n = strlen(head), m = strlen(tail);

	if (!exact || n + m > len)
		abort();
	for (size_t i = 0; i < len; i++)
		exact[i] = i % 64 == 63 ? form == POLICY_TEXT ? '\n' : ' ' :
			   form == POLICY_TEXT ? '#' :
						 'x';
	memcpy(exact, head, n);
	memcpy(exact + len - m, tail, m);
	policy_init(&pol);
	policy_add(&pol, form, "X", exact, len);
	free(exact);
}

static bool kimg_is(enum bpflock_mode mode, unsigned int errors)
{
	return pol.now[BPFLOCK_KIMG].mode == mode && pol.errors == errors;
}

static bool says(const char *what)
{
	static struct shown s;

	show_errors(&pol, &s);
	return strstr(s.text, what);
}

static void command_lines(void)
{
	read_padded(POLICY_CMDLINE, 4096, "", " bpflock.kimg=deny");
	tap(kimg_is(BPFLOCK_DENY, 0), "command line of 4096 bytes");
	read_padded(POLICY_CMDLINE, 4096, "", " bpflock.kimg=none\n");
	tap(kimg_is(BPFLOCK_RESTRICT, 1) && says("X:4096: 4095 bytes fill"),
	    "4095 bytes and a newline: the last word may be cut off");
	read_padded(POLICY_CMDLINE, 2047, "bpflock.kimg=deny ", " quiet");
	tap(kimg_is(BPFLOCK_DENY, 1) && says("may be cut off"),
	    "2047 bytes, the word of another program at the end: reported");
	read_padded(POLICY_CMDLINE, 2046, "", " bpflock.kimg=none");
	tap(kimg_is(BPFLOCK_ALLOW, 0), "2046 bytes");
	read_padded(POLICY_CMDLINE, POLICY_CMDLINE_MAX, "",
		    " bpflock.kimg=none");
	tap(kimg_is(BPFLOCK_ALLOW, 0), "the longest command line");
	read_padded(POLICY_CMDLINE, POLICY_CMDLINE_MAX + 1, "",
		    " bpflock.kimg=allow");
	tap(kimg_is(BPFLOCK_RESTRICT, 2) && says("longer than 65536 bytes"),
	    "a longer one: reported, the last word is broken");
}

static void files(void)
{
	read_padded(POLICY_TEXT, POLICY_FILE_MAX, "", "\nkimg = none\n");
	tap(kimg_is(BPFLOCK_ALLOW, 0), "the longest file");
	read_padded(POLICY_TEXT, POLICY_FILE_MAX + 2, "", "\nkimg = allow \n");
	tap(kimg_is(BPFLOCK_RESTRICT, 1) && says("longer than 65536 bytes"),
	    "a longer one: reported, the last line is broken");
}

static void read_line(const char *head, char fill, size_t len)
{
	size_t n = strlen(head);

	memset(text, fill, len);
	memcpy(text, head, n);
	text[len] = '\n';
	policy_init(&pol);
	policy_add(&pol, POLICY_TEXT, "X", text, len + 1);
}

static void lines(void)
{
	read_line("kimg = none", ' ', POLICY_LINE_MAX);
	tap(kimg_is(BPFLOCK_ALLOW, 0), "the longest line");
	read_line("kimg = none", ' ', POLICY_LINE_MAX + 1);
	tap(kimg_is(BPFLOCK_RESTRICT, 1) && says("X:1:4097: line is too long"),
	    "a longer one: restrict");
	read_line("kimg = ", 'x', 4000);
	tap(kimg_is(BPFLOCK_RESTRICT, 1) && says("xxx...\""),
	    "a long word is shortened in the message");
	read_line("", 'x', 4000);
	tap(pol.errors == 1 && says("unknown key \"xxx"), "a long key");
	read_line("kimg.block = msr", ',', 4000);
	tap(kimg_is(BPFLOCK_RESTRICT, 3984) && pol.diags == POLICY_DIAGS &&
		    pol.now[BPFLOCK_KIMG].block == BPFLOCK_BIT(KIMG_MSR),
	    "a list of 3984 empty words: all counted, 32 kept");
	read_line("exec = /", 'x', 7 + POLICY_EXEC_MAX - 1);
	tap(strlen(pol.exec) == POLICY_EXEC_MAX - 1, "the longest exec");
	read_line("exec = /", 'x', 7 + POLICY_EXEC_MAX);
	tap(!pol.exec[0] && says("path is too long"), "a longer one");
	read_line("trust = /", 'x', 9 + BPFLOCK_TRUST_NAME);
	tap(pol.trust.n == 1 && !pol.errors, "the longest trusted component");
	read_line("trust = /", 'x', 9 + 128);
	tap(pol.trust.n == 0 && says("path is too long"), "a longer one");
}

static void trust_together(void)
{
	size_t n = snprintf(text, sizeof(text), "trust = none,");

	for (int i = 0; i < 5; i++)
		n += snprintf(text + n, sizeof(text) - n,
			      "%s%d%028d/%029d/%029d/%029d", i ? "," : "", i, 0,
			      0, 0, 0);
	text[n++] = '\n';
	policy_init(&pol);
	policy_add(&pol, POLICY_TEXT, "X", text, n);
	tap(pol.trust.n == 4 && says("too long together"),
	    "trusted paths that do not fit in a record");
}

static void sources(void)
{
	static struct shown s;
	char name[300];

	memset(name, 'n', sizeof(name));
	name[3] = '\n';
	name[4] = (char)0xff;
	name[sizeof(name) - 1] = '\0';
	policy_init(&pol);
	policy_add(&pol, POLICY_TEXT, name, "kimg\nxx\n", 8);
	show_printed(&pol, &s);
	tap(strstr(s.text, "# nnn??nnn") && strstr(s.text, "nnn:1\n") &&
		    says("nnn:2:1: unknown key"),
	    "a source with a long name and odd bytes in it");
	policy_error(&pol, "%s: cannot be read", "x");
	tap(pol.errors == 2 && says("x: cannot be read"), "policy_error()");
}

static void modes(void)
{
	enum bpflock_mode mode;

	tap(!policy_parse_mode("denyx", 4, &mode) && mode == BPFLOCK_DENY &&
		    policy_parse_mode("", 0, &mode),
	    "policy_parse_mode()");
}

int main(void)
{
	command_lines();
	files();
	lines();
	trust_together();
	sources();
	modes();
	return tap_end();
}
