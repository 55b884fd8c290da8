// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/uring.h"

#define OP_URING_CMD 46 /* IORING_OP_URING_CMD, since 5.19 */
#define PAGE	     4096 /* holds each part of a ring of one entry */

static void *map(int ring, off_t what)
{
	return mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_POPULATE, ring, what);
}

static int submit(int ring, const struct io_uring_params *p,
		  const struct io_uring_sqe *sqe)
{
	char *sq = map(ring, IORING_OFF_SQ_RING);
	char *cq = map(ring, IORING_OFF_CQ_RING);
	struct io_uring_sqe *sqes = map(ring, IORING_OFF_SQES);

	if (sq == MAP_FAILED || cq == MAP_FAILED || sqes == MAP_FAILED)
		return -ENOSYS;
	sqes[0] = *sqe;
	*(unsigned int *)(sq + p->sq_off.array) = 0;
	__atomic_fetch_add((unsigned int *)(sq + p->sq_off.tail), 1,
			   __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring, 1L, 1L,
		    (long)IORING_ENTER_GETEVENTS, NULL, 0L) != 1)
		return -ENOSYS;
	return ((struct io_uring_cqe *)(cq + p->cq_off.cqes))->res;
}

static int run(const struct io_uring_sqe *sqe)
{
	struct io_uring_params p;
	int ring, ret;

	memset(&p, 0, sizeof(p));
	ring = syscall(SYS_io_uring_setup, 1L, &p);
	if (ring < 0)
		return -ENOSYS;
	ret = submit(ring, &p, sqe);
	close(ring);
	return ret;
}

static int open_with(const char *path, int flags, unsigned char how)
{
	const struct io_uring_sqe sqe = { .opcode = IORING_OP_OPENAT,
					  .flags = how,
					  .fd = AT_FDCWD,
					  .addr = (uintptr_t)path,
					  .open_flags = flags };

	return run(&sqe);
}

int uring_open(const char *path, int flags)
{
	return open_with(path, flags, 0);
}

int uring_open_by_worker(const char *path, int flags)
{
	return open_with(path, flags, IOSQE_ASYNC);
}

int uring_unlink(const char *path)
{
	const struct io_uring_sqe sqe = { .opcode = IORING_OP_UNLINKAT,
					  .flags = IOSQE_ASYNC,
					  .fd = AT_FDCWD,
					  .addr = (uintptr_t)path };

	return run(&sqe);
}

int uring_send(int fd, const void *data, unsigned int size)
{
	const struct io_uring_sqe sqe = { .opcode = IORING_OP_SEND,
					  .flags = IOSQE_ASYNC,
					  .fd = fd,
					  .addr = (uintptr_t)data,
					  .len = size };

	return run(&sqe);
}

int uring_command(int fd, unsigned int op)
{
	const struct io_uring_sqe sqe = { .opcode = OP_URING_CMD,
					  .fd = fd,
					  .off = op };

	return run(&sqe);
}

const char *need_uring(void)
{
	int fd = uring_open("/dev/null", O_RDONLY);

	if (fd < 0)
		return "no io_uring";
	close(fd);
	return NULL;
}
