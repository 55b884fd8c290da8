// SPDX-License-Identifier: GPL-2.0-or-later
/* bpflock explain EVENT: which cgroup the lines trust. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/event.h"
#include "cmd/explain.h"
#include "tap.h"
#include "util/cgroups.h"

#define ID  "0123456789abcdef"
#define BOX "libpod-" ID ID ID ID ".scope"

static char dir[] = "/tmp/bpflock-explain-XXXXXX";

static const char *const made[] = {
	"machine.slice",
	"machine.slice/" BOX,
	"machine.slice/" BOX "/inner",
	"system.slice",
	"system.slice/a.service",
	"user.slice",
	"user.slice/two.scope",
	"system.slice/two.scope",
	"plain",
};

#define MADE (sizeof(made) / sizeof(made[0]))

static char cgroup[EXPLAIN_CGROUP];
static bool host;

static const char *in(const char *text)
{
	explain_cgroup(text, &protections[BPFLOCK_KIMG], KIMG_DEV_MEM, cgroup,
		       &host);
	return cgroup;
}

/* The line of an event whose process ran in @owner */
static const char *line(const char *owner)
{
	static char text[1024];

	snprintf(text, sizeof(text),
		 "2026-11-26 13:05:12.345 denied kimg.dev_mem \"/a in b\": "
		 "x in y[713] root in %s: %s: 37 times in 4 s",
		 owner, protections[BPFLOCK_KIMG].ops[KIMG_DEV_MEM].means);
	return text;
}

static const char *json(const char *path, const char *is_host)
{
	static char text[1024];

	snprintf(text, sizeof(text),
		 "{\"protection\":\"kimg\",\"operation\":\"dev_mem\","
		 "\"program\":\"\\\"cgroup_path\\\":\\\"/x\","
		 "\"cgroup_path\":%s,\"host\":%s}",
		 path, is_host);
	return text;
}

static void texts(void)
{
	tap(!strcmp(in(line("a.service")), "system.slice/a.service") && !host,
	    "a service");
	tap(!strcmp(in(line("a.service (host)")), "system.slice/a.service") &&
		    host,
	    "a host process");
	tap(!strcmp(in(line("container 0123456789ab (podman)")),
		    "machine.slice/" BOX),
	    "a container: the whole path of its scope");
	tap(!strcmp(in(line("gone.service")), "system.slice/gone.service"),
	    "a service that does not run now");
	tap(!*in(line("container ffffffffffff (podman)")),
	    "a container that is gone");
	tap(!*in(line("two.scope")), "two of that name: none");
	tap(!strcmp(in(line("/plain")), "plain"), "a path");
	tap(!*in("kimg.dev_mem") && !*in("dev_mem") && !host,
	    "an operation alone");
}

static void jsons(void)
{
	tap(!strcmp(in(json("\"/machine.slice/" BOX "/inner\"", "false")),
		    "machine.slice/" BOX) &&
		    !host,
	    "JSON: a container, not a cgroup that it has made");
	tap(!strcmp(in(json("\"/system.slice/a.service\"", "true")),
		    "system.slice/a.service") &&
		    host,
	    "JSON: a host process");
	tap(!*in(json("null", "false")), "JSON: a cgroup that is gone");
	tap(!owner_trusted("a,b") && !owner_trusted("machine.slice/" BOX) &&
		    !owner_trusted("1/2/3/4/5/6/7") && !owner_trusted("") &&
		    owner_trusted("1/2/3/4/5/6") &&
		    owner_trusted("system.slice/a.service"),
	    "paths that cannot stand in a policy");
}

int main(void)
{
	char path[256];

	if (!mkdtemp(dir))
		return 1;
	for (size_t i = 0; i < MADE; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, made[i]);
		if (mkdir(path, 0700))
			return 1;
	}
	cgroups_root(dir);
	texts();
	jsons();
	for (size_t i = MADE; i-- > 0;) {
		snprintf(path, sizeof(path), "%s/%s", dir, made[i]);
		rmdir(path);
	}
	rmdir(dir);
	return tap_end();
}
