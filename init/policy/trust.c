// SPDX-License-Identifier: GPL-2.0-or-later
/* trust: the cgroups, and the services, whose processes count as host. */
#include <stdio.h>
#include <string.h>

#include "policy/bytes.h"
#include "policy/global.h"
#include "policy/paths.h"
#include "policy/report.h"

#define SERVICES "services"
#define NONE	 "none"

void policy_trust_default(struct trust *t)
{
	memset(t, 0, sizeof(*t));
	t->services = true;
}

static bool has_path(const struct trust *t, const char *path, size_t len)
{
	for (unsigned int i = 0; i < t->n; i++)
		if (strlen(t->path[i]) == len && !memcmp(t->path[i], path, len))
			return true;
	return false;
}

/* The bytes of all paths, with one more byte after each path. */
static size_t size_of(const struct trust *t)
{
	size_t size = 0;

	for (unsigned int i = 0; i < t->n; i++)
		size += strlen(t->path[i]) + 1;
	return size;
}

static const char *no_room(const struct trust *t, size_t len)
{
	if (t->n == BPFLOCK_TRUST_MAX)
		return "too many paths";
	if (size_of(t) + len + 1 > BPFLOCK_TRUST_TEXT)
		return "the paths are too long together";
	return NULL;
}

bool policy_trust_add(struct trust *t, const char *path, size_t len)
{
	if (has_path(t, path, len))
		return true;
	if (len >= sizeof(t->path[0]) || no_room(t, len))
		return false;
	memcpy(t->path[t->n], path, len);
	t->path[t->n++][len] = '\0';
	return true;
}

static bool is_word(const char *word, size_t len, const char *known)
{
	return strlen(known) == len && !memcmp(word, known, len);
}

bool policy_trust_read(struct trust *t, const char *text)
{
	bool fits = true;

	for (size_t len; *text; text += len + (text[len] == ',')) {
		len = strcspn(text, ",");
		if (is_word(text, len, SERVICES))
			t->services = true;
		else if (!is_word(text, len, NONE))
			fits &= policy_trust_add(t, text, len);
	}
	return fits;
}

void policy_trust_text(const struct trust *t, char out[TRUST_TEXT])
{
	size_t n = snprintf(out, TRUST_TEXT, t->services ? SERVICES : NONE);

	for (unsigned int i = 0; i < t->n; i++)
		n += snprintf(out + n, TRUST_TEXT - n, ",%s", t->path[i]);
}

static const char *fault_of(const struct trust *t, const char *path, size_t len)
{
	const char *fault;

	if (!len)
		return "an empty path would trust every process";
	/* It could not be read back: blanks around a path are left out. */
	if (policy_is_blank(*path))
		return "begins with a blank";
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)path[i] >= 0x80)
			return "not ASCII";
	fault = policy_path_fault(path, len, sizeof(t->path[0]) - 1,
				  BPFLOCK_TRUST_DEPTH);
	if (fault || has_path(t, path, len))
		return fault;
	return no_room(t, len);
}

static void take_path(struct reader *rd, const struct entry *e, struct item i,
		      struct trust *t)
{
	const char *fault;

	if (i.len && *i.word == '/') {
		i.word++;
		i.len--;
	}
	fault = fault_of(t, i.word, i.len);
	if (fault)
		policy_fail(rd, policy_item_at(e, &i),
			    "%s: \"%s\" is not trusted", fault,
			    policy_quote(i.word, i.len).text);
	else
		policy_trust_add(t, i.word, i.len);
}

/* Which word may the item stand for? None if it is a path or the word itself. */
static struct hint near_word(const struct item *i)
{
	struct nearest n;

	nearest_start(&n, i->word, i->len);
	if (memchr(i->word, '/', i->len) || memchr(i->word, '.', i->len) ||
	    is_word(i->word, i->len, SERVICES))
		return (struct hint){ "" };
	nearest_try(&n, "", SERVICES, "");
	nearest_try(&n, "", NONE, "");
	return nearest_hint(&n, "");
}

/* A misspelt "none" must not leave services trusted. */
static bool is_misspelt(struct reader *rd, const struct entry *e,
			const struct item *i)
{
	struct hint hint = near_word(i);

	if (hint.text[0])
		policy_fail(rd, policy_item_at(e, i),
			    "unknown cgroup \"%s\"%s (services are not trusted)",
			    policy_quote(i->word, i->len).text, hint.text);
	return hint.text[0];
}

/* Does the list take the defaults away? */
static bool says_none(struct reader *rd, const struct entry *e)
{
	bool none = !e->val_len;
	struct item i = { 0 };

	while (policy_item(&i, e->val, e->val_len))
		none |= is_word(i.word, i.len, NONE) || is_misspelt(rd, e, &i);
	return none;
}

static bool is_path(const struct item *i)
{
	return !is_word(i->word, i->len, NONE) &&
	       !is_word(i->word, i->len, SERVICES) && !near_word(i).text[0];
}

/* A broken line may be cut off: it trusts nothing at all. */
static void take(struct reader *rd, const struct entry *e)
{
	struct trust *t = &rd->d.trust;
	struct item i = { 0 };

	memset(t, 0, sizeof(*t));
	rd->d.trust_at = e->at;
	if (!policy_need_value(rd, e) || e->broken)
		return;
	if (!says_none(rd, e))
		policy_trust_default(t);
	while (policy_item(&i, e->val, e->val_len))
		if (is_path(&i))
			take_path(rd, e, i, t);
}

bool policy_trust_widens(const struct trust *a, const struct trust *b)
{
	if (b->services && !a->services)
		return true;
	for (unsigned int i = 0; i < b->n; i++)
		if (!has_path(a, b->path[i], strlen(b->path[i])))
			return true;
	return false;
}

static void merge(struct reader *rd)
{
	const struct trust *new = &rd->d.trust;
	struct trust *old = &rd->pol->trust;

	if (!rd->d.trust_at.line ||
	    policy_floor_denies(rd, rd->d.trust_at,
				policy_trust_widens(old, new),
				"trust for another cgroup"))
		return;
	*old = *new;
	policy_where(rd, rd->d.trust_at, old->source);
}

const struct global policy_key_trust = { "trust", take, merge };
