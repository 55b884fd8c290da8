// SPDX-License-Identifier: GPL-2.0-or-later
/* System calls as a 32-bit program makes them. Pointers must be below 4 GB. */
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attempt.h"

#define GETPID_32 20

long int80(long nr, long a, long b, long c)
{
	long ret = nr;

	asm volatile("int $0x80"
		     : "+a"(ret)
		     : "b"(a), "c"(b), "d"(c)
		     : "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
}

/* Where the kernel has none of them, it is a fault. */
const char *need_int80(void)
{
	int status = 1;
	pid_t pid = fork();

	if (!pid)
		_exit(int80(GETPID_32, 0, 0, 0) != getpid());
	waitpid(pid, &status, 0);
	return status ? "no 32-bit system calls" : NULL;
}
