// SPDX-License-Identifier: GPL-2.0-or-later
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal_race.h"

#define BUSY_MOUNTS 200

void race_prepare(void)
{
	static const char *const dirs[] = { SIDE, BUSY, COPY, OTHER };
	char path[32];

	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++)
		mkdir(dirs[i], 0755);
	mount("none", BUSY, "tmpfs", 0, NULL);
	for (int i = 0; i < BUSY_MOUNTS; i++) {
		snprintf(path, sizeof(path), BUSY "/%d", i);
		mkdir(path, 0755);
		mount(path, path, NULL, MS_BIND, NULL);
	}
}

void race_copy_tree(void)
{
	mount(BUSY, COPY, NULL, MS_BIND | MS_REC, NULL);
	umount2(COPY, MNT_DETACH);
}

pid_t race_repeat(void (*run)(void))
{
	pid_t pid = fork();

	if (!pid)
		for (;;)
			run();
	return pid;
}

void race_end(pid_t pid)
{
	if (pid <= 0)
		return;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}
