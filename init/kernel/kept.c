// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/copy.h"
#include "kernel/kept.h"
#include "kernel/pins.h"

#define KEPT	 "asked"
#define KEPT_NEW "asked_new"

int kept_write(const struct kept *k)
{
	char new[PIN_PATH_MAX], path[PIN_PATH_MAX];
	static struct kept is;
	int fd, err = 0;

	/* Padding is zero in both. */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	if (!kept_read(&is) && !memcmp(&is, k, sizeof(is)))
		return 0;
	if (mkdir(PINS, 0) && errno != EEXIST)
		return -errno;
	fd = copy_make("self_asked", k, sizeof(*k));
	if (fd < 0)
		return fd;
	pins_path(new, KEPT_NEW, NULL);
	unlink(new);
	if (bpf_obj_pin(fd, new) || rename(new, pins_path(path, KEPT, NULL)))
		err = -errno;
	close(fd);
	if (err)
		unlink(new);
	return err;
}

int kept_read(struct kept *k)
{
	char path[PIN_PATH_MAX];
	int err = copy_read(pins_path(path, KEPT, NULL), k, sizeof(*k));

	if (!err && k->version != BPFLOCK_RECORD_VERSION)
		err = -EINVAL;
	if (err)
		memset(k, 0, sizeof(*k));
	return err;
}
