// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/kept.h"
#include "kernel/pins.h"

#define KEPT	 "asked"
#define KEPT_NEW "asked_new"

/*
 * The name makes the map one of the lock's own (bpf/self_objects.h), and with
 * BPF_F_RDONLY_PROG self lets the tool read it.
 */
static int make_map(const struct kept *k)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_RDONLY_PROG);
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, "self_asked",
				sizeof(uint32_t), sizeof(*k), 1, &opts);
	uint32_t key = 0;
	int err;

	if (fd < 0)
		return -errno;
	if (!bpf_map_update_elem(fd, &key, k, BPF_ANY) && !bpf_map_freeze(fd))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

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
	fd = make_map(k);
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
	struct bpf_map_info info = { 0 };
	uint32_t len = sizeof(info), key = 0;
	char path[PIN_PATH_MAX];
	int fd = pins_open(pins_path(path, KEPT, NULL)), err = 0;

	memset(k, 0, sizeof(*k));
	if (fd < 0)
		return -errno;
	if (bpf_map_get_info_by_fd(fd, &info, &len) ||
	    info.value_size != sizeof(*k) || !pins_frozen(fd) ||
	    bpf_map_lookup_elem(fd, &key, k) ||
	    k->version != BPFLOCK_RECORD_VERSION)
		err = -EINVAL;
	close(fd);
	if (err)
		memset(k, 0, sizeof(*k));
	return err;
}
