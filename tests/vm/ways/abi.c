// SPDX-License-Identifier: GPL-2.0-or-later
/* System calls as 32-bit and x32 programs make them. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/attempt.h"

#define X32_BIT 0x40000000L

void *low_memory(const void *data, size_t size)
{
	static char *page;

#ifdef MAP_32BIT
	if (!page)
		page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
#endif
	if (!page || page == MAP_FAILED || size > 4096)
		_exit(71);
	return memcpy(page, data, size);
}

#ifdef __x86_64__
long syscall_i386(long nr, long a, long b, long c)
{
	long ret = nr;

	asm volatile("int $0x80"
		     : "+a"(ret)
		     : "b"(a), "c"(b), "d"(c)
		     : "memory", "cc", "r8", "r9", "r10", "r11");
	return (int)ret;
}

long syscall_raw(long nr, long a, long b, long c)
{
	long ret = nr;

	asm volatile("syscall"
		     : "+a"(ret)
		     : "D"(a), "S"(b), "d"(c)
		     : "memory", "cc", "rcx", "r11");
	return ret;
}

long syscall_x32(long nr, long a, long b, long c)
{
	return syscall_raw(nr | X32_BIT, a, b, c);
}

#define I386_GETPID 20
#define X32_GETPID  39

/* A kernel without them may send a signal. */
const char *need_i386(void)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid)
		_exit(syscall_i386(I386_GETPID, 0, 0, 0) != getpid());
	waitpid(pid, &status, 0);
	return status ? "the kernel runs no 32-bit programs" : NULL;
}

const char *need_x32(void)
{
	return syscall_x32(X32_GETPID, 0, 0, 0) == getpid() ?
		       NULL :
		       "the kernel runs no x32 programs";
}
#else
long syscall_i386(long nr, long a, long b, long c)
{
	return -ENOSYS;
}

long syscall_raw(long nr, long a, long b, long c)
{
	return syscall(nr, a, b, c) < 0 ? -errno : 0;
}

long syscall_x32(long nr, long a, long b, long c)
{
	return -ENOSYS;
}

const char *need_i386(void)
{
	return "x86 only";
}

const char *need_x32(void)
{
	return "x86 only";
}
#endif
