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

static size_t count_lines(const char *s, ssize_t n)
{
	size_t lines = 0;

	while (n--)
		lines += *s++ == '\n';
	return lines;
}

/* Up to @most lines, or to the end. Returns how many. */
static size_t read_up_to(int fd, char **to, size_t most)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t len = 0, lines = 0;
	char buf[4096];
	ssize_t n;

	while (lines < most && poll(&p, 1, STUCK_MS) == 1) {
		n = read(fd, buf, sizeof(buf));
		if (n <= 0)
			break;
		*to = realloc(*to, len + n + 1);
		if (!*to)
			exit(71);
		memcpy(*to + len, buf, n);
		len += n;
		(*to)[len] = '\0';
		lines += count_lines(buf, n);
	}
	return lines;
}

static size_t run_tool(const char *option, char **to, size_t most)
{
	int from;
	pid_t pid = start_tool(option, &from);
	size_t lines = read_up_to(from, to, most);

	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	close(from);
	return lines;
}

/* The first run shows the events; --follow also takes them out, then waits. */
static void take_events(void)
{
	char *taken = NULL;
	size_t lines = run_tool(NULL, &text, SIZE_MAX);

	if (lines)
		run_tool("--follow", &taken, lines);
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
