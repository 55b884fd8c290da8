// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on files, attributes and mappings. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "kernel/triggers.h"
#include "util/child.h"
#include "util/files.h"

#define XATTR "trusted.bpflock"
#define PAGE  4096

static int result(int ret)
{
	return ret ? -errno : 0;
}

int trigger_open(void)
{
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static int map_page(int (*act)(void *page))
{
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int err;

	if (page == MAP_FAILED)
		return -errno;
	err = act ? act(page) : 0;
	munmap(page, PAGE);
	return err;
}

static int protect(void *page)
{
	return result(mprotect(page, PAGE, PROT_READ));
}

int trigger_map(void)
{
	return map_page(NULL);
}

int trigger_mprotect(void)
{
	return map_page(protect);
}

int trigger_ioctl(void)
{
	int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC), err;

	if (fd < 0)
		return -errno;
	err = result(ioctl(fd, FIOCLEX));
	close(fd);
	return err;
}

/* A kernel without 32-bit system calls kills the process. */
static int ioctl_compat(void)
{
#ifdef __x86_64__
	int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
	long ret = 54; /* ioctl */

	asm volatile("int $0x80"
		     : "+a"(ret)
		     : "b"(fd), "c"(FIOCLEX), "d"(0)
		     : "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
#else
	return -ENOSYS;
#endif
}

int trigger_ioctl_compat(void)
{
	return child_run(ioctl_compat);
}

static int with_memory_file(int (*act)(int fd))
{
	int fd = file_in_memory("bpflock"), err;

	if (fd < 0)
		return -errno;
	err = act(fd);
	close(fd);
	return err;
}

static int change_mode(int fd)
{
	return result(fchmod(fd, 0600));
}

static int set_xattr(int fd)
{
	return result(fsetxattr(fd, XATTR, "", 0, 0));
}

static int remove_xattr(int fd)
{
	int err = set_xattr(fd);

	return err ? err : result(fremovexattr(fd, XATTR));
}

int trigger_chmod(void)
{
	return with_memory_file(change_mode);
}

int trigger_setxattr(void)
{
	return with_memory_file(set_xattr);
}

int trigger_removexattr(void)
{
	return with_memory_file(remove_xattr);
}
