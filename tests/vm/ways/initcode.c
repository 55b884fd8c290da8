// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "ways/initcode.h"

static void say(const char *what, int failed)
{
	printf("# %s %s: %s\n", getpid() == 1 ? "PID 1" : "another", what,
	       failed ? strerror(errno) : "it worked");
	fflush(stdout);
}

static void map_fd(int fd, const char *what, int prot)
{
	void *p = mmap(NULL, 4096, prot, MAP_PRIVATE, fd, 0);

	say(what, p == MAP_FAILED);
	if (p != MAP_FAILED)
		munmap(p, 4096);
}

static void map_file(const char *path, const char *what, int prot)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	map_fd(fd, what, prot);
	close(fd);
}

static void map_memfd(void)
{
	int fd = memfd_create("code", MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, 4096))
		return;
	map_fd(fd, "maps a memfd", PROT_READ | PROT_EXEC);
	close(fd);
}

/* A program that runs for PID 1 says so, and becomes what was to come after. */
static void execute(char **argv)
{
	char said[] = "echo '# PID 1 executes: it worked'; exec \"$@\"";
	char *foreign[] = { "sh", "-c", said, "sh", argv[3], argv[4], NULL };

	if (getpid() == 1)
		execv(argv[0], foreign);
	else if (!vfork()) {
		execl(argv[0], "true", NULL);
		_exit(127);
	} else {
		int status = -1;

		wait(&status);
		errno = EPERM;
		say("executes", status);
		return;
	}
	say("executes", 1);
}

int initcode(char **argv)
{
	map_file(argv[0], "maps code", PROT_READ | PROT_EXEC);
	map_file(argv[0], "maps data", PROT_READ | PROT_WRITE);
	map_file(argv[0], "maps for reading", PROT_READ);
	map_memfd();
	map_file(argv[1], "maps code of the root", PROT_READ | PROT_EXEC);
	map_file(argv[2], "maps /etc for reading", PROT_READ);
	map_file(argv[2], "maps code in /etc", PROT_READ | PROT_EXEC);
	execute(argv);
	if (argv[3])
		execv(argv[3], argv + 3);
	return 0;
}

static int unmount_pins(void)
{
	return umount2("/sys/fs/bpf", MNT_DETACH);
}

/* On a directory of a process, which goes with it. */
static int unmount_beside_process(void)
{
	pid_t pid = child_waiting();
	char path[40];
	int ret;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo", pid);
	if (mount("/sys/fs/bpf", path, NULL, MS_BIND, NULL))
		say("mounts a copy on a process", 1);
	ret = unmount_pins();
	child_end(pid);
	return ret;
}

int initumount(char **argv)
{
	say("unmounts the last one", unmount_pins());
	if (mount("/sys", argv[0], NULL, MS_BIND | MS_REC, NULL))
		say("mounts a copy", 1);
	say("unmounts it, with a peer elsewhere", unmount_pins());
	umount2(argv[0], MNT_DETACH);
	say("unmounts it, with a copy on a process", unmount_beside_process());
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	say("moves it", mount("/sys/fs/bpf", argv[0], NULL, MS_MOVE, NULL));
	fflush(stdout);
	reboot(RB_POWER_OFF);
	return 0;
}
