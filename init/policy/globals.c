// SPDX-License-Identifier: GPL-2.0-or-later
/* Entries about all protections together: scope, trust, seal and others. */
#include <string.h>

#include "policy/parse.h"

const char *const on_error_names[ON_ERRORS] = {
	[ON_ERROR_CONTINUE] = "continue", [ON_ERROR_SHELL] = "shell",
	[ON_ERROR_REBOOT] = "reboot",	  [ON_ERROR_POWEROFF] = "poweroff",
	[ON_ERROR_PANIC] = "panic",
};

static void take_scope(struct reader *rd, const struct entry *e)
{
	policy_take_scope(rd, e, &rd->d.scope);
}

/* What is wrong with the path of a cgroup, or NULL. */
static const char *path_fault(const char *path, size_t len)
{
	unsigned int depth = 0;
	size_t from = 0, n;

	if (!len)
		return "an empty path would trust everybody";
	if (len >= sizeof(((struct trust *)NULL)->path[0]))
		return "path is too long";
	if (memchr(path, '"', len))
		return "quote inside the path";
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)path[i] >= 0x80)
			return "not ASCII";
	while (from <= len) {
		const char *slash = memchr(path + from, '/', len - from);

		n = (slash ? slash : path + len) - (path + from);
		if (!n)
			return "empty component in the path";
		if (policy_word_is(path + from, n, ".") ||
		    policy_word_is(path + from, n, ".."))
			return "\".\" or \"..\" in the path";
		if (n > BPFLOCK_TRUST_NAME)
			return "component of more than 31 bytes";
		depth++;
		from += n + 1;
	}
	return depth > BPFLOCK_TRUST_DEPTH ? "path is too deep" : NULL;
}

/* The paths with a blank between them must fit in the frozen policy. */
static size_t trust_size(const struct trust *t)
{
	size_t size = 0;

	for (unsigned int i = 0; i < t->n; i++)
		size += strlen(t->path[i]) + 1;
	return size;
}

static void trust_item(struct reader *rd, const struct entry *e, struct item i,
		       struct trust *t)
{
	const char *fault;

	if (i.len && *i.word == '/') {
		i.word++;
		i.len--;
	}
	fault = path_fault(i.word, i.len);
	if (!fault && t->n == BPFLOCK_TRUST_MAX)
		fault = "too many paths";
	if (!fault && trust_size(t) + i.len + 1 > BPFLOCK_TRUST_TEXT)
		fault = "the paths are too long together";
	if (fault) {
		policy_fail(rd, policy_item_at(e, &i),
			    "%s: \"%s\" is not trusted", fault,
			    policy_quote(i.word, i.len).text);
		return;
	}
	memcpy(t->path[t->n], i.word, i.len);
	t->path[t->n++][i.len] = '\0';
}

/* A line that is broken, cut off perhaps, trusts nobody. */
static void take_trust(struct reader *rd, const struct entry *e)
{
	struct item i = { 0 };

	memset(&rd->d.trust, 0, sizeof(rd->d.trust));
	rd->d.trust_at = e->at;
	if (!policy_need_value(rd, e) || e->broken)
		return;
	while (policy_item(&i, e->val, e->val_len))
		trust_item(rd, e, i, &rd->d.trust);
}

/* What cannot be understood counts as on, the stricter of the two. */
static bool take_bool(struct reader *rd, const struct entry *e)
{
	bool on = true;

	if (!e->has_val || !policy_parse_bool(e->val, e->val_len, &on))
		return on || e->broken;
	policy_fail(rd, e->val_at, "\"%s\" is neither on nor off",
		    policy_quote(e->val, e->val_len).text);
	return true;
}

static void take_seal(struct reader *rd, const struct entry *e)
{
	rd->d.seal = take_bool(rd, e);
	rd->d.seal_at = e->at;
}

static void take_floor(struct reader *rd, const struct entry *e)
{
	rd->d.floor = take_bool(rd, e);
	rd->d.floor_at = e->at;
}

static void take_on_error(struct reader *rd, const struct entry *e)
{
	enum on_error earlier = rd->d.on_error_at.line ? rd->d.on_error :
							 rd->pol->on_error;
	int action;

	if (!policy_need_value(rd, e))
		return;
	action =
		policy_word_find(on_error_names, ON_ERRORS, e->val, e->val_len);
	if (action < 0) {
		policy_fail(
			rd, e->val_at, "unknown action \"%s\"%s",
			policy_quote(e->val, e->val_len).text,
			policy_word_hint(
				on_error_names, ON_ERRORS, e->val, e->val_len,
				": it is continue, shell, reboot, poweroff or panic")
				.text);
		return;
	}
	if (e->broken && policy_rank[action] < policy_rank[earlier])
		return;
	rd->d.on_error = action;
	rd->d.on_error_at = e->at;
}

/* Bytes, or 0 if it is not a size that a ring buffer can have. */
static unsigned int parse_events(const char *s, size_t len)
{
	unsigned long long n = 0;
	unsigned int shift = 0;

	if (len && s[len - 1] == 'K')
		shift = 10;
	else if (len && s[len - 1] == 'M')
		shift = 20;
	len -= !!shift;
	if (!len || len > 9)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return 0;
		n = n * 10 + (s[i] - '0');
	}
	n <<= shift;
	if (n < EVENTS_MIN || n > EVENTS_MAX || (n & (n - 1)))
		return 0;
	return n;
}

static void take_events(struct reader *rd, const struct entry *e)
{
	rd->d.events_at = e->at;
	rd->d.events = EVENTS_DEFAULT;
	if (!policy_need_value(rd, e) || e->broken)
		return;
	rd->d.events = parse_events(e->val, e->val_len);
	if (rd->d.events)
		return;
	rd->d.events = EVENTS_DEFAULT;
	policy_fail(
		rd, e->val_at,
		"\"%s\" is not a power of two from 4K to 16M: events=64K is used",
		policy_quote(e->val, e->val_len).text);
}

static void take_exec(struct reader *rd, const struct entry *e)
{
	const char *fault = NULL;

	if (!policy_need_value(rd, e) || e->broken)
		return;
	if (!e->val_len || e->val[0] != '/')
		fault = "exec needs an absolute path";
	else if (e->val_len >= sizeof(rd->d.exec))
		fault = "path is too long";
	else if (memchr(e->val, '"', e->val_len))
		fault = "quote inside the path";
	if (fault) {
		policy_fail(rd, e->val_at, "%s: \"%s\" is not used", fault,
			    policy_quote(e->val, e->val_len).text);
		return;
	}
	memcpy(rd->d.exec, e->val, e->val_len);
	rd->d.exec[e->val_len] = '\0';
	rd->d.exec_at = e->at;
}

static const struct {
	const char *key;
	void (*take)(struct reader *rd, const struct entry *e);
} globals[] = {
	{ "scope", take_scope },       { "trust", take_trust },
	{ "seal", take_seal },	       { "floor", take_floor },
	{ "on_error", take_on_error }, { "events", take_events },
	{ "exec", take_exec },
};

#define GLOBALS (sizeof(globals) / sizeof(globals[0]))

bool policy_take_global(struct reader *rd, const char *key,
			const struct entry *e)
{
	for (size_t i = 0; i < GLOBALS; i++) {
		if (strcmp(globals[i].key, key))
			continue;
		globals[i].take(rd, e);
		return true;
	}
	return false;
}

void policy_try_globals(struct nearest *n, const char *prefix)
{
	for (size_t i = 0; i < GLOBALS; i++)
		nearest_try(n, prefix, globals[i].key, "");
	nearest_try(n, "", POLICY_PREFIX, "");
}
