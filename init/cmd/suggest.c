// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "cmd/event.h"
#include "cmd/suggest.h"
#include "util/print.h"

void suggest_start(struct suggest *s, const struct protection *p,
		   const struct bpflock_part *part, unsigned long long audited)
{
	struct setting *set = &s->one[p - protections];

	if (p->internal || !(part->masks.audit_host | part->masks.audit_other |
			     part->masks.deny_host | part->masks.deny_other))
		return;
	set->set = true;
	set->mode = part->mode;
	set->has_allow = part->has_allow;
	set->allow = part->allow;
	set->block = part->block;
	s->audited[p - protections] = part->mode == BPFLOCK_AUDIT;
	s->unseen[p - protections] = audited;
}

static struct suggest_note *note_of(struct suggest *s,
				    const struct bpflock_event *e)
{
	struct suggest_note *n;

	for (unsigned int i = 0; i < s->notes; i++) {
		n = &s->note[i];
		if (n->e.protection == e->protection && n->e.op == e->op &&
		    n->e.host == e->host && n->e.cgroup == e->cgroup)
			return n;
	}
	if (s->notes == SUGGEST_NOTES) {
		s->more = true;
		return NULL;
	}
	n = &s->note[s->notes++];
	n->e = *e;
	return n;
}

void suggest_event(struct suggest *s, const struct bpflock_event *e,
		   unsigned long long times, const char *path)
{
	unsigned long long *unseen = &s->unseen[e->protection];
	struct suggest_note *n;

	/* An operation of another version stays unseen: root can forge events. */
	if (e->verdict != BPFLOCK_WOULD_DENY || !s->audited[e->protection] ||
	    e->op >= protections[e->protection].n_ops)
		return;
	n = note_of(s, e);
	if (!n)
		return;
	*unseen -= *unseen < times ? *unseen : times;
	n->times += times;
	if (path && path[0] == '/' && strlen(path) < sizeof(n->cgroup))
		memcpy(n->cgroup, path + 1, strlen(path));
}

/*
 * A process directly in the cgroup of a service of the system. The cgroups of
 * containers are scopes, or below that of a service.
 */
static bool is_service(const char *path)
{
	size_t len = strlen(path);

	return !strncmp(path, "system.slice/", 13) && len > 8 &&
	       !strcmp(path + len - 8, ".service") && owner_trusted(path) &&
	       !strstr(path, ".service/");
}

/* Whether the policy can be made to allow it; otherwise it stays under audit. */
static bool open_up(struct suggest *s, struct suggest_note *n)
{
	struct setting *set = &s->one[n->e.protection];
	uint64_t bit = BPFLOCK_BIT(n->e.op);

	if (!n->e.host && !is_service(n->cgroup))
		return false;
	set->block &= ~bit;
	if (set->has_allow)
		set->allow |= bit;
	n->trusted = !n->e.host &&
		     policy_trust_add(&s->trust, n->cgroup, strlen(n->cgroup));
	return n->e.host || n->trusted;
}

/* Does the mode of the suggestion cover an operation only by lists? */
static bool denied_to_host(const struct suggest *s,
			   const struct suggest_note *n)
{
	struct setting set = s->one[n->e.protection];
	struct masks m;

	set.mode = BPFLOCK_RESTRICT;
	m = policy_masks(&protections[n->e.protection], &set);
	return m.deny_host & BPFLOCK_BIT(n->e.op);
}

/*
 * What only an allow list opens (bpf_write of disablebpf) needs one; it must
 * not narrow the other operations.
 */
static bool open_closed(struct suggest *s, const struct suggest_note *n)
{
	const struct protection *p = &protections[n->e.protection];
	struct setting *set = &s->one[n->e.protection];

	if (!denied_to_host(s, n))
		return true;
	if (!p->rules || !p->rules->allow_only_opens)
		return false;
	set->has_allow = true;
	set->allow |= BPFLOCK_BIT(n->e.op);
	return true;
}

void suggest_end(struct suggest *s)
{
	bool open[BPFLOCK_PROTECTIONS];

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		open[i] = s->more || s->unseen[i];
	for (unsigned int i = 0; i < s->notes; i++) {
		struct suggest_note *n = &s->note[i];

		if (!open_up(s, n) || !open_closed(s, n))
			open[n->e.protection] = true;
	}
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (s->audited[i] && !open[i])
			s->one[i].mode = BPFLOCK_RESTRICT;
}

static void print_notes(const struct suggest *s, int i, FILE *out)
{
	if (s->unseen[i])
		fprintf(out,
			"# %s: %llu requests were counted that are not in the "
			"ring any more: it stays\n# under audit\n",
			protections[i].key, s->unseen[i]);
	for (unsigned int k = 0; k < s->notes; k++) {
		const struct suggest_note *n = &s->note[k];

		if (n->e.protection != i)
			continue;
		fprintf(out, "# %s: %llu times, first by ", event_op(&n->e),
			n->times);
		print_safe(out, n->e.comm);
		fputs(" in ", out);
		print_safe(out, n->cgroup[0] ? n->cgroup :
					       "a cgroup that is "
					       "gone");
		fprintf(out, ": %s\n",
			n->trusted ? "trusted below" :
			n->e.host  ? "a host process" :
				     "no host process, so it stays under audit");
	}
}

static void print_list(int i, const char *head, const char *sub, uint64_t ops,
		       const char *equal, FILE *out)
{
	fprintf(out, "%s%s%s%s", head, protections[i].key, sub, equal);
	print_ops(out, &protections[i], ops);
}

static void print_setting(const struct suggest *s, int i, const char *head,
			  const char *equal, const char *end, FILE *out)
{
	const struct setting *set = &s->one[i];
	char scope[NAMESPACES_TEXT];

	fprintf(out, "%s%s%s%s%s", head, protections[i].key, equal,
		mode_names[set->mode], end);
	if (set->has_allow) {
		print_list(i, head, ".allow", set->allow, equal, out);
		fputs(end, out);
	}
	if (set->block) {
		print_list(i, head, ".block", set->block, equal, out);
		fputs(end, out);
	}
	if (s->scope[i] && s->scope[i] != BPFLOCK_BIT(BPFLOCK_NS_MNT))
		fprintf(out, "%s%s.scope%s%s%s", head, protections[i].key,
			equal, namespaces_text(s->scope[i], scope), end);
}

static void print_settings(const struct suggest *s, bool cmdline, FILE *out)
{
	const char *head = cmdline ? " bpflock." : "";
	const char *equal = cmdline ? "=" : " = ";
	const char *end = cmdline ? "" : "\n";
	char text[TRUST_TEXT];

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		if (!s->one[i].set)
			continue;
		if (!cmdline)
			print_notes(s, i, out);
		print_setting(s, i, head, equal, end, out);
	}
	policy_trust_text(&s->trust, text);
	fprintf(out, "%strust%s%s%s", head, equal, text, end);
}

void suggest_print(const struct suggest *s, FILE *out)
{
	print_settings(s, false, out);
	fputs("\n# The same on the kernel command line:\n#", out);
	print_settings(s, true, out);
	fputc('\n', out);
}
