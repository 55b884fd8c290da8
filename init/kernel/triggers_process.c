// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on processes, credentials and sockets. */
#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/triggers.h"

#define CAPABLE_FIRST (-1) /* the length is checked after the capability */

/* Calls the function in a child process. */
static void in_child(void (*ask)(void))
{
	pid_t pid = fork();

	if (!pid) {
		ask();
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

void trigger_fork(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

void trigger_capable(void)
{
	syscall(SYS_sethostname, NULL, CAPABLE_FIRST);
}

static void unshare_user(void)
{
	if (unshare(CLONE_NEWUSER))
		_exit(1);
}

void trigger_userns(void)
{
	in_child(unshare_user);
}

/* The kernel does not call the hook for a process that looks at itself. */
void trigger_ptrace(void)
{
	char path[32], to[64];
	pid_t pid = fork();

	if (!pid) {
		pause();
		_exit(0);
	}
	if (pid < 0)
		return;
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", (int)pid);
	if (readlink(path, to, sizeof(to)) < 0)
		to[0] = 0;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void trace_me(void)
{
	ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

void trigger_traceme(void)
{
	in_child(trace_me);
}

void trigger_receive(void)
{
	char byte = 0, control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec iov = { &byte, 1 };
	struct msghdr m = { .msg_iov = &iov,
			    .msg_iovlen = 1,
			    .msg_control = control,
			    .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	int pair[2], fd;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return;
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &pair[0], sizeof(int));
	if (sendmsg(pair[0], &m, 0) == 1 &&
	    recvmsg(pair[1], &m, MSG_CMSG_CLOEXEC) == 1) {
		c = CMSG_FIRSTHDR(&m);
		if (c && c->cmsg_type == SCM_RIGHTS) {
			memcpy(&fd, CMSG_DATA(c), sizeof(int));
			close(fd);
		}
	}
	close(pair[0]);
	close(pair[1]);
}

/* Runs this program, whose output goes to /dev/null. */
static void exec_self(void)
{
	int null = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	execl("/proc/self/exe", "bpflock", "--version", (char *)NULL);
}

void trigger_exec(void)
{
	in_child(exec_self);
}

/* The kernel ignores an empty message, after the hook. */
void trigger_netlink(void)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0)
		return;
	sendto(fd, "", 1, 0, (struct sockaddr *)&kernel, sizeof(kernel));
	close(fd);
}
