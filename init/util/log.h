/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages: to stderr, and while booting to the kernel log as well. */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>

/**
 * log_boot - from now on messages go to /dev/kmsg too
 *
 * The kernel drops more than 10 lines in 5 seconds from one open file
 * (kernel/printk/printk.c devkmsg_write()), therefore only errors and the
 * summary go there.
 */
void log_boot(void);

/**
 * log_error - report an error
 * @fmt: what failed, on what, why and what to do; without a full stop
 */
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** log_info - write a line to the kernel log, or to stderr after boot */
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* LOG_H */
