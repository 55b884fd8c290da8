// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/lockstate.h"

#define PINS	"/sys/fs/bpf/bpflock"
#define TRIES	1000
#define TRY_US	10000
#define NO_NAME "nosuch"

static int unloads(void)
{
	return syscall(SYS_delete_module, NO_NAME, O_NONBLOCK) ? errno : 0;
}

static int makes_name(void)
{
	int err = mkdir(PINS "/" NO_NAME, 0700) ? errno : 0;

	/* self may be on its way, its programs one after the other. */
	for (int i = 0; !err && i < TRIES && rmdir(PINS "/" NO_NAME); i++)
		usleep(TRY_US);
	return err;
}

/* The errno of a call, made by a process in another mount namespace. */
static int by_other(int (*call)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (!pid)
		_exit(unshare(CLONE_NEWNS) ? 255 : call());
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static enum lock_does what_it_does(void)
{
	int host = unloads(), other = by_other(unloads);

	if (host == ENOENT)
		return other == ENOENT ? DOES_NOTHING :
		       other == EPERM  ? DOES_OTHER :
					 DOES_ODD;
	return host == EPERM && other == EPERM ? DOES_ALL : DOES_ODD;
}

static unsigned int names_in(const char *dir)
{
	unsigned int n = 0;
	struct dirent *e;
	DIR *d = opendir(dir);

	while (d && (e = readdir(d)))
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

static void read_pins(struct lockstate *s)
{
	struct dirent *e;
	DIR *d = opendir(PINS);

	s->kmodules = names_in(PINS "/kmodules");
	s->selfs = names_in(PINS "/self");
	while (d && (e = readdir(d))) {
		if (e->d_name[0] == '.' || !strcmp(e->d_name, "kmodules") ||
		    !strcmp(e->d_name, "self") ||
		    (e->d_type != DT_DIR && !strstr(e->d_name, "_new")))
			continue;
		if (!s->others++)
			snprintf(s->other, sizeof(s->other), "%.63s",
				 e->d_name);
	}
	if (d)
		closedir(d);
}

static unsigned int count(int command)
{
	union bpf_attr attr;
	unsigned int n = 0;

	memset(&attr, 0, sizeof(attr));
	while (!syscall(SYS_bpf, command, &attr, sizeof(attr))) {
		attr.start_id = attr.next_id;
		n++;
	}
	return n;
}

void lockstate_print_maps(void)
{
	struct bpf_map_info info;
	union bpf_attr attr, get;
	int fd;

	memset(&attr, 0, sizeof(attr));
	printf("#   maps:");
	while (!syscall(SYS_bpf, BPF_MAP_GET_NEXT_ID, &attr, sizeof(attr))) {
		attr.start_id = attr.next_id;
		memset(&get, 0, sizeof(get));
		get.map_id = attr.next_id;
		get.open_flags = BPF_F_RDONLY;
		fd = syscall(SYS_bpf, BPF_MAP_GET_FD_BY_ID, &get, sizeof(get));
		memset(&get, 0, sizeof(get));
		memset(&info, 0, sizeof(info));
		get.info.bpf_fd = fd;
		get.info.info_len = sizeof(info);
		get.info.info = (uintptr_t)&info;
		syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &get, sizeof(get));
		printf(" %s", *info.name ? info.name : "?");
		if (fd >= 0)
			close(fd);
	}
	printf("\n");
}

static void read_objects(struct lockstate *s)
{
	s->progs = count(BPF_PROG_GET_NEXT_ID);
	s->maps = count(BPF_MAP_GET_NEXT_ID);
	s->links = count(BPF_LINK_GET_NEXT_ID);
}

void lockstate_read(struct lockstate *s)
{
	memset(s, 0, sizeof(*s));
	s->does = what_it_does();
	s->self = by_other(makes_name) == EPERM;
	read_pins(s);
	read_objects(s);
}

/*
 * A program keeps the records of all that were loaded with it, so there are fewer
 * maps after it has been loaded alone.
 */
static bool same(const struct lockstate *a, const struct lockstate *b)
{
	return a->does == b->does && a->self == b->self &&
	       a->kmodules == b->kmodules && a->selfs == b->selfs &&
	       a->others == b->others && a->progs == b->progs &&
	       a->maps <= b->maps && a->links == b->links;
}

bool lockstate_settles(struct lockstate *s, const struct lockstate *wanted)
{
	lockstate_read(s);
	for (int i = 0; i < TRIES && s->does == wanted->does &&
			s->others == wanted->others && !same(s, wanted);
	     i++) {
		usleep(TRY_US);
		lockstate_read(s);
	}
	return same(s, wanted);
}

int lockstate_clear(void)
{
	struct lockstate s;

	if (!access(PINS, F_OK) && system("rm -r " PINS))
		return -EIO;
	for (int i = 0; i < TRIES; i++) {
		lockstate_read(&s);
		if (!s.progs && !s.links && s.does == DOES_NOTHING)
			return 0;
		usleep(TRY_US);
	}
	return -EBUSY;
}
