// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the path of a cgroup to the unit or the container. The names are those
 * that systemd, container runtimes and LXC give.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cmd/event.h"
#include "policy/policy.h"

#define SHOWN 12 /* characters of a container's number, as docker ps has it */

static const struct {
	const char *before, *engine;
} engines[] = {
	{ "docker-", "docker" },
	{ "libpod-", "podman" },
	{ "cri-containerd-", "containerd" },
	{ "crio-", "cri-o" },
	{ "nerdctl-", "containerd" },
	{ "", "container engine" },
};

static bool is_number(const char *s)
{
	for (int i = 0; i < 64; i++)
		if (!isxdigit((unsigned char)s[i]))
			return false;
	return true;
}

/* One component: "libpod-<64 digits>.scope", "lxc.payload.web", ... */
static bool container_of(const char *name, size_t len, char out[OWNER_LEN])
{
	for (size_t i = 0; i < sizeof(engines) / sizeof(engines[0]); i++) {
		size_t n = strlen(engines[i].before);

		if (len < n + 64 || strncmp(name, engines[i].before, n) ||
		    !is_number(name + n))
			continue;
		snprintf(out, OWNER_LEN, "container %.*s (%s)", SHOWN, name + n,
			 engines[i].engine);
		return true;
	}
	if (len > 12 && !strncmp(name, "lxc.payload.", 12)) {
		snprintf(out, OWNER_LEN, "container %.*s (lxc)",
			 (int)(len - 12), name + 12);
		return true;
	}
	if (len > 14 && !strncmp(name, "machine-", 8) &&
	    !strncmp(name + len - 6, ".scope", 6)) {
		snprintf(out, OWNER_LEN, "machine %.*s", (int)(len - 14),
			 name + 8);
		return true;
	}
	return false;
}

const char *owner_container(const char *path, char out[OWNER_LEN])
{
	for (size_t n; path && *path; path += n) {
		path += *path == '/';
		n = strcspn(path, "/");
		if (container_of(path, n, out))
			return out;
	}
	return NULL;
}

static bool is_unit(const char *name, size_t len)
{
	return (len > 8 && !strncmp(name + len - 8, ".service", 8)) ||
	       (len > 6 && !strncmp(name + len - 6, ".scope", 6));
}

/* The last unit in a path, and its length; NULL: there is none */
static const char *last_unit(const char *path, size_t *len)
{
	const char *unit = NULL, *s = path;

	for (size_t n; *s; s += n) {
		s += *s == '/';
		n = strcspn(s, "/");
		if (is_unit(s, n)) {
			unit = s;
			*len = n;
		}
	}
	return unit;
}

bool owner_trusted(const char *path)
{
	const size_t room = sizeof(((struct trust *)0)->path[0]);
	unsigned int parts = 0;

	if (!*path || strlen(path) >= room || strpbrk(path, " \t\n,\"\\#"))
		return false;
	for (size_t n; *path; path += n + (path[n] == '/')) {
		n = strcspn(path, "/");
		if (!n || n > BPFLOCK_TRUST_NAME ||
		    ++parts > BPFLOCK_TRUST_DEPTH)
			return false;
	}
	return true;
}

size_t owner_path_len(const char *path)
{
	char out[OWNER_LEN];
	const char *unit;
	size_t len;

	for (const char *s = path; *s; s += len) {
		s += *s == '/';
		len = strcspn(s, "/");
		if (container_of(s, len, out))
			return s + len - path;
	}
	unit = last_unit(path, &len);
	return unit ? (size_t)(unit - path) + len : strlen(path);
}

const char *owner_of(const char *path, unsigned long long id,
		     char out[OWNER_LEN])
{
	const char *unit;
	size_t len;

	if (!path)
		snprintf(out, OWNER_LEN, "cgroup %llu", id);
	if (!path || owner_container(path, out))
		return out;
	unit = last_unit(path, &len);
	if (unit)
		snprintf(out, OWNER_LEN, "%.*s", (int)len, unit);
	else
		snprintf(out, OWNER_LEN, "%s",
			 strcmp(path, "/") ? path : "the root cgroup");
	return out;
}
