// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Races with the begin and the end of a task. For a moment a new task is in no
 * cgroup yet, and one that ends has no root directory any more.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ways/lives.h"

#define AHEAD 3 /* of the last pid: those of the next tasks */
#define TRIES 8

static volatile char target[8]; /* at the same address in "serve" */

static int serve(void)
{
	for (;;) {
		pid_t pid = fork();

		if (!pid)
			_exit(0);
		waitpid(pid, NULL, 0);
	}
}

/* The last number of /proc/loadavg */
static pid_t last_pid(int loadavg)
{
	char text[128];
	ssize_t n = pread(loadavg, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return 0;
	text[n] = '\0';
	return atoi(strrchr(text, ' ') + 1);
}

/* 1: it worked, 0: there is none, or -errno */
static int attack(const char *how, pid_t pid)
{
	int begin = !strcmp(how, "begin"), fd, ret = 1;
	char path[64];

	if (pid == getpid())
		return 0;
	snprintf(path, sizeof(path), "/proc/%d/%s", pid,
		 begin ? "mem" : "ns/mnt");
	fd = open(path, (begin ? O_RDWR : O_RDONLY) | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == ESRCH ? 0 : -errno;
	if (begin)
		ret = pwrite(fd, "Z", 1, (off_t)(uintptr_t)target) == 1;
	close(fd);
	return ret;
}

int lives(char **argv)
{
	int loadavg = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
	long worked = 0, denied = 0;
	time_t end;

	if (!strcmp(argv[0], "serve"))
		return serve();
	end = time(NULL) + (argv[1] ? atoi(argv[1]) : 0);
	while (time(NULL) < end) {
		pid_t pid = last_pid(loadavg);

		for (int i = 0; i < AHEAD * TRIES; i++) {
			int ret = attack(argv[0], pid + i / TRIES);

			worked += ret > 0;
			denied += ret == -EPERM || ret == -EACCES;
		}
	}
	printf("%s\n", worked ? "it worked" :
		       denied ? "denied each time" :
				"no task was met");
	return 0;
}
