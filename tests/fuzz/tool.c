// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the tool reads back from the kernel, and what a person gives it: random
 * events, records and texts. Nothing crashes, and what is printed as JSON is
 * JSON, in one line and without a control character.
 *
 * The input is an event, then a record, then text; what is missing is zero.
 * libFuzzer calls LLVMFuzzerTestOneInput(). Without -DFUZZER, main() makes
 * inputs from a fixed seed, for as many seconds as its argument says.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../unit/view.h"
#include "cmd/event.h"
#include "cmd/explain.h"
#include "cmd/policy_lines.h"
#include "cmd/suggest.h"
#include "util/cgroups.h"

static struct bpflock_event event;
static struct bpflock_record record;
static char *printed;
static size_t printed_size;

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "does not hold: %s\n%s\n", what,
		printed ? printed : "");
	abort();
}

static const char *value(const char *c);

/* The members of an object, or the elements of an array, up to the bracket. */
static const char *members(const char *c, char end, bool keys)
{
	if (*c == end)
		return c + 1;
	for (;; c++) {
		if (keys) {
			must(*c == '"', "JSON: a key");
			c = value(c);
			must(*c++ == ':', "JSON: a colon");
		}
		c = value(c);
		if (*c == end)
			return c + 1;
		must(*c == ',', "JSON: a comma");
	}
}

static const char *string(const char *c)
{
	for (; *c != '"'; c++) {
		must((unsigned char)*c >= 0x20, "JSON: a control character");
		if (*c == '\\')
			must(strchr("\"\\/bfnrtu", *++c), "JSON: an escape");
	}
	return c + 1;
}

static const char *value(const char *c)
{
	size_t n;

	if (*c == '{')
		return members(c + 1, '}', true);
	if (*c == '[')
		return members(c + 1, ']', false);
	if (*c == '"')
		return string(c + 1);
	n = strspn(c, "-0123456789.eE+truefalsn");
	must(n, "JSON: a value");
	return c + n;
}

static FILE *print(void)
{
	FILE *out = open_memstream(&printed, &printed_size);

	must(out, "memory");
	return out;
}

static void is_json(FILE *out)
{
	fclose(out);
	must(!strcmp(value(printed), "\n"), "JSON: one line");
	free(printed);
	printed = NULL;
}

static void is_text(FILE *out)
{
	fclose(out);
	for (const char *c = printed; *c; c++)
		must((unsigned char)*c >= 0x20 || *c == '\n',
		     "no control character");
	free(printed);
	printed = NULL;
}

static void try_event(void)
{
	static struct suggest s;
	struct bpflock_part part = { .mode = BPFLOCK_AUDIT };
	FILE *out;

	if (!event_clean(&event))
		return;
	out = print();
	event_json(&event, 1, event.time_ns, 0, out);
	is_json(out);
	out = print();
	event_text(&event, 0, out);
	is_text(out);
	memset(&s, 0, sizeof(s));
	part.masks.audit_other = ~0ull;
	suggest_start(&s, &protections[event.protection], &part, 1);
	suggest_event(&s, &event, 1, NULL);
	suggest_end(&s);
	out = print();
	suggest_print(&s, out);
	is_text(out);
}

static void try_record(void)
{
	static struct view v;
	FILE *out;

	if (!record_sane(&record))
		return;
	memset(&v, 0, sizeof(v));
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		v.now.one[i].present = v.now.one[i].has_record = true;
		v.now.one[i].record = record;
		v.one[i].has_last = event.protection < BPFLOCK_PROTECTIONS;
		v.one[i].last = event;
	}
	out = print();
	view_json(&v, out);
	is_json(out);
	for (int verbose = 0; verbose < 2; verbose++) {
		out = print();
		view_text(&v, false, verbose, out);
		is_text(out);
	}
	out = print();
	view_metrics(&v, out);
	is_text(out);
}

static void try_text(const char *text, size_t len)
{
	static struct policy a, b;
	const struct protection *p;
	int op = explain_find(text, &p, 0);
	FILE *out;

	must(op < (op < 0 ? 0 : (int)p->n_ops), "explain finds an operation");
	policy_init(&a);
	policy_init(&b);
	policy_add(&b, POLICY_TEXT, "text", text, len);
	out = print();
	must(!policy_json(&b, out), "policy --json");
	is_json(out);
	out = print();
	must(!policy_diff(&b, &b, out), "nothing is weaker than itself");
	fclose(out);
	must(!printed_size, "nothing differs from itself");
	free(printed);
	out = print();
	policy_diff(&a, &b, out);
	is_text(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n = size < sizeof(event) ? size : sizeof(event);
	char *text;

	cgroups_root("/nonexistent");
	memset(&event, 0, sizeof(event));
	memcpy(&event, data, n);
	data += n;
	size -= n;
	n = size < sizeof(record) ? size : sizeof(record);
	memset(&record, 0, sizeof(record));
	memcpy(&record, data, n);
	text = strndup((const char *)data + n, size - n);
	must(text, "memory");
	try_event();
	try_record();
	try_text(text, strlen(text));
	free(text);
	return 0;
}

#ifndef FUZZER
static uint8_t input[sizeof(event) + sizeof(record) + 256];

static size_t make(void)
{
	static const char *const texts[] = {
		"kimg.dev_mem",
		"kimg = deny\nkimg.block = x\n",
		"trust = a/b,c\nseal\n",
		"\"protection\":\"kimg\",\"operation\":",
		"exec = \"/a #  # b\"\nscope = pid\n",
	};
	size_t at = sizeof(event) + sizeof(record);

	memset(input, 0, sizeof(input));
	for (int i = rand() % 64; i; i--)
		input[rand() % at] = rand() % 4 ? rand() % 10 : rand();
	strcpy((char *)input + at, texts[rand() % 5]);
	if (rand() % 2)
		input[at + rand() % 32] = rand();
	return sizeof(input);
}

int main(int argc, char **argv)
{
	time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 5);
	unsigned long runs = 0;

	srand(1);
	do {
		size_t n = make();

		LLVMFuzzerTestOneInput(input, n);
		runs++;
	} while (time(NULL) < end);
	printf("ok 1 - %lu random inputs\n1..1\n", runs);
	return 0;
}
#endif
