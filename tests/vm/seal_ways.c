// SPDX-License-Identifier: GPL-2.0-or-later
/* Attacks on the lock with bpf(2). */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/btf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "seal.h"
#include "seal_bpf.h"

#define OUR_MAP "kimg_counters"

/* the numbers are found before anything keeps /sys from being read */
static uint32_t lsm_id, security_id;

static int make_link(void)
{
	int prog = bpf_load_return(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, 0, 0);
	union bpf_attr attr = {
		.raw_tracepoint = { .name = (uintptr_t) "sched_process_exit",
				    .prog_fd = prog }
	};
	int fd;

	if (prog < 0)
		return prog;
	fd = bpf(BPF_RAW_TRACEPOINT_OPEN, &attr);
	close(prog);
	return fd;
}

static void pin_new(int fd, const char *path)
{
	if (fd < 0)
		return;
	if (access(path, F_OK))
		bpf_pin(fd, path);
	close(fd);
}

static const char *const our_maps[] = { OUR_MAP, "self_counters", "self_bpffs",
					"escape_refused" };
static int our_map;
static uint32_t link_id;

void seal_objects(void)
{
	union bpf_attr attr = { 0 };

	if (!lsm_id) {
		lsm_id = bpf_function("bpf_lsm_file_open");
		security_id = bpf_function("security_bpf");
	}
	pin_new(bpf_array("seal_test", 4), PIN);
	pin_new(make_link(), PIN_LINK);
	our_map = bpf_map_named(OUR_MAP);
	if (!our_map) {
		/* a control: kept open, nothing of the lock is there */
		for (size_t i = 0; i < sizeof(our_maps) / sizeof(*our_maps);
		     i++)
			bpf_array(our_maps[i], 8);
		our_map = bpf_map_named(OUR_MAP);
	}
	bpf(BPF_LINK_GET_NEXT_ID, &attr);
	link_id = attr.next_id;
}

int load_lsm(void)
{
	return close_result(
		bpf_load_return(BPF_PROG_TYPE_LSM, BPF_LSM_MAC, lsm_id, 0));
}

int load_modify_return(void)
{
	return close_result(bpf_load_return(BPF_PROG_TYPE_TRACING,
					    BPF_MODIFY_RETURN, security_id, 0));
}

/* No function is named to replace, so it never loads; the errno tells. */
int load_extension(void)
{
	int fd = bpf_load_return(BPF_PROG_TYPE_EXT, 0, 0, 0);

	return fd == -EPERM ? fd : 0;
}

int load_filter(void)
{
	return close_result(
		bpf_load_return(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0, 0));
}

int map_to_read(void)
{
	return close_result(bpf_map_by_id(our_map, BPF_F_RDONLY));
}

int map_to_write(void)
{
	return close_result(bpf_map_by_id(our_map, 0));
}

int map_update(void)
{
	uint64_t value[2] = { 0 };
	int ret, fd = bpf_map_by_id(our_map, 0);

	if (fd < 0)
		return fd;
	ret = bpf_element(BPF_MAP_UPDATE_ELEM, fd, value);
	close(fd);
	return ret;
}

int map_make_ours(void)
{
	return close_result(bpf_array(OUR_MAP, 4));
}

int get_map(void)
{
	return close_result(bpf_get(PIN, 0));
}

int get_link(void)
{
	return close_result(bpf_get(PIN_LINK, 0));
}

int link_by_id(void)
{
	union bpf_attr attr = { .link_id = link_id };

	return close_result(bpf(BPF_LINK_GET_FD_BY_ID, &attr));
}

int pin_over(void)
{
	int ret, fd = bpf_array("seal_test", 4);

	if (fd < 0)
		return fd;
	unlink(OUTSIDE);
	ret = bpf_pin(fd, OUTSIDE);
	close(fd);
	if (!ret && rename(OUTSIDE, PIN))
		ret = -errno;
	unlink(OUTSIDE);
	return ret;
}

int pin_outside(void)
{
	int ret, fd = bpf_array("seal_test", 4);

	if (fd < 0)
		return fd;
	unlink(OUTSIDE);
	ret = bpf_pin(fd, OUTSIDE);
	close(fd);
	if (!ret && (chmod(OUTSIDE, 0640) || unlink(OUTSIDE)))
		ret = -errno;
	return ret;
}
