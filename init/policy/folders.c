// SPDX-License-Identifier: GPL-2.0-or-later
/* rootfs.protect: the folders of the root that nothing is mounted over. */
#include <stdio.h>
#include <string.h>

#include "policy/parse.h"

#define KEY "rootfs.protect"

static const char *const defaults[] = { "usr", "etc", "boot" };

#define DEFAULTS (sizeof(defaults) / sizeof(defaults[0]))

static bool has(const struct folders *f, const char *path)
{
	for (unsigned int i = 0; i < f->n; i++)
		if (!strcmp(f->path[i], path))
			return true;
	return false;
}

static bool add(struct folders *f, const char *path, size_t len)
{
	char *to;

	if (f->n >= BPFLOCK_FOLDERS_MAX)
		return false;
	to = f->path[f->n];
	memcpy(to, path, len);
	to[len] = '\0';
	f->n += !has(f, to);
	return true;
}

void policy_folders_default(struct folders *f)
{
	for (size_t i = 0; i < DEFAULTS; i++)
		if (!has(f, defaults[i]))
			add(f, defaults[i], strlen(defaults[i]));
}

/* What is wrong with the path of a folder, its leading slash taken off. */
static const char *path_fault(const char *path, size_t len)
{
	unsigned int depth = 0;
	size_t n;

	if (!len)
		return "/ itself is always protected";
	if (len >= BPFLOCK_FOLDER_LEN)
		return "path is too long";
	for (size_t from = 0; from <= len; from += n + 1, depth++) {
		const char *slash = memchr(path + from, '/', len - from);

		n = (slash ? slash : path + len) - (path + from);
		if (!n)
			return "empty component in the path";
		if (n > BPFLOCK_FOLDER_NAME)
			return "component of more than 31 bytes";
		if (policy_word_is(path + from, n, ".") ||
		    policy_word_is(path + from, n, ".."))
			return "\".\" or \"..\" in the path";
	}
	return depth > BPFLOCK_FOLDER_DEPTH ? "path is too deep" : NULL;
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
		fault = path_fault(i.word, i.len);
	if (!fault && !add(&rd->d.protect, i.word, i.len))
		fault = "more than 8 folders";
	if (!fault)
		return true;
	policy_fail(rd, policy_item_at(e, &i), "%s: \"%s\" is not protected",
		    fault, policy_quote(i.word, i.len).text);
	return false;
}

/** policy_take_folders - true if it was that key; a mistake keeps the default */
bool policy_take_folders(struct reader *rd, const char *key,
			 const struct entry *e)
{
	struct item i = { 0 };
	bool ok;

	if (strcmp(key, KEY))
		return false;
	memset(&rd->d.protect, 0, sizeof(rd->d.protect));
	rd->d.protect_at = e->at;
	ok = policy_need_value(rd, e) && !e->broken;
	while (e->has_val && policy_item(&i, e->val, e->val_len))
		ok &= take_item(rd, e, i);
	if (!ok)
		policy_folders_default(&rd->d.protect);
	return true;
}

void policy_merge_folders(struct reader *rd)
{
	struct folders *old = &rd->pol->protect;

	if (!rd->d.protect_at.line)
		return;
	for (unsigned int i = 0; rd->pol->floor && i < old->n; i++) {
		if (has(&rd->d.protect, old->path[i]))
			continue;
		policy_fail(rd, rd->d.protect_at,
			    KEY
			    " without /%s: refused, the floor from %s stands",
			    old->path[i], rd->pol->floor_source);
		return;
	}
	*old = rd->d.protect;
	policy_where(rd, rd->d.protect_at, old->source);
}

void policy_folders_text(const struct folders *f, char *out, size_t len)
{
	size_t at = 0;

	*out = '\0';
	for (unsigned int i = 0; i < f->n && at < len; i++)
		at += snprintf(out + at, len - at, "%s/%s", i ? "," : "",
			       f->path[i]);
}
