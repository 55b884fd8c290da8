/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef URING_H
#define URING_H

/* uring_open - open by a worker thread of io_uring: 0 or -errno */
int uring_open(const char *path, int flags);
int uring_unlink(const char *path);

#endif /* URING_H */
