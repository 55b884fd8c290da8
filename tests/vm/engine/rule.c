// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "engine/rule.h"

const char *const rule_modes[] = { "allow", "audit", "restrict", "deny" };
static const char *const scopes[] = { "mnt", "pid", "net",    "user",
				      "ipc", "uts", "cgroup", "time" };

static int in_list(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = list; (p = strstr(p, word)); p += len)
		if ((p == list || p[-1] == ',') && (!p[len] || p[len] == ','))
			return 1;
	return 0;
}

static int ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

/*
 * system.slice/NAME.service, or one more slice between the two; or what udevd
 * makes below its own; or where the generators of PID 1 are
 */
static int is_service(const char *cgroup)
{
	char path[256], *slice, *name, *rest;

	if (!strcmp(cgroup, UDEVD "/udev") ||
	    !strcmp(cgroup, UDEVD "/workers") || !strcmp(cgroup, INIT_SCOPE))
		return 1;
	snprintf(path, sizeof(path), "%s", cgroup);
	name = strtok_r(path, "/", &rest);
	if (!name || strcmp(name, "system.slice"))
		return 0;
	slice = strtok_r(NULL, "/", &rest);
	name = strtok_r(NULL, "/", &rest);
	if (!slice || !name)
		return slice && ends_with(slice, ".service");
	return ends_with(slice, ".slice") && ends_with(name, ".service") &&
	       !strtok_r(NULL, "/", &rest);
}

static int trusts_services(const char *trust)
{
	return !trust || (*trust && !in_list(trust, "none"));
}

/* A trusted cgroup and everything below it. */
static int is_trusted(const char *trust, const char *cgroup)
{
	char path[256];
	char *slash;

	snprintf(path, sizeof(path), "%s", cgroup);
	do {
		if (in_list(trust, path))
			return 1;
		slash = strrchr(path, '/');
		if (slash)
			*slash = '\0';
	} while (slash);
	return 0;
}

int rule_is_host(const struct rule *r, const struct caller *c,
		 const struct op *op)
{
	const char *scope = r->scope ? r->scope : "mnt";
	unsigned int ns = c->ns;

	if (c->no_fork)
		ns &= ~(NS_PID | NS_TIME);
	if (c->cgroup && !(op && op->untrusting)) {
		if (trusts_services(r->trust) && is_service(c->cgroup) &&
		    !c->other_root && !(ns & (NS_PID | NS_USER | NS_CGROUP)))
			return 1;
		if (r->trust && is_trusted(r->trust, c->cgroup))
			return 1;
	}
	for (int i = 0; i < 8; i++)
		if ((ns & (1u << i)) && in_list(scope, scopes[i]))
			return 0;
	return 1;
}

/* Does the allow list name the operation, or one that opens it, too? */
static int is_allowed(const struct rule *r, const struct op *ops, int op)
{
	const char *opener = ops[op].opened_by;

	for (int i = 0; opener && ops[i].name; i++)
		if (!strcmp(ops[i].name, opener) && (r->allow & (1ULL << i)))
			return 1;
	return !!(r->allow & (1ULL << op));
}

int rule_denies(const struct rule *r, const struct op *ops, int op, int is_host)
{
	int covered = !ops[op].lists_only;
	int allowed = is_allowed(r, ops, op);

	if (r->block & (1ULL << op))
		return 1;
	switch (r->mode) {
	case MODE_ALLOW:
		return 0;
	case MODE_DENY:
		return covered;
	default:
		break;
	}
	if (!is_host)
		return covered || allowed;
	if (ops[op].closed)
		return !allowed;
	return r->has_allow && covered && !ops[op].unnarrowed && !allowed;
}

void rule_list(char *buf, size_t n, const struct op *ops, uint64_t list)
{
	const char *comma = "";

	for (int i = 0; ops[i].name; i++) {
		if (!(list & (1ULL << i)))
			continue;
		snprintf(buf + strlen(buf), n - strlen(buf), "%s%s", comma,
			 ops[i].name);
		comma = ",";
	}
}

void rule_name(const struct rule *r, const struct op *ops, char *buf, size_t n)
{
	snprintf(buf, n, "%s", rule_modes[r->mode]);
	if (r->has_allow) {
		strncat(buf, " allow=", n - strlen(buf) - 1);
		rule_list(buf, n, ops, r->allow);
	}
	if (r->block) {
		strncat(buf, " block=", n - strlen(buf) - 1);
		rule_list(buf, n, ops, r->block);
	}
	if (r->scope)
		snprintf(buf + strlen(buf), n - strlen(buf), " scope=%s",
			 r->scope);
	if (r->trust)
		snprintf(buf + strlen(buf), n - strlen(buf), " trust=%s",
			 r->trust);
}

static uint64_t parse_list(const struct op *ops, const char *list)
{
	uint64_t bits = 0;

	for (int i = 0; ops[i].name; i++)
		if (in_list(list, ops[i].name))
			bits |= 1ULL << i;
	return bits;
}

int rule_parse(struct rule *r, const struct op *ops, char **words)
{
	int mode = MODE_ALLOW;

	while (mode <= MODE_DENY && words[0] &&
	       strcmp(words[0], rule_modes[mode]))
		mode++;
	if (!words[0] || mode > MODE_DENY)
		return -1;
	r->mode = mode;
	while (*++words) {
		if (!strncmp(*words, "allow=", 6)) {
			r->has_allow = 1;
			r->allow = parse_list(ops, *words + 6);
		} else if (!strncmp(*words, "block=", 6)) {
			r->block = parse_list(ops, *words + 6);
		} else if (!strncmp(*words, "scope=", 6)) {
			r->scope = *words + 6;
		} else if (!strncmp(*words, "trust=", 6)) {
			r->trust = *words + 6;
		} else {
			return -1;
		}
	}
	return 0;
}
