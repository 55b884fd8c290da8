// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "util/log.h"

#define LINE_LEN 900 /* LOG_LINE_MAX of kernel/printk/printk.c, rounded down */

enum priority { DAEMON_ERR = 27, DAEMON_INFO = 30 }; /* syslog(3) */

static int kmsg = -1;

void log_boot(void)
{
	if (kmsg < 0)
		kmsg = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
}

static bool log_kernel(enum priority priority, const char *text)
{
	char line[LINE_LEN];
	int n;

	if (kmsg < 0)
		return false;
	n = snprintf(line, sizeof(line), "<%d>bpflock: %s\n", priority, text);
	if (n >= (int)sizeof(line))
		n = sizeof(line) - 1;
	return write(kmsg, line, n) == n;
}

void log_error(const char *fmt, ...)
{
	char text[LINE_LEN];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	log_kernel(DAEMON_ERR, text);
	fprintf(stderr, "bpflock: %s\n", text);
}

void log_info(const char *fmt, ...)
{
	char text[LINE_LEN];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	if (!log_kernel(DAEMON_INFO, text))
		fprintf(stderr, "bpflock: %s\n", text);
}
