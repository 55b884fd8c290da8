// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on processes, credentials and sockets. */
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/triggers.h"
#include "util/child.h"
#include "util/files.h"

#define CAPABLE_FIRST (-1) /* the length is checked after the capability */
#define START_CODE    26 /* the field of /proc/PID/stat: proc(5) */

static int nothing(void)
{
	return 0;
}

int trigger_fork(void)
{
	return child_run(nothing);
}

int trigger_capable(void)
{
	syscall(SYS_sethostname, NULL, CAPABLE_FIRST);
	return errno == EINVAL ? 0 : -errno;
}

/* The caller makes the namespace, for a child that does nothing. */
int trigger_userns(void)
{
	pid_t pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0L, 0L, 0L, 0L);

	if (!pid)
		_exit(0);
	if (pid < 0)
		return -errno;
	waitpid(pid, NULL, 0);
	return 0;
}

/* The field is 1 for a reader that may not look at the process. */
static int may_look(pid_t pid)
{
	char path[32], text[1024], *p;
	int err;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	err = file_read(path, text, sizeof(text));
	if (err < 0)
		return err;
	p = strrchr(text, ')'); /* the second field */
	for (int field = 2; p && field < START_CODE; field++)
		p = strchr(p + 1, ' ');
	return p && strtoull(p, NULL, 10) > 1 ? 0 : -EPERM;
}

/*
 * The kernel does not call the hook for a process that looks at itself. For
 * /proc/PID/stat it asks quietly: escape then reports nothing.
 */
int trigger_ptrace(void)
{
	pid_t pid = fork();
	int err;

	if (!pid) {
		pause();
		_exit(0);
	}
	if (pid < 0)
		return -errno;
	err = may_look(pid);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return err;
}

static int trace_me(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) ? -errno : 0;
}

int trigger_traceme(void)
{
	return child_run(trace_me);
}

/* Sends the descriptor to itself. Return: 0 or -errno. */
static int send_fd(const int pair[2])
{
	char byte = 0, control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec iov = { &byte, 1 };
	struct msghdr m = { .msg_iov = &iov,
			    .msg_iovlen = 1,
			    .msg_control = control,
			    .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	int fd;

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &pair[0], sizeof(int));
	if (sendmsg(pair[0], &m, 0) != 1 ||
	    recvmsg(pair[1], &m, MSG_CMSG_CLOEXEC) != 1)
		return -errno;
	c = CMSG_FIRSTHDR(&m);
	if (!c || c->cmsg_type != SCM_RIGHTS)
		return -EACCES;
	memcpy(&fd, CMSG_DATA(c), sizeof(int));
	close(fd);
	return 0;
}

int trigger_receive(void)
{
	int pair[2], err;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return -errno;
	err = send_fd(pair);
	close(pair[0]);
	close(pair[1]);
	return err;
}

/* Runs this program, whose output goes to /dev/null. */
static int exec_self(void)
{
	int null = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	execl("/proc/self/exe", "bpflock", "--version", (char *)NULL);
	return -errno;
}

/* A program whose file was removed counts as fileless: it is not executed. */
int trigger_exec(void)
{
	struct stat st;

	if (stat("/proc/self/exe", &st))
		return -errno;
	return st.st_nlink ? child_run(exec_self) : -ENOENT;
}

/* The kernel ignores an empty message, after the hook. */
int trigger_netlink(void)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (sendto(fd, "", 1, 0, (struct sockaddr *)&kernel, sizeof(kernel)) < 0)
		err = -errno;
	close(fd);
	return err;
}
