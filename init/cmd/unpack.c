// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/unpack.h"

#define MAGIC	   6
#define NO_PROGRAM 127 /* as sh(1) exits */

static const struct {
	const char *magic;
	size_t len;
	const char *program;
} formats[] = {
	{ "\x1f\x8b", 2, "gzip" },
	{ "\x1f\x9e", 2, "gzip" },
	{ "BZh", 3, "bzip2" },
	{ "\xfd"
	  "7zXZ",
	  6, "xz" },
	{ "\x5d\x00", 2, "xz" },
	{ "\x89LZO", 4, "lzop" },
	{ "\x02\x21\x4c\x18", 4, "lz4" },
	{ "\x28\xb5\x2f\xfd", 4, "zstd" },
};

static const char *program_of(const char *head, size_t len)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (len >= formats[i].len &&
		    !memcmp(head, formats[i].magic, formats[i].len))
			return formats[i].program;
	return NULL;
}

static void run(const char *program, int in, int out)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
	    dup2(null, STDERR_FILENO) < 0)
		_exit(NO_PROGRAM);
	execlp(program, program, "-dc", NULL);
	_exit(NO_PROGRAM);
}

static int start(struct unpack *u, int in)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	u->pid = fork();
	if (!u->pid)
		run(u->program, in, ends[1]);
	close(ends[1]);
	u->out = u->pid < 0 ? NULL : fdopen(ends[0], "r");
	if (u->out)
		return 0;
	close(ends[0]);
	if (u->pid > 0)
		unpack_end(u);
	return -ENOMEM;
}

int unpack_start(struct unpack *u, FILE *in)
{
	off_t at = ftello(in);
	char head[MAGIC];
	size_t len = fread(head, 1, sizeof(head), in);

	*u = (struct unpack){ .program = program_of(head, len) };
	if (!u->program)
		return -EBADMSG;
	/* The program shares the offset of the descriptor. */
	if (at < 0 || lseek(fileno(in), at, SEEK_SET) < 0)
		return -errno;
	return start(u, fileno(in));
}

int unpack_end(struct unpack *u)
{
	int status;

	if (u->out)
		fclose(u->out);
	while (waitpid(u->pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NO_PROGRAM)
		return -ENOEXEC;
	/* SIGPIPE: the reader has stopped, and knows why. */
	return !status || (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE) ?
		       0 :
		       -EBADMSG;
}
