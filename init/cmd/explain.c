// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "cmd/explain.h"
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

int explain_find(const char *text, const struct protection **p, int from)
{
	int op = from ? -1 : find_dotted(text, p);

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
		       bool cmdline, FILE *out)
{
	const char *head = cmdline ? " bpflock." : "    ";
	const char *equal = cmdline ? "=" : " = ";
	const char *end = cmdline ? "" : "\n";

	fprintf(out, "%s%s%s%s%s", head, p->key, equal, mode_names[c->mode],
		end);
	if (c->has_allow) {
		fprintf(out, "%s%s.allow%s", head, p->key, equal);
		print_ops(out, p, c->allow);
		fputs(end, out);
	}
	fprintf(out, "%s%s.block%s", head, p->key, equal);
	print_ops(out, p, c->block);
	fputs(end, out);
}

static void print_command(const struct protection *p, const struct change *c,
			  const struct bpflock_record *r, FILE *out)
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
	if (r->trust_text[0])
		fprintf(out, " -t %s", r->trust_text);
	fputc('\n', out);
}

static void print_change(const struct protection *p, const struct change *c,
			 const struct bpflock_record *r, FILE *out)
{
	fputs("\nThese lines allow just that to host processes. In the policy "
	      "file:\n",
	      out);
	print_text(p, c, false, out);
	fputs("On the kernel command line:\n   ", out);
	print_text(p, c, true, out);
	fputs("\nAt run time, until the next boot, unless the lock is "
	      "sealed:\n",
	      out);
	print_command(p, c, r, out);
}

/* No list opens one operation to other processes. */
static void print_others(const struct protection *p,
			 const struct bpflock_record *r, FILE *out)
{
	fprintf(out,
		"\nIt is denied to processes that are no host processes. A "
		"service becomes one if\nits cgroup is trusted; that opens "
		"all that %s leaves to the host. In the policy\nfile, on the "
		"kernel command line, and at run time:\n"
		"    trust = %s%ssystem.slice/NAME.service\n"
		"    bpflock.trust=%s%ssystem.slice/NAME.service\n"
		"    %s -p %s ... -t %s%ssystem.slice/NAME.service\n"
		"What a container needs, do on the host for it.\n",
		p->key, r->trust_text, *r->trust_text ? "," : "", r->trust_text,
		*r->trust_text ? "," : "", p->key, mode_names[r->now.mode],
		r->trust_text, *r->trust_text ? "," : "");
}

static void print_now(const struct bpflock_record *r, int op, FILE *out)
{
	uint64_t bit = BPFLOCK_BIT(op);

	fprintf(out, "Now: %s.\n",
		!r			      ? "allowed to everyone" :
		r->now.masks.deny_host & bit  ? "denied to everyone" :
		r->now.masks.deny_other & bit ? "denied to all but the host" :
		(r->now.masks.audit_host | r->now.masks.audit_other) & bit ?
						"allowed, and reported" :
						"allowed to everyone");
}

void explain_print(const struct protection *p, int op,
		   const struct bpflock_record *r, FILE *out)
{
	struct change c;

	fprintf(out, "%s.%s: %s\n", p->key, p->ops[op].name, p->ops[op].means);
	fprintf(out,
		"%s guards %s. Why one denies it, and what it costs: man "
		"%s.\n",
		p->key, p->what, p->internal ? "bpflock-self" : p->key);
	print_now(r, op, out);
	if (!r)
		return;
	if (p->internal) {
		fputs("self has no lists: seal = off leaves it to the host, "
		      "nothing leaves it to others.\n",
		      out);
		return;
	}
	if (open_to_host(p, op, &r->now, &c))
		print_change(p, &c, r, out);
	else if (r->now.masks.deny_other & BPFLOCK_BIT(op))
		print_others(p, r, out);
}
