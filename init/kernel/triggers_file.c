// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on files, names, attributes and mappings. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "kernel/mounts.h"
#include "kernel/triggers.h"

void trigger_open(void)
{
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		close(fd);
}

/* Not below the pins: there, seal=on would deny removing the directory. */
void trigger_dir(void)
{
	static const char a[] = BPFFS "/bpflock-fire";
	static const char b[] = BPFFS "/bpflock-fire2";

	mkdir(a, 0700);
	rename(a, b);
	rmdir(b);
	rmdir(a);
}

/* Makes, links and removes a file in /run, /dev or /tmp. */
void trigger_names(void)
{
	static const char *const dirs[] = { "/run", "/dev", "/tmp" };
	char a[32], b[32];

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		snprintf(a, sizeof(a), "%s/.bpflock", dirs[i]);
		snprintf(b, sizeof(b), "%s/.bpflock2", dirs[i]);
		int fd = open(a, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

		if (fd < 0)
			continue;
		close(fd);
		if (link(a, b) == 0)
			unlink(b);
		if (symlink(a, b) == 0)
			unlink(b);
		unlink(a);
		return;
	}
}

void trigger_map(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return;
	mprotect(page, 4096, PROT_READ);
	munmap(page, 4096);
}

void trigger_mknod(void)
{
	static const char *const nodes[] = { "/run/.bpflock", "/dev/.bpflock",
					     "/tmp/.bpflock" };

	for (size_t i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++) {
		if (mknod(nodes[i], S_IFIFO | 0600, 0))
			continue;
		unlink(nodes[i]);
		return;
	}
}

void trigger_ioctl(void)
{
	int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	ioctl(fd, FIOCLEX);
	close(fd);
}

/* A kernel without 32-bit system calls kills the process. */
static void ioctl_compat(void)
{
#ifdef __x86_64__
	int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
	long ret = 54; /* ioctl */

	asm volatile("int $0x80"
		     : "+a"(ret)
		     : "b"(fd), "c"(FIOCLEX), "d"(0)
		     : "memory", "r8", "r9", "r10", "r11");
#endif
}

void trigger_ioctl_compat(void)
{
	pid_t pid = fork();

	if (!pid) {
		ioctl_compat();
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

void trigger_attributes(void)
{
	int fd = syscall(SYS_memfd_create, "bpflock", 1u /* MFD_CLOEXEC */);

	if (fd < 0)
		return;
	fchmod(fd, 0600);
	fsetxattr(fd, "trusted.bpflock", "", 0, 0);
	fremovexattr(fd, "trusted.bpflock");
	close(fd);
}
