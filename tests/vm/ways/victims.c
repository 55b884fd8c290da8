// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "ways/victims.h"

#define NR_PIDFD_OPEN 434

struct victim in_host, in_trust, apart, moved;
int host_mnt_path = -1;
volatile char victim_memory;
static int giver = -1;

static void __attribute__((noreturn)) lie(int ready)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (write(ready, "r", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

static int trusted(void)
{
	return victim_service(SLICE "/other.service");
}

int victim_service(const char *cgroup)
{
	char procs[128];

	mkdir(SLICE, 0755);
	mkdir(cgroup, 0755);
	snprintf(procs, sizeof(procs), "%s/cgroup.procs", cgroup);
	/* in this order: the other way round the lock would deny joining */
	return write_file(procs, "0") || unshare(CLONE_NEWNS);
}

int victim_lay(struct victim *v, int (*become)(void))
{
	int ready[2];
	char c;

	if (pipe(ready))
		return -1;
	v->pid = fork();
	if (!v->pid) {
		if (become && become())
			_exit(1);
		lie(ready[1]);
	}
	close(ready[1]);
	if (read(ready[0], &c, 1) != 1)
		return -1;
	close(ready[0]);
	v->pidfd = syscall(NR_PIDFD_OPEN, (long)v->pid, 0L);
	return v->pidfd < 0;
}

/*
 * For each byte that it receives, it opens a directory and sends a descriptor of
 * the host's mount namespace.
 */
static void give(int socket, int fd)
{
	char byte, control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec iov = { &byte, 1 };
	struct msghdr m = { .msg_iov = &iov,
			    .msg_iovlen = 1,
			    .msg_control = control,
			    .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(int));
	while (read(socket, &byte, 1) == 1) {
		close(open(OPENED, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
		sendmsg(socket, &m, 0);
	}
	_exit(0);
}

static int start_giver(void)
{
	int fd = open("/proc/1/ns/mnt", O_RDONLY | O_CLOEXEC), pair[2];

	if (fd < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return -1;
	if (!fork()) {
		close(pair[0]);
		give(pair[1], fd);
	}
	close(pair[1]);
	close(fd);
	giver = pair[0];
	return 0;
}

const char *need_victims(void)
{
	static int done;

	if (done)
		return NULL;
	host_mnt_path = open("/proc/1/ns/mnt", O_PATH | O_CLOEXEC);
	if (host_mnt_path < 0 || victim_lay(&in_host, NULL) ||
	    victim_lay(&in_trust, trusted) || start_giver())
		return "the victims could not be made";
	done = 1;
	return NULL;
}

static int alone(void)
{
	return unshare(CLONE_NEWNS);
}

const char *need_apart(void)
{
	static int done;

	if (need_victims() || (!done && (victim_lay(&apart, alone) ||
					 victim_lay(&moved, trusted))))
		return "the victims could not be made";
	done = 1;
	put_back();
	return NULL;
}

void put_back(void)
{
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", (int)moved.pid);
	write_file(SLICE "/other.service/cgroup.procs", pid);
}

int take_given(void)
{
	char byte = 0, control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec iov = { &byte, 1 };
	struct msghdr m = { .msg_iov = &iov,
			    .msg_iovlen = 1,
			    .msg_control = control,
			    .msg_controllen = sizeof(control) };
	int fd;

	if (write(giver, "g", 1) != 1 || recvmsg(giver, &m, 0) != 1)
		return -1;
	if (!CMSG_FIRSTHDR(&m) || m.msg_flags & MSG_CTRUNC)
		return -1;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof(fd));
	return fd;
}

int in_trusted_cgroup(void)
{
	char text[512] = "";

	read_file("/proc/self/cgroup", text, sizeof(text) - 1);
	return strstr(text, "other.service") != NULL;
}
