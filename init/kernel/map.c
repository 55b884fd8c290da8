// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <stdio.h>
#include <string.h>

#include "kernel/map.h"
#include "util/files.h"

int map_open(const char *path)
{
	LIBBPF_OPTS(bpf_obj_get_opts, opts, .file_flags = BPF_F_RDONLY);

	return bpf_obj_get_opts(path, &opts);
}

/* bpf_map_info does not have this; fdinfo does. */
bool map_frozen(int fd)
{
	char path[40], text[512];

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	return file_read(path, text, sizeof(text)) > 0 &&
	       strstr(text, "frozen:\t1");
}
