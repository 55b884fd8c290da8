// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "cmd/event.h"
#include "cmd/explain.h"
#include "kernel/record.h"
#include "masks.h"
#include "util/print.h"

/* "protection.operation" as one word of the text */
static int find_dotted(const char *text, const struct protection **p)
{
	for (size_t n; *text; text += n + !!text[n]) {
		size_t word;
		int op;

		n = strcspn(text, " ");
		word = strcspn(text, ". ");
		*p = text[word] == '.' ? protection_find(text, word) : NULL;
		if (!*p)
			continue;
		text += word + 1;
		n = strcspn(text, " ");
		op = protection_op(*p, text, strcspn(text, " :,\""));
		if (op >= 0)
			return op;
	}
	return -1;
}

/* "protection":"kimg","operation":"dev_mem" of bpflock events --json */
static int find_json(const char *text, const struct protection **p)
{
	static const char key[] = "\"protection\":\"",
			  op_key[] = "\"operation\":\"";
	const char *word = strstr(text, key), *op = strstr(text, op_key);

	if (!word || !op)
		return -1;
	word += strlen(key);
	op += strlen(op_key);
	*p = protection_find(word, strcspn(word, "\""));
	return *p ? protection_op(*p, op, strcspn(op, "\"")) : -1;
}

int explain_find(const char *text, const struct protection **p, int from)
{
	int op = from ? -1 : find_json(text, p);

	if (op < 0 && !from)
		op = find_dotted(text, p);
	if (op >= 0 || strchr(text, '.'))
		return op;
	for (int i = from; i < BPFLOCK_PROTECTIONS; i++) {
		op = protection_op(&protections[i], text, strlen(text));
		*p = &protections[i];
		if (op >= 0)
			return op;
	}
	return -1;
}

struct change {
	enum bpflock_mode mode;
	bool has_allow;
	uint64_t allow, block;
};

/*
 * The smallest change of the setting after which host processes may perform
 * the operation and everything else is as it was. false: they may already.
 */
static bool open_to_host(const struct protection *p, int op,
			 const struct bpflock_part *is, struct change *c)
{
	uint64_t bit = BPFLOCK_BIT(op);

	*c = (struct change){ is->mode, is->has_allow, is->allow, is->block };
	if (!(is->masks.deny_host & bit))
		return false;
	c->block &= ~bit;
	if (c->mode == BPFLOCK_DENY) {
		c->mode = BPFLOCK_RESTRICT;
		c->has_allow = true;
	}
	if (c->has_allow || (p->rules && p->rules->closed & bit)) {
		c->has_allow = true;
		c->allow |= bit;
	}
	return true;
}

static void print_text(const struct protection *p, const struct change *c,
		       const char *late, bool cmdline, FILE *out)
{
	const char *head = cmdline ? " bpflock." : "    ";
	const char *equal = cmdline ? "=" : " = ";
	const char *end = cmdline ? "" : "\n";

	fprintf(out, "%s%s%s%s%s%s", head, late, p->key, equal,
		mode_names[c->mode], end);
	if (c->has_allow) {
		fprintf(out, "%s%s%s.allow%s", head, late, p->key, equal);
		print_ops(out, p, c->allow);
		fputs(end, out);
	}
	fprintf(out, "%s%s%s.block%s", head, late, p->key, equal);
	print_ops(out, p, c->block);
	fputs(end, out);
}

static void print_command(const struct protection *p, const struct change *c,
			  const struct bpflock_record *r, const char *trust,
			  FILE *out)
{
	char scope[NAMESPACES_TEXT];

	fprintf(out, "    %s -p %s", p->key, mode_names[c->mode]);
	if (c->has_allow) {
		fputs(" -a ", out);
		print_ops(out, p, c->allow);
	}
	if (c->block) {
		fputs(" -b ", out);
		print_ops(out, p, c->block);
	}
	fprintf(out, " -s %s", namespaces_text(r->scope, scope));
	if (r->trust_text[0] || *trust)
		fprintf(out, " -t %s%s%s", r->trust_text,
			r->trust_text[0] && *trust ? "," : "", trust);
	if (r->dirs_text[0] && p == &protections[BPFLOCK_ROOTFS])
		fprintf(out, " -f %s", r->dirs_text);
	fputc('\n', out);
}

/* A late part is dropped when its protection is set by hand. */
static void print_now_command(const struct protection *p,
			      const struct change *c,
			      const struct explain_is *is, const char *trust,
			      FILE *out)
{
	if (!is->r)
		fputs("    (run this as root on the host for the command)\n",
		      out);
	else if (record_late(is->r))
		fprintf(out,
			"    (no command keeps the late part: bpflock %s "
			"drops it)\n",
			p->key);
	else
		print_command(p, c, is->r, trust, out);
}

