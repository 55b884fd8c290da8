// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "events.h"

#define QUIET_MS 700 /* after this long without one there are no more */

static char *text;

static int append(int fd, size_t *len)
{
	char buf[4096];
	ssize_t n = read(fd, buf, sizeof(buf));

	if (n <= 0)
		return 0;
	text = realloc(text, *len + n + 1);
	if (!text)
		exit(71);
	memcpy(text + *len, buf, n);
	*len += n;
	text[*len] = '\0';
	return 1;
}

/* --follow takes the events out of the ring, and waits for more. */
static void take_events(void)
{
	struct pollfd p = { .events = POLLIN };
	size_t len = 0;
	int pipefd[2];
	pid_t pid;

	if (pipe2(pipefd, O_CLOEXEC))
		exit(71);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		dup2(pipefd[1], STDOUT_FILENO);
		execl("/bin/bpflock", "bpflock", "events", "--follow", "--json",
		      (char *)NULL);
		_exit(127);
	}
	close(pipefd[1]);
	p.fd = pipefd[0];
	while (poll(&p, 1, QUIET_MS) == 1 && append(p.fd, &len))
		;
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	close(pipefd[0]);
}

void events_forget(void)
{
	take_events();
	free(text);
	text = NULL;
}

int events_has(const char *key, const char *op, const char *verdict)
{
	char want[160];
	int found = 0;

	if (!text)
		take_events();
	snprintf(want, sizeof(want),
		 "\"verdict\":\"%s\",\"protection\":\"%s\",\"operation\":\"%s\"",
		 verdict, key, op);
	if (text)
		found = !!strstr(text, want);
	return found;
}
