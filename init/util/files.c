// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "util/files.h"

#define CHUNK (256 * 1024)

static ssize_t read_full(int fd, char *buf, size_t size)
{
	size_t have = 0;
	ssize_t n;

	while (have < size) {
		n = read(fd, buf + have, size - have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (!n)
			break;
		have += n;
	}
	return have;
}

ssize_t file_read(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	n = read_full(fd, buf, size - 1);
	close(fd);
	if (n >= 0)
		buf[n] = 0;
	return n;
}

ssize_t file_read_all(const char *path, char **data)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t have = 0;
	char *buf = NULL, *more;
	ssize_t n;

	if (fd < 0)
		return -errno;
	do {
		more = realloc(buf, have + CHUNK + 1);
		n = more ? read_full(fd, more + have, CHUNK) : -ENOMEM;
		if (more)
			buf = more;
		if (n < 0)
			goto out;
		have += n;
	} while (n == CHUNK);
	buf[have] = 0;
	n = have;
out:
	close(fd);
	if (n < 0)
		free(buf);
	else
		*data = buf;
	return n;
}

/* vm.memfd_noexec=2 fails the call unless the file never becomes executable. */
int file_in_memory(const char *name)
{
	unsigned int cloexec = 1, noexec_seal = 8; /* MFD_* */
	int fd = syscall(SYS_memfd_create, name, cloexec | noexec_seal);

	return fd >= 0 ? fd : (int)syscall(SYS_memfd_create, name, cloexec);
}
