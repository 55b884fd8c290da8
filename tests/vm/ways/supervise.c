// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/faults.h"
#include "ways/supervise.h"

#define HANGS_MS 120000

/* Return: a descriptor that hears of all calls but those of calls_safe. */
static int hear(void)
{
	return fault_filter(calls_safe, calls_safe_n, SECCOMP_RET_ALLOW,
			    SECCOMP_RET_USER_NOTIF,
			    SECCOMP_FILTER_FLAG_NEW_LISTENER);
}

/* The child: its first call behind hear() waits for the supervisor. */
static void become(const struct supervised *s, volatile int *listener,
		   char *const argv[])
{
	int out =
		open(s->output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int fd;

	dup2(out, 1);
	dup2(out, 2);
	fd = hear();
	*listener = fd < 0 ? -errno : fd;
	if (fd >= 0)
		execvp(argv[0], argv);
	_exit(127);
}

static struct site *site_of(struct supervised *s, const char *call)
{
	for (unsigned int i = 0; i < s->sites; i++)
		if (!strcmp(s->site[i].call, call))
			return &s->site[i];
	if (s->sites == SITES_MAX)
		return NULL;
	snprintf(s->site[s->sites].call, CALL_LEN, "%s", call);
	return &s->site[s->sites++];
}

/* Would the machine stop here? Then on_error has done what it is for. */
static bool stops(const struct seccomp_data *call, const char *text, bool child)
{
	return call->nr == SYS_reboot || (call->nr == SYS_pause && !child) ||
	       !strcmp(text, "open /proc/sysrq-trigger");
}

/* Return: the errno for the call, or 0 to let it pass; it may kill. */
static int decide(struct supervised *s, const struct seccomp_notif *n,
		  pid_t first)
{
	char text[CALL_LEN];
	unsigned int faults = call_describe(n->pid, &n->data, text);
	struct site *site;

	if (stops(&n->data, text, (pid_t)n->pid != first)) {
		s->end = END_STOPS;
		kill(first, SIGKILL);
		return EPERM;
	}
	site = site_of(s, text);
	if (!site)
		return 0;
	site->faults = faults;
	if (++site->times != s->nth || !s->call || strcmp(s->call, text))
		return 0;
	s->hit = true;
	s->hit_first = (pid_t)n->pid == first;
	if (s->fault != FAULT_KILL)
		return call_errors[s->fault].number;
	if (!s->pid1 || !s->hit_first)
		kill(n->pid, SIGKILL);
	return 0;
}

static void answer(struct supervised *s, int listener, pid_t first)
{
	struct seccomp_notif call;
	struct seccomp_notif_resp resp;
	int error;

	memset(&call, 0, sizeof(call));
	memset(&resp, 0, sizeof(resp));
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call))
		return;
	error = decide(s, &call, first);
	resp.id = call.id;
	resp.error = -error;
	if (!error)
		resp.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &resp);
}

/*
 * Up to 6.10 the listener hears of the end only when the program has been
 * waited for (seccomp_filter_release() in release_task()), so its pidfd tells.
 */
static void watch(struct supervised *s, int listener, int pidfd, pid_t pid)
{
	struct pollfd p[] = { { .fd = listener, .events = POLLIN },
			      { .fd = pidfd, .events = POLLIN } };
	int status = 0, n;

	while ((n = poll(p, 2, HANGS_MS)) > 0 && !p[1].revents)
		if (p[0].revents & POLLIN)
			answer(s, listener, pid);
	if (!n) {
		s->end = END_HANGS;
		kill(pid, SIGKILL);
	}
	waitpid(pid, &status, 0);
	if (s->end == END_EXIT && WIFSIGNALED(status))
		s->end = END_KILLED;
	s->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int supervise(struct supervised *s, char *const argv[])
{
	volatile int *number = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned long flags = SIGCHLD | (s->pid1 ? CLONE_NEWPID : 0);
	int listener, pidfd, err = 0;
	pid_t pid;

	s->hit = s->hit_first = false;
	s->end = END_EXIT;
	s->sites = 0;
	memset(s->site, 0, sizeof(s->site));
	*number = -1;
	pid = syscall(SYS_clone, flags, 0L, 0L, 0L, 0L);
	if (!pid)
		become(s, number, argv);
	while (*number == -1)
		usleep(500);
	pidfd = syscall(SYS_pidfd_open, pid, 0);
	listener = *number < 0 ?
			   *number :
			   (int)syscall(SYS_pidfd_getfd, pidfd, *number, 0);
	if (listener < 0) {
		err = *number < 0 ? *number : -errno;
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	} else {
		watch(s, listener, pidfd, pid);
		close(listener);
	}
	close(pidfd);
	munmap((void *)number, 4096);
	return err;
}
