// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/child.h"

int child_run(int (*act)(void))
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(-act());
	if (pid < 0)
		return -errno;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
}
