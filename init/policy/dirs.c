// SPDX-License-Identifier: GPL-2.0-or-later
/* rootfs.protect: the directories of the root over which nothing is mounted. */
#include <stdio.h>
#include <string.h>

#include "policy/global.h"
#include "policy/paths.h"
#include "policy/report.h"

#define KEY "rootfs.protect"

static const char *const defaults[] = { "usr", "etc", "boot" };

#define DEFAULTS (sizeof(defaults) / sizeof(defaults[0]))

static bool has(const struct dirs *f, const char *path)
{
	for (unsigned int i = 0; i < f->n; i++)
		if (!strcmp(f->path[i], path))
			return true;
	return false;
}

static bool add(struct dirs *f, const char *path, size_t len)
{
	char *to;

	if (f->n >= BPFLOCK_DIRS_MAX)
		return false;
	to = f->path[f->n];
	memcpy(to, path, len);
	to[len] = '\0';
	f->n += !has(f, to);
	return true;
}

void policy_dirs_default(struct dirs *f)
{
	for (size_t i = 0; i < DEFAULTS; i++)
		if (!has(f, defaults[i]))
			add(f, defaults[i], strlen(defaults[i]));
}

static const char *fault_of(const struct item *i)
{
	if (!i->len)
		return "/ itself is always protected";
	return policy_path_fault(i->word, i->len, BPFLOCK_DIR_LEN - 1,
				 BPFLOCK_DIR_DEPTH);
}

static bool take_item(struct reader *rd, const struct entry *e, struct item i)
{
	const char *fault = NULL;

	if (!i.len || *i.word != '/')
		fault = "not an absolute path";
	while (i.len && *i.word == '/') {
		i.word++;
		i.len--;
	}
	while (i.len && i.word[i.len - 1] == '/')
		i.len--;
	if (!fault)
		fault = fault_of(&i);
	if (!fault && !add(&rd->d.protect, i.word, i.len))
		fault = "more than 8 directories";
	if (!fault)
		return true;
	policy_fail(rd, policy_item_at(e, &i), "%s: \"%s\" is not protected",
		    fault, policy_quote(i.word, i.len).text);
	return false;
}

/* After a mistake the default directories are protected too. */
static void take(struct reader *rd, const struct entry *e)
{
	struct item i = { 0 };
	bool ok;

	memset(&rd->d.protect, 0, sizeof(rd->d.protect));
	rd->d.protect_at = e->at;
	ok = policy_need_value(rd, e) && !e->broken;
	while (e->has_val && policy_item(&i, e->val, e->val_len))
		ok &= take_item(rd, e, i);
	if (!ok)
		policy_dirs_default(&rd->d.protect);
}

static void merge(struct reader *rd)
{
	struct dirs *old = &rd->pol->protect;
	struct place at = rd->d.protect_at;

	if (!at.line)
		return;
	for (unsigned int i = 0; i < old->n; i++)
		if (policy_floor_denies(rd, at,
					!has(&rd->d.protect, old->path[i]),
					KEY " without /%s", old->path[i]))
			return;
	*old = rd->d.protect;
	policy_where(rd, at, old->source);
}

const struct global policy_key_protect = { KEY, take, merge };

void policy_dirs_text(const struct dirs *f, char *out, size_t len)
{
	size_t at = 0;

	*out = '\0';
	for (unsigned int i = 0; i < f->n && at < len; i++)
		at += snprintf(out + at, len - at, "%s/%s", i ? "," : "",
			       f->path[i]);
}
