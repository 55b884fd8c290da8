// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/attempt.h"
#include "ways/uring.h"

#define NR_SETUP 425
#define NR_ENTER 426

static void *map(int ring, size_t size, off_t what)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ring, what);
}

static int submit(int ring, const struct io_uring_params *p,
		  const struct io_uring_sqe *sqe)
{
	char *sq = map(ring, p->sq_off.array + 4 * p->sq_entries,
		       IORING_OFF_SQ_RING);
	char *cq = map(ring, p->cq_off.cqes + 16 * p->cq_entries,
		       IORING_OFF_CQ_RING);
	struct io_uring_sqe *sqes =
		map(ring, 64 * p->sq_entries, IORING_OFF_SQES);

	if (sq == MAP_FAILED || cq == MAP_FAILED || sqes == MAP_FAILED)
		return -EIO;
	sqes[0] = *sqe;
	*(unsigned int *)(sq + p->sq_off.array) = 0;
	__sync_fetch_and_add((unsigned int *)(sq + p->sq_off.tail), 1);
	if (syscall(NR_ENTER, ring, 1L, 1L, (long)IORING_ENTER_GETEVENTS, NULL,
		    0L) < 0)
		return -EIO;
	return ((struct io_uring_cqe *)(cq + p->cq_off.cqes))->res;
}

/* By a worker thread. */
static int run(struct io_uring_sqe *sqe)
{
	struct io_uring_params p;
	int ring, ret;

	memset(&p, 0, sizeof(p));
	ring = syscall(NR_SETUP, 1L, &p);
	if (ring < 0)
		return -ENOSYS;
	sqe->flags = IOSQE_ASYNC;
	ret = submit(ring, &p, sqe);
	close(ring);
	return ret < 0 ? ret : 0;
}

int uring_open(const char *path, int flags)
{
	struct io_uring_sqe sqe;

	memset(&sqe, 0, sizeof(sqe));
	sqe.opcode = IORING_OP_OPENAT;
	sqe.fd = AT_FDCWD;
	sqe.addr = (uintptr_t)path;
	sqe.open_flags = flags;
	return run(&sqe);
}

int uring_unlink(const char *path)
{
	struct io_uring_sqe sqe;

	memset(&sqe, 0, sizeof(sqe));
	sqe.opcode = IORING_OP_UNLINKAT;
	sqe.fd = AT_FDCWD;
	sqe.addr = (uintptr_t)path;
	return run(&sqe);
}
