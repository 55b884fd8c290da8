/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Requests by io_uring. All return what the request returned, a value or
 * -errno; -ENOSYS if there is no ring, which no protection answers with.
 */
#ifndef URING_H
#define URING_H

const char *need_uring(void);

/* open(2): in the submitting system call itself, or by a worker thread */
int uring_open(const char *path, int flags);
int uring_open_by_worker(const char *path, int flags);

/* unlink(2), by a worker thread */
int uring_unlink(const char *path);

/* send(2), by a worker thread */
int uring_send(int fd, const void *data, unsigned int size);

/* a command (file_operations.uring_cmd) for a file */
int uring_command(int fd, unsigned int op);

#endif /* URING_H */
