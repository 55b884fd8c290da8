// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * scope: the namespaces that make a process a host process, for all
 * protections or for one.
 */
#include <string.h>

#include "policy/global.h"
#include "policy/report.h"
#include "util/print.h"

static bool take_item(struct reader *rd, const struct entry *e,
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
		policy_word_hint(ns_names, BPFLOCK_NSS, i->word, i->len).text);
	return false;
}

bool policy_take_scope(struct reader *rd, const struct entry *e,
		       struct draft_scope *d)
{
	bool ok = !e->broken;
	unsigned int scope = 0;
	struct item i = { 0 };

	if (!policy_need_value(rd, e))
		return false;
	while (policy_item(&i, e->val, e->val_len))
		ok &= take_item(rd, e, &i, &scope);
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

static void take(struct reader *rd, const struct entry *e)
{
	policy_take_scope(rd, e, &rd->d.scope);
}

/*
 * Lays one scope over the policy: @before held before this source, @now
 * holds already with the source's scope for all protections.
 */
static void merge_one(struct reader *rd, const struct draft_scope *d,
		      unsigned int before, unsigned int now, const char *key,
		      struct scope *s)
{
	unsigned int ns = d->ns | (d->adds ? now : 0);
	char missing[NAMESPACES_TEXT];

	if (!d->at.line)
		return;
	if (policy_floor_denies(rd, d->at, before & ~ns, "%s%sscope without %s",
				key, *key ? "." : "",
				namespaces_text(before & ~ns, missing)))
		return;
	s->ns = ns;
	policy_where(rd, d->at, s->source);
}

/*
 * The floor binds the scope that a protection had, whether "scope" or
 * "protection.scope" set it.
 */
static void merge(struct reader *rd)
{
	unsigned int before[BPFLOCK_PROTECTIONS];
	struct policy *pol = rd->pol;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		before[i] = policy_scope(pol, &protections[i]);
	if (rd->d.off_at.line && !pol->floor)
		memset(pol->scope_of, 0, sizeof(pol->scope_of));
	merge_one(rd, &rd->d.scope, pol->scope.ns, pol->scope.ns, "",
		  &pol->scope);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		merge_one(rd, &rd->d.scope_of[i], before[i],
			  policy_scope(pol, &protections[i]),
			  protections[i].key, &pol->scope_of[i]);
}

const struct global policy_key_scope = { "scope", take, merge };
