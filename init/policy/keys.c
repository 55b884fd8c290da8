// SPDX-License-Identifier: GPL-2.0-or-later
/* Entries about a protection: mode, allow list, block list, now or late. */
#include <string.h>

#include "policy/parse.h"

/* A key taken apart: [late.]protection[.allow|.block|.scope|.what?] */
struct parts {
	const struct protection *p;
	bool late;
	const char *rest; /* after the protection, with its dot, or "" */
};

/* false if it names no protection */
static bool split_key(const char *key, struct parts *k)
{
	size_t len;

	k->late = !strncmp(key, "late.", 5);
	if (k->late)
		key += 5;
	len = strcspn(key, ".");
	k->p = protection_find(key, len);
	k->rest = key + len;
	return k->p;
}

static const char *prefix_of(const struct reader *rd)
{
	return rd->form == POLICY_CMDLINE ? POLICY_PREFIX "." : "";
}

static void unknown_key(struct reader *rd, const struct entry *e)
{
	const char *prefix = prefix_of(rd);
	static const char *const forms[] = { "", ".allow", ".block", ".scope" };
	const int FORMS = sizeof(forms) / sizeof(forms[0]);
	char word[POLICY_KEY_MAX + sizeof(POLICY_PREFIX) + 1];
	struct nearest n;

	snprintf(word, sizeof(word), "%s%.*s", prefix, (int)e->key_len, e->key);
	nearest_start(&n, word, strlen(word));
	if (rd->pol->diags == POLICY_DIAGS)
		n.distance = 0; /* nobody will read it */
	/* The prefix is right: it is no reason to call two keys alike. */
	if (n.distance && e->key_len / 2 + 1 < n.distance)
		n.distance = e->key_len / 2 + 1;
	policy_try_globals(&n, prefix);
	for (int i = 0; i < BPFLOCK_PROTECTIONS * FORMS; i++) {
		const struct protection *p = &protections[i / FORMS];
		char late[POLICY_KEY_MAX];

		if (p->internal)
			continue;
		snprintf(late, sizeof(late), "%slate.", prefix);
		nearest_try(&n, prefix, p->key, forms[i % FORMS]);
		if (i % FORMS != FORMS - 1) /* one scope, now and late */
			nearest_try(&n, late, p->key, forms[i % FORMS]);
	}
	policy_fail(rd, e->at, "unknown key \"%s%s\"%s", prefix,
		    policy_quote(e->key, e->key_len).text,
		    nearest_hint(&n, ": bpflock.policy(5) lists them").text);
}

/** policy_need_value - "scope" alone says nothing */
bool policy_need_value(struct reader *rd, const struct entry *e)
{
	if (e->has_val)
		return true;
	policy_fail(rd, e->at, "\"%s%s\" needs a value", prefix_of(rd),
		    policy_quote(e->key, e->key_len).text);
	return false;
}

struct place policy_item_at(const struct entry *e, const struct item *i)
{
	return (struct place){ e->val_at.line,
			       e->val_at.col + (i->word - e->val) };
}

static void take_mode(struct reader *rd, const struct entry *e,
		      struct draft_setting *d)
{
	enum bpflock_mode mode = BPFLOCK_RESTRICT;

	if (e->has_val && policy_parse_mode(e->val, e->val_len, &mode)) {
		policy_fail(rd, e->val_at, "unknown mode \"%s\"%s",
			    policy_quote(e->val, e->val_len).text,
			    policy_mode_hint(e->val, e->val_len).text);
		d->broken = true;
		return;
	}
	d->has_mode = true;
	d->mode = mode;
}

