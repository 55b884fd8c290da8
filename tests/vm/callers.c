// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "callers.h"

#define CGROUP	     "/sys/fs/cgroup/"
#define SECONDS_EACH 20
#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif

const struct caller host = { "host" };
const struct caller mntns = { "mntns", NS_MNT };
const struct caller container = { "container", NS_CONTAINER };
const struct caller udevd = { "trusted", NS_MNT,
			      .cgroup = "system.slice/systemd-udevd.service" };
const struct caller in_chroot = { "chroot", .chrooted = 1 };
const struct caller *const basic_callers[] = { &host,  &mntns,	   &container,
					       &udevd, &in_chroot, NULL };

/* The two ends of a session: "attempt i is done" and "go on". */
struct session {
	int *result;
	int done[2], go[2];
};

static const struct {
	unsigned int ns;
	int flag;
} clone_flags[] = {
	{ NS_MNT, CLONE_NEWNS },	{ NS_PID, CLONE_NEWPID },
	{ NS_NET, CLONE_NEWNET },	{ NS_USER, CLONE_NEWUSER },
	{ NS_IPC, CLONE_NEWIPC },	{ NS_UTS, CLONE_NEWUTS },
	{ NS_CGROUP, CLONE_NEWCGROUP },
};

int callers_init(void)
{
	mkdir(JAIL, 0755);
	if (mount("/", JAIL, NULL, MS_BIND | MS_REC, NULL))
		return -errno;
	return 0;
}

/* Makes the folders on the way, moves this process. */
static int enter_cgroup(const char *path)
{
	char dir[256];

	snprintf(dir, sizeof(dir), CGROUP "%s/", path);
	for (char *p = dir + sizeof(CGROUP); *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(dir, 0755);
		*p = '/';
	}
	strcat(dir, "cgroup.procs");
	return write_file(dir, "0");
}

static int leave_namespaces(const struct caller *c)
{
	int flags = 0;

	for (size_t i = 0; i < sizeof(clone_flags) / sizeof(*clone_flags); i++)
		if (c->ns & clone_flags[i].ns)
			flags |= clone_flags[i].flag;
	if (flags && unshare(flags))
		return -errno;
	/* 5.10 to 7.x have it; alone, because it is not valid with all */
	if ((c->ns & NS_TIME) && unshare(CLONE_NEWTIME))
		return -errno;
	return 0;
}

static int become(const struct caller *c)
{
	int ret;

	if (c->cgroup) {
		ret = enter_cgroup(c->cgroup);
		if (ret)
			return ret;
	}
	if (c->chrooted && (chroot(JAIL) || chdir("/")))
		return -errno;
	return leave_namespaces(c);
}

static void attempt_once(const struct attempt *a, int *result)
{
	pid_t pid = fork();

	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		alarm(SECONDS_EACH);
		*result = a->attempt();
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

/* Whoever must not get into its own new namespaces must not fork either. */
static void session(const struct caller *c, struct session *s,
		    const struct attempt *attempts, const char *ask, int n)
{
	char go;

	for (int i = 0; i < n; i++) {
		if (!ask[i])
			continue;
		if (c->no_fork)
			s->result[i] = attempts[i].attempt();
		else
			attempt_once(&attempts[i], &s->result[i]);
		if (write(s->done[1], "d", 1) != 1 ||
		    read(s->go[0], &go, 1) != 1)
			break;
	}
	_exit(0);
}

/* In the new pid and time namespaces are only children. */
static void start(const struct caller *c, struct session *s,
		  const struct attempt *attempts, const char *ask, int n)
{
	int ret = become(c);
	pid_t pid;

	if (ret) {
		printf("# cannot become %s: %s\n", c->name, strerror(-ret));
		fflush(stdout);
		for (int i = 0; i < n; i++)
			if (ask[i])
				s->result[i] = RESULT_SETUP;
		_exit(1);
	}
	if ((c->ns & (NS_PID | NS_TIME)) && !c->no_fork) {
		pid = fork();
		if (pid) {
			close(s->done[1]);
			waitpid(pid, NULL, 0);
			_exit(0);
		}
	}
	session(c, s, attempts, ask, n);
}

static void follow(struct session *s, const struct attempt *attempts,
		   const char *ask, int n)
{
	char c;

	for (int i = 0; i < n; i++) {
		if (!ask[i])
			continue;
		if (read(s->done[0], &c, 1) != 1)
			break;
		if (!s->result[i] && attempts[i].reset)
			attempts[i].reset();
		if (write(s->go[1], "g", 1) != 1)
			break;
	}
}

void call_as(const struct caller *c, const struct attempt *attempts,
	     const char *ask, int n, int *result)
{
	size_t size = n * sizeof(int);
	struct session s;
	pid_t pid;

	s.result = mmap(NULL, size, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s.result == MAP_FAILED || pipe2(s.done, O_CLOEXEC) ||
	    pipe2(s.go, O_CLOEXEC))
		exit(71);
	for (int i = 0; i < n; i++)
		s.result[i] = ask[i] ? RESULT_DIED : RESULT_UNASKED;
	fflush(stdout);
	pid = fork();
	if (!pid) {
		close(s.done[0]);
		close(s.go[1]);
		start(c, &s, attempts, ask, n);
	}
	close(s.done[1]);
	close(s.go[0]);
	follow(&s, attempts, ask, n);
	close(s.done[0]);
	close(s.go[1]);
	waitpid(pid, NULL, 0);
	memcpy(result, s.result, size);
	munmap(s.result, size);
}
