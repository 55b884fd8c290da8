// SPDX-License-Identifier: GPL-2.0-or-later
/* trust: the cgroups whose processes count as host. */
#include <string.h>

#include "policy/global.h"
#include "policy/paths.h"
#include "policy/report.h"

size_t policy_trust_size(const struct trust *t)
{
	size_t size = 0;

	for (unsigned int i = 0; i < t->n; i++)
		size += strlen(t->path[i]) + 1;
	return size;
}

static const char *fault_of(const struct trust *t, const char *path, size_t len)
{
	const char *fault;

	if (!len)
		return "an empty path would trust every process";
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)path[i] >= 0x80)
			return "not ASCII";
	fault = policy_path_fault(path, len, sizeof(t->path[0]) - 1,
				  BPFLOCK_TRUST_DEPTH);
	if (fault)
		return fault;
	if (t->n == BPFLOCK_TRUST_MAX)
		return "too many paths";
	if (policy_trust_size(t) + len + 1 > BPFLOCK_TRUST_TEXT)
		return "the paths are too long together";
	return NULL;
}

static void take_item(struct reader *rd, const struct entry *e, struct item i,
		      struct trust *t)
{
	const char *fault;

	if (i.len && *i.word == '/') {
		i.word++;
		i.len--;
	}
	fault = fault_of(t, i.word, i.len);
	if (fault) {
		policy_fail(rd, policy_item_at(e, &i),
			    "%s: \"%s\" is not trusted", fault,
			    policy_quote(i.word, i.len).text);
		return;
	}
	memcpy(t->path[t->n], i.word, i.len);
	t->path[t->n++][i.len] = '\0';
}

/* A broken line may be cut off. It trusts no cgroup at all. */
static void take(struct reader *rd, const struct entry *e)
{
	struct item i = { 0 };

	memset(&rd->d.trust, 0, sizeof(rd->d.trust));
	rd->d.trust_at = e->at;
	if (!policy_need_value(rd, e) || e->broken)
		return;
	while (policy_item(&i, e->val, e->val_len))
		take_item(rd, e, i, &rd->d.trust);
}

static bool trusts(const struct trust *t, const char *path)
{
	for (unsigned int i = 0; i < t->n; i++)
		if (!strcmp(t->path[i], path))
			return true;
	return false;
}

static void merge(struct reader *rd)
{
	const struct trust *new = &rd->d.trust;
	struct trust *old = &rd->pol->trust;

	if (!rd->d.trust_at.line)
		return;
	for (unsigned int i = 0; i < new->n; i++)
		if (policy_floor_denies(rd, rd->d.trust_at,
					!trusts(old, new->path[i]),
					"trust for another cgroup"))
			return;
	*old = *new;
	policy_where(rd, rd->d.trust_at, old->source);
}

const struct global policy_key_trust = { "trust", take, merge };
