// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faults.h"

#define CALLS_MAX  16
#define FILTER_MAX 64

/* The calls of fault_at(): bpf(2), and those that change names. */
static const int counted[] = { SYS_bpf,	      SYS_mkdir, SYS_rename,
			       SYS_renameat2, SYS_rmdir, SYS_unlink,
			       SYS_unlinkat };

int fault_filter(const int *calls, unsigned int n, unsigned int verdict,
		 unsigned int others, unsigned int flags)
{
	struct sock_filter code[FILTER_MAX];
	struct sock_fprog prog = { .filter = code };

	code[prog.len++] =
		(struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
					     offsetof(struct seccomp_data, nr));
	for (unsigned int i = 0; i < n; i++)
		code[prog.len++] =
			(struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
						     calls[i], n - i, 0);
	code[prog.len++] =
		(struct sock_filter)BPF_STMT(BPF_RET | BPF_K, others);
	code[prog.len++] =
		(struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict);
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &prog);
}

static int run(char **argv)
{
	execvp(argv[0], argv);
	perror(argv[0]);
	return 127;
}

static unsigned int numbers(char *text, int out[CALLS_MAX])
{
	unsigned int n = 0;

	for (char *p = strtok(text, ","); p && n < CALLS_MAX;
	     p = strtok(NULL, ","))
		out[n++] = strtol(p, NULL, 10);
	return n;
}

int fault_errno(char **argv)
{
	int calls[CALLS_MAX];
	unsigned int n = numbers(argv[0], calls);

	if (fault_filter(calls, n, SECCOMP_RET_ERRNO | atoi(argv[1]),
			 SECCOMP_RET_ALLOW, 0)) {
		perror("seccomp");
		return 1;
	}
	return run(argv + 2);
}

int fault_caps(char **argv)
{
	int caps[CALLS_MAX];
	unsigned int n = numbers(argv[0], caps);

	for (unsigned int i = 0; i < n; i++)
		if (prctl(PR_CAPBSET_DROP, caps[i], 0, 0, 0)) {
			perror("prctl");
			return 1;
		}
	return run(argv + 1);
}

/*
 * Answers each call of the program until that ends. Up to 6.10 the listener hears
 * of the end only when the program has been waited for (seccomp_filter_release()
 * in release_task()), so its pidfd tells. Return: how many calls there were.
 */
static int supervise(int listener, pid_t pid, int fail)
{
	struct seccomp_notif call;
	struct seccomp_notif_resp answer;
	struct pollfd p[] = {
		{ .fd = listener, .events = POLLIN },
		{ .fd = syscall(SYS_pidfd_open, pid, 0), .events = POLLIN },
	};
	int n = 0;

	while (poll(p, 2, -1) > 0 && !p[1].revents) {
		if (!(p[0].revents & POLLIN))
			continue;
		memset(&call, 0, sizeof(call));
		memset(&answer, 0, sizeof(answer));
		if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call))
			continue;
		answer.id = call.id;
		if (++n == fail)
			answer.error = -ENOMEM;
		else
			answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
		ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
	}
	return n;
}

static int start(volatile int *listener, char **argv)
{
	int fd = fault_filter(counted, sizeof(counted) / sizeof(counted[0]),
			      SECCOMP_RET_USER_NOTIF, SECCOMP_RET_ALLOW,
			      SECCOMP_FILTER_FLAG_NEW_LISTENER);

	*listener = fd < 0 ? -errno : fd;
	if (fd < 0)
		return 127;
	return run(argv);
}

/* The child shares its descriptors until it runs the program. */
int fault_at(char **argv)
{
	volatile int *listener = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status = 0, n;
	pid_t pid;

	*listener = -1;
	pid = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0L, 0L, 0L, 0L);
	if (!pid)
		_exit(start(listener, argv + 1));
	while (*listener == -1)
		usleep(1000);
	if (*listener < 0) {
		fprintf(stderr, "seccomp: %s\n", strerror(-*listener));
		return 127;
	}
	n = supervise(*listener, pid, atoi(argv[0]));
	waitpid(pid, &status, 0);
	printf("# calls: %d\n", n);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
