// SPDX-License-Identifier: GPL-2.0-or-later
/* From an entry to the draft. The keys of a protection are taken here. */
#include <string.h>

#include "policy/bytes.h"
#include "policy/global.h"
#include "policy/keys.h"
#include "policy/lex.h"
#include "policy/report.h"

/* A key taken apart: [late.]protection[.allow|.block|.scope] */
struct parts {
	const struct protection *p;
	bool late;
	const char *rest; /* after the protection, with its dot, or "" */
};

/* Returns false if the key names no protection. */
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

/* Compare all keys of one protection with a misspelt one. */
static void try_protection(struct nearest *n, const char *prefix,
			   const struct protection *p)
{
	static const char *const forms[] = { "", ".allow", ".block" };
	char late[sizeof(POLICY_PREFIX ".late.")];

	snprintf(late, sizeof(late), "%slate.", prefix);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		nearest_try(n, prefix, p->key, forms[i]);
		nearest_try(n, late, p->key, forms[i]);
	}
	nearest_try(n, prefix, p->key, ".scope");
}

static void unknown_key(struct reader *rd, const struct entry *e)
{
	const char *prefix = policy_prefix(rd);
	char word[POLICY_KEY_MAX + sizeof(POLICY_PREFIX) + 1];
	struct nearest n;

	snprintf(word, sizeof(word), "%s%.*s", prefix, (int)e->key_len, e->key);
	nearest_start(&n, word, strlen(word));
	if (rd->pol->diags == POLICY_DIAGS)
		n.distance = 0; /* the message is not kept */
	/* A prefix that both keys have does not make them alike. */
	if (n.distance && e->key_len / 2 + 1 < n.distance)
		n.distance = e->key_len / 2 + 1;
	policy_try_globals(&n, prefix);
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		if (!protections[i].internal)
			try_protection(&n, prefix, &protections[i]);
	policy_fail(rd, e->at, "unknown key \"%s%s\"%s", prefix,
		    policy_quote(e->key, e->key_len).text,
		    nearest_hint(&n, ": bpflock.policy(5) lists them").text);
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

static void unknown_op(struct reader *rd, const struct protection *p,
		       const struct entry *e, const struct item *i)
{
	char otherwise[64];
	struct nearest n;

	snprintf(otherwise, sizeof(otherwise), ": %s(8) lists them", p->key);
	nearest_start(&n, i->word, i->len);
	for (unsigned int op = 0; op < p->n_ops; op++)
		nearest_try(&n, "", p->ops[op].name, "");
	policy_fail(rd, policy_item_at(e, i),
		    "unknown operation \"%s\" of %s%s",
		    policy_quote(i->word, i->len).text, p->key,
		    nearest_hint(&n, otherwise).text);
}

/* Bad bytes in a broken entry are reported already. */
static bool is_reported(const struct entry *e, const struct item *i)
{
	const char *why;

	return e->broken && policy_bad_byte(i->word, i->len, &why) < i->len;
}

/* Returns the operations that are known and reports the other words. */
static uint64_t take_ops(struct reader *rd, const struct protection *p,
			 const struct entry *e, struct draft_setting *d)
{
	struct item i = { 0 };
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
		else if (!is_reported(e, &i))
			unknown_op(rd, p, e, &i);
	}
	return ops;
}

/* The last list of a source wins, and what the one before it named is gone. */
static void note_again(struct reader *rd, const struct entry *e)
{
	char where[BPFLOCK_SOURCE_LEN];

	policy_where(rd, e->at, where);
	snprintf(rd->pol->again, sizeof(rd->pol->again),
		 "%s: %s%.*s is given again: only this list counts, so give "
		 "all its words here",
		 where, policy_prefix(rd), (int)e->key_len, e->key);
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
	if (allow ? d->has_allow : d->has_block)
		note_again(rd, e);
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

/* A protection has one scope, now and late. Returns false after a mistake. */
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

static bool take_known(struct reader *rd, const char *key,
		       const struct entry *e)
{
	struct parts k;

	if (policy_take_global(rd, key, e))
		return true;
	if (!split_key(key, &k))
		return false;
	take_protection(rd, &k, e);
	return true;
}

/*
 * "kimg:restrict", "kimg;": the separator is wrong. What stands before it may
 * be a key, and what stands behind it is meant to be the value. @key ends at
 * the separator, which is the byte @n. Returns false if the key is unknown.
 */
static bool take_separated(struct reader *rd, const char *key, size_t n,
			   const struct entry *e)
{
	struct place at = { e->at.line, e->at.col + n };
	struct entry part = *e;

	if (rd->form == POLICY_CMDLINE)
		at.col = e->key + n - rd->text + 1;
	part.key_len = n;
	part.broken = true;
	if (!e->has_val && n + 1 < e->key_len) {
		part.has_val = true;
		part.val = e->key + n + 1;
		part.val_len = e->key_len - n - 1;
		part.val_at = (struct place){ at.line, at.col + 1 };
	}
	if (!take_known(rd, key, &part))
		return false;
	if (!e->broken)
		policy_fail(rd, at, POLICY_NO_EQUAL);
	return true;
}

void policy_take(struct reader *rd, const struct entry *e)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_.";
	char key[POLICY_KEY_MAX];
	size_t n;

	if (e->key_len >= sizeof(key) || memchr(e->key, 0, e->key_len)) {
		unknown_key(rd, e);
		return;
	}
	for (size_t i = 0; i < e->key_len; i++)
		key[i] = e->key[i] == '-' ? '_' : e->key[i];
	key[e->key_len] = '\0';

	n = strspn(key, letters);
	if (!key[n] && take_known(rd, key, e))
		return;
	if (key[n]) {
		key[n] = '\0';
		if (take_separated(rd, key, n, e))
			return;
	}
	unknown_key(rd, e);
}
