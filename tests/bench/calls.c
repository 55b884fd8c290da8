// SPDX-License-Identifier: GPL-2.0-or-later
/* What single calls cost, with whatever lock is in force. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define WARM_UP	    20
#define SAMPLES_MAX 201
#define DIR	    "/run/bench"
#define FILE_READ   DIR "/file"
#define PROGRAM	    "/bin/bench"
#define SYSFS	    "/sys/kernel/mm/transparent_hugepage/enabled"
#define PROCFS	    "/proc/sys/kernel/panic_on_oops"

static int fd; /* FILE_READ, a program or a pipe */
static void *page;

static int open_close(const char *path, int flags)
{
	int opened = open(path, flags, 0600);

	return opened < 0 ? -1 : close(opened);
}

static int nothing(void)
{
	return 0;
}

static int open_read(void)
{
	return open_close(FILE_READ, O_RDONLY);
}

static int open_write(void)
{
	return open_close(FILE_READ, O_WRONLY);
}

static int sysfs_read(void)
{
	return open_close(SYSFS, O_RDONLY);
}

static int sysfs_write(void)
{
	return open_close(SYSFS, O_WRONLY);
}

static int proc_read(void)
{
	return open_close(PROCFS, O_RDONLY);
}

static int proc_write(void)
{
	return open_close(PROCFS, O_WRONLY);
}

static int do_stat(void)
{
	struct stat st;

	return stat(FILE_READ, &st);
}

static int do_read(void)
{
	return pread(fd, page, 4096, 0) == 4096 ? 0 : -1;
}

static int wait_for(int pid)
{
	int status;

	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	errno = EPERM;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -1;
}

static int fork_exit(void)
{
	int pid = fork();

	if (!pid)
		_exit(0);
	return wait_for(pid);
}

static int fork_exec(void)
{
	int pid = fork();

	if (!pid) {
		execl(PROGRAM, PROGRAM, "nothing", NULL);
		_exit(1);
	}
	return wait_for(pid);
}

static int map(int prot, int flags, int of)
{
	void *at = mmap(NULL, 16384, prot, flags, of, 0);

	return at == MAP_FAILED ? -1 : munmap(at, 16384);
}

static int mmap_file(void)
{
	return map(PROT_READ, MAP_PRIVATE, fd);
}

static int mmap_exec(void)
{
	return map(PROT_READ | PROT_EXEC, MAP_PRIVATE, fd);
}

static int mmap_anonymous(void)
{
	return map(PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
}

static int do_mprotect(void)
{
	return mprotect(page, 4096, PROT_READ) ||
	       mprotect(page, 4096, PROT_READ | PROT_WRITE);
}

static int mount_umount(void)
{
	return mount("none", DIR "/mnt", "tmpfs", 0, NULL) ||
	       umount(DIR "/mnt");
}

static int do_chmod(void)
{
	return chmod(FILE_READ, 0600);
}

static int create_unlink(void)
{
	return open_close(DIR "/new", O_CREAT | O_EXCL | O_WRONLY) ||
	       unlink(DIR "/new");
}

static int mkdir_rmdir(void)
{
	return mkdir(DIR "/newdir", 0700) || rmdir(DIR "/newdir");
}

static int do_rename(void)
{
	return rename(DIR "/a", DIR "/b") || rename(DIR "/b", DIR "/a");
}

static int do_ioctl(void)
{
	int n;

	return ioctl(fd, FIONREAD, &n);
}

static int socket_close(void)
{
	int made = socket(AF_UNIX, SOCK_STREAM, 0);

	return made < 0 ? -1 : close(made);
}

static int do_unshare(void)
{
	return unshare(CLONE_NEWUTS);
}

static void a_file(void)
{
	fd = open(FILE_READ, O_RDONLY);
}

static void a_program(void)
{
	fd = open(PROGRAM, O_RDONLY);
}

static void a_pipe(void)
{
	int ends[2];

	if (!pipe(ends))
		fd = ends[0];
}

static const struct call {
	const char *name;
	int (*run)(void);
	void (*prepare)(void);
	int samples; /* odd, at most SAMPLES_MAX */
} table[] = {
	{ "open_read", open_read, NULL, 201 },
	{ "open_write", open_write, NULL, 201 },
	{ "sysfs_read", sysfs_read, NULL, 201 },
	{ "sysfs_write", sysfs_write, NULL, 201 },
	{ "proc_read", proc_read, NULL, 201 },
	{ "proc_write", proc_write, NULL, 201 },
	{ "stat", do_stat, NULL, 201 },
	{ "read", do_read, a_file, 201 },
	{ "fork", fork_exit, NULL, 101 },
	{ "exec", fork_exec, NULL, 101 },
	{ "mmap_file", mmap_file, a_file, 201 },
	{ "mmap_exec", mmap_exec, a_program, 201 },
	{ "mmap_anonymous", mmap_anonymous, NULL, 201 },
	{ "mprotect", do_mprotect, NULL, 201 },
	{ "mount", mount_umount, NULL, 101 },
	{ "chmod", do_chmod, NULL, 201 },
	{ "create", create_unlink, NULL, 201 },
	{ "mkdir", mkdir_rmdir, NULL, 201 },
	{ "rename", do_rename, NULL, 201 },
	{ "ioctl", do_ioctl, a_pipe, 201 },
	{ "socket", socket_close, NULL, 201 },
	{ "unshare", do_unshare, NULL, 101 },
};

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* The median of many runs; 0 with errno if one fails. */
static uint64_t median(int (*run)(void), int samples)
{
	static uint64_t sample[SAMPLES_MAX];

	for (int i = -WARM_UP; i < samples; i++) {
		uint64_t begin = now();

		if (run())
			return 0;
		if (i >= 0)
			sample[i] = now() - begin;
	}
	qsort(sample, samples, sizeof(*sample), ascending);
	return sample[samples / 2];
}

/* In a process of its own, so that no call sees what another has left. */
static void measure(const char *prefix, const struct call *call)
{
	uint64_t loop, whole;
	int pid = fork();

	if (pid) {
		wait_for(pid);
		return;
	}
	if (call->prepare)
		call->prepare();
	loop = median(nothing, SAMPLES_MAX);
	whole = median(call->run, call->samples);
	if (whole)
		figure(prefix, call->name, whole - loop);
	else
		printf("%s.%s %s\n", prefix, call->name,
		       errno == EPERM ? "denied" : "failed");
	fflush(stdout);
	_exit(0);
}

static int make_files(void)
{
	static const char *const names[] = { FILE_READ, DIR "/a" };
	static char zeros[16384];

	mkdir(DIR, 0700);
	mkdir(DIR "/mnt", 0700);
	for (int i = 0; i < 2; i++) {
		int made = open(names[i], O_CREAT | O_WRONLY, 0600);

		if (made < 0 || write(made, zeros, sizeof(zeros)) < 0)
			return 1;
		close(made);
	}
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	*(volatile char *)page = 1;
	return 0;
}

/* The namespaces of a container; the pid namespace is that of the children. */
static int enter_container(void)
{
	if (unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWUTS |
		    CLONE_NEWIPC))
		return 1;
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

/* All calls, by a process that has the pid namespace from its beginning. */
static int measure_all(const char *prefix)
{
	int pid = fork();

	if (pid)
		return wait_for(pid);
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		measure(prefix, &table[i]);
	_exit(0);
}

int calls(const char *prefix, int container)
{
	if (make_files() || (container && enter_container()) ||
	    measure_all(prefix)) {
		perror("bench: calls");
		return 1;
	}
	return 0;
}
