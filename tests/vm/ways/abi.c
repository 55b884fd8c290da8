// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/abi.h"

#define X32_BIT	  0x40000000L
#define LOW_SLOTS 8
#define LOW_SIZE  512

#define I386_OPEN   5
#define I386_CHMOD  15
#define I386_GETPID 20
#define I386_MOUNT  21
#define X32_GETPID  39

void *low_memory(const void *data, size_t size)
{
	static unsigned int turn;
	static char *low;

	if (!low)
		low = mmap(NULL, LOW_SLOTS * LOW_SIZE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (low == MAP_FAILED || size > LOW_SIZE)
		_exit(71);
	return memcpy(low + turn++ % LOW_SLOTS * LOW_SIZE, data, size);
}

static long low_string(const char *s)
{
	return (long)low_memory(s, strlen(s) + 1);
}

long syscall_i386_4(long nr, long a, long b, long c, long d)
{
	long ret = nr;

	/* the 32-bit entry zeroes r8 to r11 */
	asm volatile("int $0x80"
		     : "+a"(ret)
		     : "b"(a), "c"(b), "d"(c), "S"(d), "D"(0L)
		     : "memory", "cc", "r8", "r9", "r10", "r11");
	return (int)ret;
}

long syscall_i386(long nr, long a, long b, long c)
{
	return syscall_i386_4(nr, a, b, c, 0);
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

/* A kernel without 32-bit system calls may send a signal. */
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

int i386_open(const char *path, int flags)
{
	return syscall_i386(I386_OPEN, low_string(path), flags, 0);
}

int i386_chmod(const char *path, int mode)
{
	return syscall_i386(I386_CHMOD, low_string(path), mode, 0);
}

int i386_mount(const char *dev, const char *where, const char *type,
	       unsigned long flags)
{
	return syscall_i386_4(I386_MOUNT, low_string(dev), low_string(where),
			      low_string(type), flags);
}
