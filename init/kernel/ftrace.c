// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "util/files.h"
#include "kernel/ftrace.h"
#include "util/log.h"

#define NAME "/ftrace_enabled"

/* proc(5): /proc/PID/fdinfo/FD has the flags of open(2), in octal. */
static bool writable(const char *task, const char *fd)
{
	char path[160], text[512], *flags;

	snprintf(path, sizeof(path), "%.100s/fdinfo/%.20s", task, fd);
	if (file_read(path, text, sizeof(text)) <= 0)
		return false;
	flags = strstr(text, "flags:");
	return flags && (strtoul(flags + 6, NULL, 8) & O_ACCMODE) != O_RDONLY;
}

/* By its name, through whichever proc mount it was opened. */
static bool is_ftrace(const char *task, const char *fd)
{
	char path[160], to[300];
	struct statfs fs;
	ssize_t len;

	snprintf(path, sizeof(path), "%.100s/fd/%.20s", task, fd);
	len = readlink(path, to, sizeof(to) - 1);
	if (len < (ssize_t)sizeof(NAME))
		return false;
	to[len] = '\0';
	return !strcmp(to + len - (sizeof(NAME) - 1), NAME) &&
	       !statfs(path, &fs) &&
	       (unsigned long)fs.f_type == PROC_SUPER_MAGIC &&
	       writable(task, fd);
}

/* Is @each true for any entry of a directory whose name is a number? */
static bool any_number(const char *path,
		       bool (*each)(const char *path, const char *name))
{
	DIR *dir = opendir(path);
	struct dirent *e;
	bool any = false;

	if (!dir)
		return false;
	while ((e = readdir(dir)))
		if (e->d_name[0] >= '0' && e->d_name[0] <= '9')
			any |= each(path, e->d_name);
	closedir(dir);
	return any;
}

static bool task_holds(const char *tasks, const char *tid)
{
	char task[100], path[160], comm[64] = "";
	bool holds = false;
	struct dirent *e;
	DIR *dir;

	snprintf(task, sizeof(task), "%.60s/%.20s", tasks, tid);
	snprintf(path, sizeof(path), "%.100s/fd", task);
	dir = opendir(path);
	while (dir && (e = readdir(dir)))
		holds |= is_ftrace(task, e->d_name);
	if (dir)
		closedir(dir);
	if (!holds)
		return false;
	snprintf(path, sizeof(path), "%.100s/comm", task);
	file_read(path, comm, sizeof(comm));
	comm[strcspn(comm, "\n")] = '\0';
	log_error("process %s (%s) has kernel.ftrace_enabled open for writing "
		  "and could switch the lock off with it: end it, or lock "
		  "before it starts",
		  tid, comm);
	return true;
}

static bool process_holds(const char *proc, const char *pid)
{
	char tasks[64];

	snprintf(tasks, sizeof(tasks), "%.10s/%.20s/task", proc, pid);
	return any_number(tasks, task_holds);
}

/* Where escape denies or reports ptrace, each look would be an event. */
static bool may_look(const struct in_force *now)
{
	struct masks m = record_masks(&now->one[BPFLOCK_ESCAPE].record);
	char to[8];

	if ((m.deny_host | m.audit_host) & BPFLOCK_BIT(ESCAPE_PTRACE))
		return false;
	return readlink("/proc/1/exe", to, sizeof(to)) >= 0 ||
	       (errno != EPERM && errno != EACCES);
}

bool ftrace_held(const struct in_force *now)
{
	return may_look(now) && any_number("/proc", process_holds);
}
