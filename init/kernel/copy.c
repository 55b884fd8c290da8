// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#include "kernel/account.h"
#include "kernel/copy.h"
#include "kernel/map.h"

static int make_map(const char *name, size_t size)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_RDONLY_PROG);
	uid_t uid = account_begin();
	int fd = bpf_map_create(BPF_MAP_TYPE_QUEUE, name, 0, size, 1, &opts);

	if (fd < 0)
		fd = -errno;
	account_end(uid);
	return fd;
}

int copy_make(const char *name, const void *value, size_t size)
{
	int fd = make_map(name, size), err;

	if (fd < 0 || (!bpf_map_update_elem(fd, NULL, value, BPF_ANY) &&
		       !bpf_map_freeze(fd)))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

int copy_read(const char *path, void *value, size_t size)
{
	struct bpf_map_info info = { 0 };
	uint32_t len = sizeof(info);
	int fd = map_open(path), err = 0;

	if (fd < 0)
		return -errno;
	if (bpf_map_get_info_by_fd(fd, &info, &len) ||
	    !(info.map_flags & BPF_F_RDONLY_PROG) || !map_frozen(fd))
		err = -EINVAL;
	else if (info.type != BPF_MAP_TYPE_QUEUE || info.value_size != size)
		err = -EPROTO;
	else if (bpf_map_lookup_elem(fd, NULL, value))
		err = -EINVAL;
	close(fd);
	return err;
}
