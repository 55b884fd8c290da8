// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/ways.h"

#define LOW_STRINGS 8
#define LOW_LEN	    256
#define NR32_OPEN   5
#define NR32_CHMOD  15
#define NR32_GETPID 20
#define NR32_MOUNT  21

/* include/uapi/linux/mount.h, which sys/mount.h cannot stand */
#define FSCONFIG_FLAG	     0
#define FSCONFIG_STRING	     1
#define FSCONFIG_CREATE	     6
#define FSCONFIG_RECONFIGURE 7
#define TREE_CLONE	     1
#define MOVE_F_EMPTY_PATH    4

static int result(long ret)
{
	return ret < 0 ? -errno : ret;
}

long way_32bit(int nr, unsigned int a, unsigned int b, unsigned int c,
	       unsigned int d)
{
	long ret = nr;

	/* the 32-bit entry zeroes r8 to r11 */
	asm volatile("int $0x80"
		     : "+a"(ret)
		     : "b"((long)a), "c"((long)b), "d"((long)c), "S"((long)d)
		     : "memory", "r8", "r9", "r10", "r11");
	return (int)ret;
}

const char *need_32bit(void)
{
	return way_32bit(NR32_GETPID, 0, 0, 0, 0) == getpid() ?
		       NULL :
		       "no 32-bit system calls";
}

unsigned int low_string(const char *s)
{
	static char *low;
	static int turn;
	char *at;

	if (!low)
		low = mmap(NULL, LOW_STRINGS * LOW_LEN, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (low == MAP_FAILED)
		return 0;
	at = low + turn++ % LOW_STRINGS * LOW_LEN;
	strncpy(at, s, LOW_LEN - 1);
	return (uintptr_t)at;
}

int way_open_32bit(const char *path, int flags)
{
	return way_32bit(NR32_OPEN, low_string(path), flags, 0, 0);
}

int way_chmod_32bit(const char *path, int mode)
{
	return way_32bit(NR32_CHMOD, low_string(path), mode, 0, 0);
}

int way_mount_32bit(const char *dev, const char *where, const char *type,
		    unsigned long flags)
{
	return way_32bit(NR32_MOUNT, low_string(dev), low_string(where),
			 low_string(type), flags);
}

int way_openat2(const char *path, int flags)
{
	const uint64_t how[3] = { flags | O_CLOEXEC };

	return result(syscall(SYS_openat2, AT_FDCWD, path, how, sizeof(how)));
}

struct ring {
	int fd;
	struct io_uring_params p;
	unsigned char *sq, *cq;
	struct io_uring_sqe *sqe;
};

static void *ring_map(struct ring *r, size_t size, off_t off)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_POPULATE, r->fd, off);
}

static int ring_open(struct ring *r)
{
	memset(r, 0, sizeof(*r));
	r->fd = syscall(SYS_io_uring_setup, 1, &r->p);
	if (r->fd < 0)
		return -errno;
	r->sq = ring_map(r, 4096, IORING_OFF_SQ_RING);
	r->cq = ring_map(r, 4096, IORING_OFF_CQ_RING);
	r->sqe = ring_map(r, 4096, IORING_OFF_SQES);
	if (r->sq == MAP_FAILED || r->cq == MAP_FAILED || r->sqe == MAP_FAILED)
		return -ENOMEM;
	return 0;
}

/* Submits the one entry and waits: what it answers. */
static int ring_run(struct ring *r)
{
	struct io_uring_cqe *cqe = (void *)(r->cq + r->p.cq_off.cqes);
	int ret;

	((unsigned int *)(r->sq + r->p.sq_off.array))[0] = 0;
	__atomic_fetch_add((unsigned int *)(r->sq + r->p.sq_off.tail), 1,
			   __ATOMIC_RELEASE);
	ret = syscall(SYS_io_uring_enter, r->fd, 1, 1, IORING_ENTER_GETEVENTS,
		      NULL, 0);
	ret = ret == 1 ? cqe->res : -errno;
	close(r->fd);
	return ret;
}

int way_open_uring(const char *path, int flags)
{
	struct ring r;
	int ret = ring_open(&r);

	if (ret)
		return ret;
	r.sqe->opcode = IORING_OP_OPENAT;
	r.sqe->fd = AT_FDCWD;
	r.sqe->addr = (uintptr_t)path;
	r.sqe->open_flags = flags;
	return ring_run(&r);
}

int way_uring_cmd(int fd, unsigned int op)
{
	struct ring r;
	int ret = ring_open(&r);

	if (ret)
		return ret;
	r.sqe->opcode = 46; /* IORING_OP_URING_CMD, 5.19 */
	r.sqe->fd = fd;
	r.sqe->off = op;
	return ring_run(&r);
}

const char *need_uring(void)
{
	int fd = way_open_uring("/dev/null", O_RDONLY);

	if (fd < 0)
		return "no io_uring";
	close(fd);
	return NULL;
}

int way_new_mount(const char *type, const char *source, unsigned int attributes)
{
	int fs = syscall(SYS_fsopen, type, 0), ret;

	if (fs < 0)
		return -errno;
	ret = result(syscall(SYS_fsconfig, fs, FSCONFIG_STRING, "source",
			     source, 0));
	if (!ret)
		ret = result(syscall(SYS_fsconfig, fs, FSCONFIG_CREATE, NULL,
				     NULL, 0));
	if (!ret)
		ret = result(syscall(SYS_fsmount, fs, 0, attributes));
	close(fs);
	return ret;
}

int way_reconfigure(const char *path, const char *flag)
{
	int fs = syscall(SYS_fspick, AT_FDCWD, path, 0), ret = 0;

	if (fs < 0)
		return -errno;
	if (flag)
		ret = result(syscall(SYS_fsconfig, fs, FSCONFIG_FLAG, flag,
				     NULL, 0));
	if (!ret)
		ret = result(syscall(SYS_fsconfig, fs, FSCONFIG_RECONFIGURE,
				     NULL, NULL, 0));
	close(fs);
	return ret;
}

int way_clone(const char *path)
{
	return result(syscall(SYS_open_tree, AT_FDCWD, path, TREE_CLONE));
}

int way_attach(int mount, const char *where, unsigned int flags)
{
	return result(syscall(SYS_move_mount, mount, "", AT_FDCWD, where,
			      flags | MOVE_F_EMPTY_PATH));
}

int way_mount_setattr(const char *path)
{
	const uint64_t attr[4] = { 0, 1 /* clear MOUNT_ATTR_RDONLY */ };

	return result(syscall(442 /* mount_setattr, 5.12 */, AT_FDCWD, path, 0,
			      attr, sizeof(attr)));
}
