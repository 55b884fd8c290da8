// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/events.h"

#define STUCK_MS 20000 /* the tool should have written more by then */

static char *text;

static pid_t start_tool(const char *option, int *from)
{
	int pipefd[2];
	pid_t pid;

	if (pipe2(pipefd, O_CLOEXEC))
		exit(71);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		dup2(pipefd[1], STDOUT_FILENO);
		execl("/bin/bpflock", "bpflock", "events", "--json", option,
		      (char *)NULL);
		_exit(127);
	}
	close(pipefd[1]);
	*from = pipefd[0];
	return pid;
}

/* Up to @most bytes, or to the end. */
static size_t read_up_to(int fd, char **to, size_t most)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char buf[4096];
	size_t len = 0;
	ssize_t n;

	while (len < most && poll(&p, 1, STUCK_MS) == 1) {
		n = read(fd, buf, sizeof(buf));
		if (n <= 0)
			break;
		*to = realloc(*to, len + n + 1);
		if (!*to)
			exit(71);
		memcpy(*to + len, buf, n);
		len += n;
		(*to)[len] = '\0';
	}
	return len;
}

static size_t run_tool(const char *option, char **to, size_t most)
{
	int from;
	pid_t pid = start_tool(option, &from);
	size_t len = read_up_to(from, to, most);

	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	close(from);
	return len;
}

/* The first run shows the events; --follow also takes them out, then waits. */
static void take_events(void)
{
	char *taken = NULL;
	size_t len = run_tool(NULL, &text, SIZE_MAX);

	if (len)
		run_tool("--follow", &taken, len);
	free(taken);
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
