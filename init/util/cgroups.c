// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/cgroups.h"

#define PATH_LEN 512
#define DEPTH	 16
#define KEPT	 64 /* answers; the oldest goes */

static const char *root;

static struct answer {
	unsigned long long id;
	bool found;
	char path[PATH_LEN];
} answers[KEPT];
static unsigned int next;

void cgroups_root(const char *dir)
{
	root = dir;
	memset(answers, 0, sizeof(answers));
}

/* With cgroup v1 beside it, systemd mounts cgroup2 at unified. */
static const char *default_root(void)
{
	static const char hybrid[] = "/sys/fs/cgroup/unified";

	return access(hybrid, F_OK) ? "/sys/fs/cgroup" : hybrid;
}

static int open_below(int dir, const char *name)
{
	return openat(dir, name,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

struct walk {
	struct answer *wanted; /* or else */
	void (*one)(const char *path, void *arg);
	void *arg;
};

static bool is_wanted(const struct walk *w, const char *path, ino_t ino)
{
	if (w->wanted)
		return ino == w->wanted->id;
	w->one(path, w->arg);
	return false;
}

/* Searches below the directory @fd, whose path is @path; closes @fd. */
static bool search(int fd, const struct walk *w, char *path, unsigned int depth)
{
	size_t len = strlen(path);
	DIR *dir = fdopendir(fd);
	struct dirent *d;
	bool found = false;

	if (!dir) {
		close(fd);
		return false;
	}
	while (!found && (d = readdir(dir))) {
		int below;

		if (d->d_type != DT_DIR || d->d_name[0] == '.' ||
		    len + 1 + strlen(d->d_name) >= PATH_LEN)
			continue;
		sprintf(path + len, "/%s", d->d_name);
		found = is_wanted(w, path, d->d_ino);
		below = found || depth == DEPTH ? -1 :
						  open_below(fd, d->d_name);
		if (below >= 0)
			found = search(below, w, path, depth + 1);
	}
	closedir(dir);
	if (!found)
		path[len] = '\0';
	return found;
}

static void look_up(struct answer *a)
{
	const struct walk w = { .wanted = a };
	int fd = open_below(AT_FDCWD, root ? root : default_root());
	struct stat st;

	a->path[0] = '\0';
	if (fd < 0)
		return;
	if (!fstat(fd, &st) && st.st_ino == a->id) {
		strcpy(a->path, "/");
		a->found = true;
		close(fd);
		return;
	}
	a->found = search(fd, &w, a->path, 0);
}

void cgroups_each(void (*one)(const char *path, void *arg), void *arg)
{
	int fd = open_below(AT_FDCWD, root ? root : default_root());
	const struct walk w = { .one = one, .arg = arg };
	char path[PATH_LEN] = "";

	if (fd >= 0)
		search(fd, &w, path, 0);
}

const char *cgroups_path(unsigned long long id)
{
	struct answer *a;

	for (unsigned int i = 0; i < KEPT; i++)
		if (id && answers[i].id == id)
			return answers[i].found ? answers[i].path : NULL;
	a = &answers[next++ % KEPT];
	memset(a, 0, sizeof(*a));
	a->id = id;
	look_up(a);
	return a->found ? a->path : NULL;
}
