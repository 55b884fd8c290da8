// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From a line of bpflock events to the cgroup of its process. What programs and
 * files are named stands in the line as well, so it is read from its end, and a
 * cgroup that is named there must exist once alone.
 */
#include <string.h>

#include "cmd/event.h"
#include "cmd/explain.h"
#include "util/cgroups.h"

#define HOST " (host)"

/* A path without its first slash */
static void take(const char *path, size_t len, char cgroup[EXPLAIN_CGROUP])
{
	if (len < 2 || len > EXPLAIN_CGROUP || path[0] != '/')
		return;
	memcpy(cgroup, path + 1, len - 1);
	cgroup[len - 1] = '\0';
}

static void from_json(const char *text, char cgroup[EXPLAIN_CGROUP], bool *host)
{
	static const char key[] = "\"cgroup_path\":\"";
	const char *value = strstr(text, key);
	char path[EXPLAIN_CGROUP];
	size_t len;

	*host = strstr(text, "\"host\":true");
	if (!value)
		return;
	value += strlen(key);
	len = strcspn(value, "\"");
	if (len >= sizeof(path))
		return;
	memcpy(path, value, len);
	path[len] = '\0';
	take(path, owner_path_len(path), cgroup);
}

/* The last " in " before the last ": " with what the operation means */
static bool owner_in(const char *text, const char *means, char owner[OWNER_LEN],
		     bool *host)
{
	const char *end = NULL, *in = NULL;
	size_t len;

	for (const char *at = text; (at = strstr(at, means)); at++)
		if (at > text + 2 && at[-1] == ' ' && at[-2] == ':')
			end = at - 2;
	if (!end)
		return false;
	*host = (size_t)(end - text) > strlen(HOST) &&
		!memcmp(end - strlen(HOST), HOST, strlen(HOST));
	if (*host)
		end -= strlen(HOST);
	for (const char *at = text; (at = strstr(at, " in ")) && at < end; at++)
		in = at + 4;
	len = in && in < end ? end - in : 0;
	if (!len || len >= OWNER_LEN)
		return false;
	memcpy(owner, in, len);
	owner[len] = '\0';
	return true;
}

struct wanted {
	const char *owner;
	unsigned int found;
	char cgroup[EXPLAIN_CGROUP];
};

static void compare(const char *path, void *arg)
{
	struct wanted *w = arg;
	char owner[OWNER_LEN];

	if (owner_path_len(path) != strlen(path) ||
	    strcmp(owner_of(path, 0, owner), w->owner))
		return;
	w->found++;
	take(path, strlen(path), w->cgroup);
}

static bool is_service(const char *owner)
{
	size_t len = strlen(owner);

	return len > 8 && !strcmp(owner + len - 8, ".service") &&
	       !strpbrk(owner, "/ ");
}

static void from_text(const char *owner, char cgroup[EXPLAIN_CGROUP])
{
	struct wanted w = { .owner = owner };
	char path[OWNER_LEN + 16];

	cgroups_each(compare, &w);
	if (w.found == 1)
		memcpy(cgroup, w.cgroup, strlen(w.cgroup) + 1);
	if (w.found || !is_service(owner))
		return;
	/* It does not run now. */
	snprintf(path, sizeof(path), "/system.slice/%s", owner);
	take(path, strlen(path), cgroup);
}

void explain_cgroup(const char *text, const struct protection *p, int op,
		    char cgroup[EXPLAIN_CGROUP], bool *host)
{
	char owner[OWNER_LEN];

	cgroup[0] = '\0';
	*host = false;
	if (strstr(text, "\"operation\":\""))
		from_json(text, cgroup, host);
	else if (owner_in(text, p->ops[op].means, owner, host))
		from_text(owner, cgroup);
}
