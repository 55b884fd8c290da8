// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
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

#include "ways/helpers.h"
#include "engine/callers.h"
#include "engine/suite.h"

#define CGROUP	     "/sys/fs/cgroup/"
#define SECONDS_EACH 20
#define ORDERS_MAX   ATTEMPTS_MAX
#define SESSIONS_MAX 72
#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif

/*
 * A caller is a process that is made once, before the lock is there, because
 * some rules would deny what it needs. It then waits for orders.
 */
struct session {
	const struct caller *c;
	struct orders *orders; /* shared */
	int start[2], done[2], go[2];
	pid_t pid;
};

struct orders {
	const struct attempt *attempts;
	int n;
	char ask[ORDERS_MAX];
	int result[ORDERS_MAX];
	int setup; /* -errno if the caller could not be made */
};

static struct session sessions[SESSIONS_MAX];
static int n_sessions;

static const struct {
	unsigned int ns;
	int flag;
} clone_flags[] = {
	{ NS_MNT, CLONE_NEWNS },	{ NS_PID, CLONE_NEWPID },
	{ NS_NET, CLONE_NEWNET },	{ NS_USER, CLONE_NEWUSER },
	{ NS_IPC, CLONE_NEWIPC },	{ NS_UTS, CLONE_NEWUTS },
	{ NS_CGROUP, CLONE_NEWCGROUP },
};

/* The directories of the root, below a root of another file system. */
static int make_root(void)
{
	DIR *dir = opendir("/");
	struct dirent *d;
	char to[300];

	mkdir(ROOT, 0755);
	if (!dir || mount("none", ROOT, "tmpfs", 0, NULL))
		return -errno;
	while ((d = readdir(dir))) {
		if (d->d_type != DT_DIR || d->d_name[0] == '.' ||
		    !strcmp(JAIL + 1, d->d_name))
			continue;
		snprintf(to, sizeof(to), ROOT "/%s", d->d_name);
		mkdir(to, 0755);
		if (mount(to + strlen(ROOT), to, NULL, MS_BIND | MS_REC, NULL))
			return -errno;
	}
	return closedir(dir);
}

int callers_init(void)
{
	/* a caller that died is noticed because it does not write */
	signal(SIGPIPE, SIG_IGN);
	mkdir(JAIL, 0755);
	if (!access(JAIL "/proc/1", F_OK))
		return 0; /* the matrix of another protection has made it */
	if (mount("/", JAIL, NULL, MS_BIND | MS_REC, NULL))
		return -errno;
	return make_root();
}

/* Makes the directories of the path and moves this process there. */
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
	/* alone: clone flags and time are not valid together */
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
	if (c->other_root && (chroot(ROOT) || chdir("/")))
		return -errno;
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
		*result = a->run();
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

/* A no_fork caller would enter its new namespaces by fork(2). */
static void obey(const struct session *s)
{
	struct orders *o = s->orders;
	char go;

	for (int i = 0; i < o->n; i++) {
		if (!o->ask[i])
			continue;
		if (s->c->no_fork)
			o->result[i] = o->attempts[i].run();
		else
			attempt_once(&o->attempts[i], &o->result[i]);
		if (write(s->done[1], "d", 1) != 1 ||
		    read(s->go[0], &go, 1) != 1)
			_exit(0);
	}
}

static void __attribute__((noreturn)) serve(const struct session *s)
{
	char start;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (write(s->done[1], "r", 1) == 1 &&
	       read(s->start[0], &start, 1) == 1)
		obey(s);
	_exit(0);
}

/* Only a child is in the new pid and time namespaces. */
static void __attribute__((noreturn)) be(const struct session *s)
{
	const struct caller *c = s->c;
	pid_t pid;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	s->orders->setup = become(c);
	if (s->orders->setup)
		_exit(1);
	if ((c->ns & (NS_PID | NS_TIME)) && !c->no_fork) {
		pid = fork();
		if (pid) {
			close(s->done[1]);
			waitpid(pid, NULL, 0);
			_exit(0);
		}
	}
	serve(s);
}

static int is_ready(const struct session *s)
{
	char ready;

	return read(s->done[0], &ready, 1) == 1;
}

static void stop(struct session *s)
{
	close(s->start[1]);
	close(s->done[0]);
	close(s->go[1]);
	waitpid(s->pid, NULL, 0);
	munmap(s->orders, sizeof(*s->orders));
	*s = sessions[--n_sessions];
}

static struct session *make(const struct caller *c)
{
	struct session *s = &sessions[n_sessions];

	if (n_sessions == SESSIONS_MAX)
		exit(71);
	s->c = c;
	s->orders = mmap(NULL, sizeof(*s->orders), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s->orders == MAP_FAILED || pipe(s->start) || pipe(s->done) ||
	    pipe(s->go))
		exit(71);
	n_sessions++;
	fflush(stdout);
	s->pid = fork();
	if (!s->pid) {
		close(s->start[1]);
		close(s->done[0]);
		close(s->go[1]);
		be(s);
	}
	close(s->start[0]);
	close(s->done[1]);
	close(s->go[0]);
	if (is_ready(s))
		return s;
	printf("# cannot become %s: %s\n", c->name,
	       strerror(-s->orders->setup));
	stop(s);
	return NULL;
}

static struct session *find_or_make(const struct caller *c)
{
	for (int i = 0; i < n_sessions; i++)
		if (sessions[i].c == c)
			return &sessions[i];
	return make(c);
}

/* 0, or -1 if the caller died. */
static int follow(const struct session *s)
{
	const struct orders *o = s->orders;
	char c;

	if (write(s->start[1], "s", 1) != 1)
		return -1;
	for (int i = 0; i < o->n; i++) {
		if (!o->ask[i])
			continue;
		if (read(s->done[0], &c, 1) != 1)
			return -1;
		if (!o->result[i] && o->attempts[i].reset)
			o->attempts[i].reset();
		if (write(s->go[1], "g", 1) != 1)
			return -1;
	}
	return is_ready(s) ? 0 : -1;
}

void call_as(const struct caller *c, const struct attempt *attempts,
	     const char *ask, int n, int *result)
{
	struct session *s = find_or_make(c);

	for (int i = 0; i < n; i++)
		result[i] = !ask[i] ? RESULT_UNASKED :
			    s	    ? RESULT_DIED :
				      RESULT_SETUP;
	if (!s)
		return;
	s->orders->attempts = attempts;
	s->orders->n = n;
	memcpy(s->orders->ask, ask, n);
	memcpy(s->orders->result, result, n * sizeof(int));
	if (follow(s) || c->no_fork) {
		memcpy(result, s->orders->result, n * sizeof(int));
		stop(s);
		return;
	}
	memcpy(result, s->orders->result, n * sizeof(int));
}