static void print_change(const struct protection *p, const struct change *c,
			 const struct explain_is *is, const char *late,
			 FILE *out)
{
	fputs("\nThese lines allow just that to host processes. In the policy "
	      "file:\n",
	      out);
	print_text(p, c, late, false, out);
	fputs("On the kernel command line:\n   ", out);
	print_text(p, c, late, true, out);
	fputs("\nAt run time, until the next boot, unless the lock is "
	      "sealed:\n",
	      out);
	print_now_command(p, c, is, "", out);
}

#define CGROUP "machine.slice/NAME.scope"
#define SLICE  "NAME.slice"

/* What the lines trust. A cgroup of a container has a number for a name. */
static const char *trusted(const struct explain_is *is, FILE *out)
{
	if (!is->cgroup || !*is->cgroup)
		return CGROUP;
	if (owner_trusted(is->cgroup))
		return is->cgroup;
	fputs("\nThe event's cgroup has a name that no policy can trust. Start "
	      "the container below\na cgroup that has one: podman run "
	      "--cgroup-parent=" SLICE ", the same with docker.\n",
	      out);
	return SLICE;
}

/* No list opens one operation to other processes. */
static void print_others(const struct protection *p,
			 const struct explain_is *is, FILE *out)
{
	const char *cgroup = trusted(is, out);
	const char *trust = is->r     ? is->r->trust_text :
			    is->trust ? is->trust :
					"services";
	const char *comma = *trust ? "," : "";
	struct change c = { is->now.mode, is->now.has_allow, is->now.allow,
			    is->now.block };

	fprintf(out,
		"\nIt is denied to processes that are no host processes. Those in "
		"a trusted cgroup\nare host processes; that opens "
		"all that %s leaves to the host.\n"
		"In the policy file, on the kernel command line, and at run "
		"time:\n"
		"    trust = %s%s%s\n"
		"    bpflock.trust=%s%s%s\n",
		p->key, trust, comma, cgroup, trust, comma, cgroup);
	print_now_command(p, &c, is, cgroup, out);
	fputs("What a container needs, do on the host for it.\n", out);
}

static const char *verdict_of(const struct masks *m, uint64_t bit)
{
	return m->deny_host & bit  ? "denied to everyone" :
	       m->deny_other & bit ? "denied to all but the host" :
	       (m->audit_host | m->audit_other) & bit ?
				     "allowed, and reported" :
				     "allowed to everyone";
}

static void print_now(const struct explain_is *is, int op, FILE *out)
{
	uint64_t bit = BPFLOCK_BIT(op);
	const struct masks *late = &is->late.masks;

	if (is->asked_only)
		fprintf(out,
			"What is enforced cannot be seen here. The policies "
			"ask for: %s.\n",
			verdict_of(&is->now.masks, bit));
	else
		fprintf(out, "Now: %s.\n", verdict_of(&is->now.masks, bit));
	if ((late->deny_host | late->deny_other) & bit)
		fprintf(out, "%s: %s.\n",
			is->late_on ? "The late part is in force" :
				      "Once bpflock late has run",
			verdict_of(late, bit));
}

static const char *next_line(const char *text)
{
	text += strcspn(text, "\n");
	return *text ? text + 1 : text;
}

/*
 * The line of an operation in operations.txt that begins with @word, or "".
 * Behind the name stand the lines "why" and "breaks".
 */
static const char *about(const char *text, const char *name, const char *word)
{
	size_t len = strlen(name), n = strlen(word);

	if (!text)
		return "";
	while (*text && (strncmp(text, name, len) || text[len] != '\n'))
		text = next_line(text);
	text = next_line(text);
	if (strncmp(text, word, n))
		text = next_line(text);
	return strncmp(text, word, n) ? "" : text + n;
}

static void print_about(const struct protection *p, int op, const char *text,
			FILE *out)
{
	char name[64];

	snprintf(name, sizeof(name), "%s.%s", p->key, p->ops[op].name);
	fprintf(out, "%s: %s\nwhy     ", name, p->ops[op].means);
	print_words(out, about(text, name, "why "), 8);
	fputs("breaks  ", out);
	print_words(out, about(text, name, "breaks "), 8);
	fprintf(out, "more    man %s\n\n",
		p->internal ? "bpflock-self" : p->key);
}

void explain_print(const struct protection *p, int op,
		   const struct explain_is *is, FILE *out)
{
	uint64_t bit = BPFLOCK_BIT(op);
	struct change c;

	print_about(p, op, is->about, out);
	print_now(is, op, out);
	if (p->internal) {
		if (is->now.masks.deny_other)
			fputs("self has no lists: seal = off leaves it to the "
			      "host, nothing leaves it to others.\n",
			      out);
		return;
	}
	if (open_to_host(p, op, &is->now, &c))
		print_change(p, &c, is, "", out);
	if (open_to_host(p, op, &is->late, &c))
		print_change(p, &c, is, "late.", out);
	if (!is->host &&
	    (is->now.masks.deny_other | is->late.masks.deny_other) & bit)
		print_others(p, is, out);
}
