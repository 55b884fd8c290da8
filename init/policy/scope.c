// SPDX-License-Identifier: GPL-2.0-or-later
/* Which namespaces make a host process: for all protections, and for one. */
#include <string.h>

#include "policy/parse.h"

static bool scope_item(struct reader *rd, const struct entry *e,
		       const struct item *i, unsigned int *scope)
{
	int ns = policy_word_find(ns_names, BPFLOCK_NSS, i->word, i->len);

	if (ns >= 0) {
		*scope |= BPFLOCK_BIT(ns);
		return true;
	}
	policy_fail(
		rd, policy_item_at(e, i), "unknown namespace \"%s\"%s",
		policy_quote(i->word, i->len).text,
		policy_word_hint(
			ns_names, BPFLOCK_NSS, i->word, i->len,
			": it is one of mnt pid net user ipc uts cgroup time")
			.text);
	return false;
}

/**
 * policy_take_scope - "scope" or "protection.scope"
 * @rd: the source
 * @e: the entry
 * @d: what the source says about it so far
 *
 * Of a scope with a mistake what is understood is added to the one that holds.
 *
 * Return: true if there is no mistake.
 */
bool policy_take_scope(struct reader *rd, const struct entry *e,
		       struct draft_scope *d)
{
	bool ok = !e->broken;
	unsigned int scope = 0;
	struct item i = { 0 };

	if (!policy_need_value(rd, e))
		return false;
	while (policy_item(&i, e->val, e->val_len))
		ok &= scope_item(rd, e, &i, &scope);
	if (!e->val_len) {
		policy_fail(rd, e->at, "\"%.*s\" needs at least one namespace",
			    (int)e->key_len, e->key);
		return false;
	}
	d->adds = !ok;
	d->ns = ok ? scope : d->ns | scope;
	if (d->ns)
		d->at = e->at;
	return ok;
}

static void merge(struct reader *rd, const struct draft_scope *d,
		  unsigned int before, unsigned int now, const char *key,
		  struct scope *s)
{
	unsigned int ns = d->ns | (d->adds ? now : 0);
	char what[96];

	if (!d->at.line)
		return;
	if (rd->pol->floor && (before & ~ns)) {
		snprintf(what, sizeof(what),
			 "%s%sscope without all namespaces of the floor's", key,
			 *key ? "." : "");
		policy_refuse(rd, d->at, what);
		return;
	}
	s->ns = ns;
	policy_where(rd, d->at, s->source);
}

/* A floor binds what holds for a protection, whichever key said it. */
void policy_merge_scopes(struct reader *rd)
{
	unsigned int before[BPFLOCK_PROTECTIONS];
	struct policy *pol = rd->pol;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		before[i] = policy_scope(pol, &protections[i]);
	if (rd->d.off_at.line && !pol->floor)
		memset(pol->scope_of, 0, sizeof(pol->scope_of));
	merge(rd, &rd->d.scope, pol->scope.ns, pol->scope.ns, "", &pol->scope);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		merge(rd, &rd->d.scope_of[i], before[i],
		      policy_scope(pol, &protections[i]), protections[i].key,
		      &pol->scope_of[i]);
}

unsigned int policy_scope(const struct policy *pol, const struct protection *p)
{
	unsigned int own = pol->scope_of[p - protections].ns;

	return own ? own : pol->scope.ns;
}