/* Returns the words that are known; the others are reported. */
static uint64_t take_ops(struct reader *rd, const struct protection *p,
			 const struct entry *e, struct draft_setting *d)
{
	struct item i = { 0 };
	const char *why;
	uint64_t ops = 0;

	while (policy_item(&i, e->val, e->val_len)) {
		int op = protection_op(p, i.word, i.len);

		if (op >= 0) {
			ops |= BPFLOCK_BIT(op);
			continue;
		}
		d->broken = true;
		if (!i.len)
			policy_fail(rd, policy_item_at(e, &i),
				    "empty word in the list");
		else if (policy_bad_byte(i.word, i.len, &why) == i.len ||
			 !e->broken)
			policy_fail(rd, policy_item_at(e, &i),
				    "unknown operation \"%s\" of %s%s",
				    policy_quote(i.word, i.len).text, p->key,
				    policy_op_hint(p, &i).text);
	}
	return ops;
}

static void take_list(struct reader *rd, const struct parts *k,
		      const struct entry *e, struct draft_setting *d)
{
	bool allow = !strcmp(k->rest, ".allow");
	uint64_t ops;

	if (!policy_need_value(rd, e)) {
		d->broken = true;
		return;
	}
	ops = take_ops(rd, k->p, e, d);
	if (allow) {
		d->has_allow = true;
		d->allow = ops;
		d->allow_at = e->at;
	} else {
		d->has_block = true;
		d->block = ops;
		d->block_at = e->at;
	}
}

/* There is one for now and late. false: it cannot be used */
static bool take_scope(struct reader *rd, const struct parts *k,
		       const struct entry *e, struct draft_scope *d)
{
	if (!k->late)
		return policy_take_scope(rd, e, d);
	policy_fail(rd, e->at, "late.%s has no scope of its own: use %s.scope",
		    k->p->key, k->p->key);
	return false;
}

static void take_protection(struct reader *rd, const struct parts *k,
			    const struct entry *e)
{
	struct draft_setting *d = &rd->d.now[k->p - protections];
	struct draft_scope *scope = &rd->d.scope_of[k->p - protections];
	bool is_scope = !strcmp(k->rest, ".scope");

	if (k->p->internal) {
		policy_fail(rd, e->at,
			    "%s is always on; use seal=on, and scope for all",
			    k->p->key);
		return;
	}
	if (k->late)
		d = &rd->d.late[k->p - protections];
	if (is_scope && take_scope(rd, k, e, scope))
		return;
	d->at = e->at;
	d->broken |= e->broken || is_scope;
	if (!*k->rest) {
		take_mode(rd, e, d);
	} else if (!strcmp(k->rest, ".allow") || !strcmp(k->rest, ".block")) {
		take_list(rd, k, e, d);
	} else if (!is_scope) {
		unknown_key(rd, e);
		d->broken = true;
	}
}

/* bpflock=off: as if this source had said nothing so far, and all is off. */
static void take_switch(struct reader *rd, const struct entry *e)
{
	struct draft_setting off = { .at = e->at, .off = true };
	bool on = true;

	if (e->has_val && policy_parse_bool(e->val, e->val_len, &on)) {
		policy_fail(rd, e->val_at, "\"%s\" is neither on nor off",
			    policy_quote(e->val, e->val_len).text);
		return;
	}
	if (on || e->broken)
		return;
	rd->d.off_at = e->at;
	memset(rd->d.scope_of, 0, sizeof(rd->d.scope_of));
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (!protections[i].internal)
			rd->d.now[i] = rd->d.late[i] = off;
}

/** policy_take - one entry of the source */
void policy_take(struct reader *rd, const struct entry *e)
{
	char key[POLICY_KEY_MAX];
	struct parts k;

	if (e->key_len >= sizeof(key) || memchr(e->key, 0, e->key_len)) {
		unknown_key(rd, e);
		return;
	}
	for (size_t i = 0; i < e->key_len; i++)
		key[i] = e->key[i] == '-' ? '_' : e->key[i];
	key[e->key_len] = '\0';

	if (policy_take_folders(rd, key, e))
		return;
	if (split_key(key, &k))
		take_protection(rd, &k, e);
	else if (!strcmp(key, POLICY_PREFIX))
		take_switch(rd, e);
	else if (!policy_take_global(rd, key, e))
		unknown_key(rd, e);
}
