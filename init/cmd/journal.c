// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "cmd/event.h"
#include "cmd/journal.h"
#include "util/cgroups.h"
#include "util/print.h"

enum { PRIO_WARNING = 4, PRIO_NOTICE = 5 }; /* syslog(3) */

static void field(FILE *out, const char *name, const char *value)
{
	fprintf(out, "%s=", name);
	print_safe(out, value);
	fputc('\n', out);
}

static void number(FILE *out, const char *name, unsigned long long n)
{
	fprintf(out, "%s=%llu\n", name, n);
}

static void message(const struct bpflock_event *e, unsigned long long times,
		    unsigned long long held, FILE *out)
{
	fputs("MESSAGE=", out);
	event_head(e, out);
	if (times > 1)
		fprintf(out, ": %llu times more", times);
	if (held)
		fprintf(out, "; %llu of this kind were not sent before it",
			held);
	fputc('\n', out);
}

static void cgroup_fields(const struct bpflock_event *e, FILE *out)
{
	const char *path = cgroups_path(e->cgroup);
	char owner[OWNER_LEN];

	number(out, "BPFLOCK_CGROUP", e->cgroup);
	if (!path)
		return;
	field(out, "BPFLOCK_CGROUP_PATH", path);
	field(out, "BPFLOCK_OWNER", owner_of(path, e->cgroup, owner));
	if (owner_container(path, owner))
		field(out, "BPFLOCK_CONTAINER", owner);
}

void journal_fields(const struct bpflock_event *e, unsigned long long times,
		    unsigned long long held, unsigned long long clock,
		    FILE *out)
{
	char when[WHEN_LEN];

	message(e, times, held, out);
	number(out, "PRIORITY",
	       e->verdict == BPFLOCK_DENIED ? PRIO_WARNING : PRIO_NOTICE);
	field(out, "SYSLOG_IDENTIFIER", "bpflock");
	field(out, "BPFLOCK_TIME", event_when(e->time_ns + clock, true, when));
	field(out, "BPFLOCK_VERDICT", event_verdict(e));
	field(out, "BPFLOCK_PROTECTION", protections[e->protection].key);
	field(out, "BPFLOCK_OPERATION", event_op(e));
	field(out, "BPFLOCK_WHY", event_why(e));
	field(out, "BPFLOCK_PROGRAM", e->comm);
	number(out, "BPFLOCK_PID", e->pid);
	number(out, "BPFLOCK_PARENT", e->ppid);
	number(out, "BPFLOCK_UID", e->uid);
	number(out, "BPFLOCK_HOST", e->host);
	cgroup_fields(e, out);
	if (e->object[0])
		field(out, "BPFLOCK_OBJECT", e->object);
	number(out, "BPFLOCK_COUNT", times + held);
}

int journal_send(const struct bpflock_event *e, unsigned long long times,
		 unsigned long long held, unsigned long long clock)
{
	static const struct sockaddr_un to = {
		.sun_family = AF_UNIX,
		.sun_path = "/run/systemd/journal/socket",
	};
	static int fd = -1;
	char *text = NULL;
	size_t len = 0;
	FILE *out;
	int err = 0;

	if (fd < 0)
		fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	out = fd < 0 ? NULL : open_memstream(&text, &len);
	if (!out)
		return -errno;
	journal_fields(e, times, held, clock, out);
	fclose(out);
	if (sendto(fd, text, len, MSG_NOSIGNAL, (const struct sockaddr *)&to,
		   sizeof(to)) < 0)
		err = -errno;
	free(text);
	return err;
}
