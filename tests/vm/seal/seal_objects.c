// SPDX-License-Identifier: GPL-2.0-or-later
/* Attempts on the lock by descriptors of its maps, links and programs. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "seal/seal.h"
#include "seal/seal_bpf.h"

#define OUR_MAP "self_counters"

static const char *const our_names[] = { OUR_MAP, "self_bpffs" };
#define OUR_MAPS (sizeof(our_names) / sizeof(*our_names))

static int our_map, our_maps[OUR_MAPS] = { -1, -1 };
static uint32_t link_id, prog_id;

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

/*
 * Those of the last attempt go. A program that used one is freed after a grace
 * period of RCU, and the map with it.
 */
static void drop_ours(void)
{
	int made = our_maps[0];

	for (unsigned int i = 0; i < OUR_MAPS; i++) {
		close(our_maps[i]);
		our_maps[i] = -1;
	}
	for (int i = 0; made >= 0 && i < 100 && bpf_map_named(OUR_MAP) > 0; i++)
		usleep(10000);
}

/* Without a lock: new maps with the names that its maps have. */
static void make_ours(void)
{
	drop_ours();
	our_map = bpf_map_named(OUR_MAP);
	if (our_map)
		return;
	for (unsigned int i = 0; i < OUR_MAPS; i++)
		our_maps[i] = bpf_array(our_names[i], 8);
	our_map = bpf_map_named(OUR_MAP);
}

/* The link that is pinned there; zeros if there is none. */
static struct bpf_link_info link_at(const char *path)
{
	struct bpf_link_info info = { 0 };
	int fd = bpf_get(path, 0);
	union bpf_attr attr = { .info = { .bpf_fd = fd,
					  .info_len = sizeof(info),
					  .info = (uintptr_t)&info } };

	if (fd < 0)
		return info;
	bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	close(fd);
	return info;
}

/*
 * Descriptors of pins of the lock, which a host process leaves open for the
 * attempts that hold_pins. A pin that somebody holds keeps its program attached.
 */
static int hook_path = -1, record_path = -1;

void seal_hold_pins(void)
{
	hook_path = open(HOOK, O_PATH | O_CLOEXEC);
	record_path = open(POLICY, O_PATH | O_CLOEXEC);
}

void seal_drop_pins(void)
{
	close(hook_path);
	close(record_path);
	hook_path = record_path = -1;
}

static int get_through(int fd, unsigned int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return close_result(bpf_get(path, flags));
}

int get_hook_by_fd(void)
{
	return get_through(hook_path, 0);
}

int get_record_by_fd(void)
{
	return get_through(record_path, BPF_F_RDONLY);
}

void seal_objects(void)
{
	static int btf = -1;

	if (btf < 0)
		btf = load_btf();

	pin_new(bpf_array("seal_test", 4), PIN);
	pin_new(make_link(), PIN_LINK);
	make_ours();
	prog_id = link_at(HOOK).prog_id;
	/* not the first of all links, which may be going away */
	link_id = link_at(PIN_LINK).id;
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

int map_freeze(void)
{
	int ret, fd = bpf_map_by_id(our_map, 0);

	if (fd < 0)
		return fd;
	ret = bpf(BPF_MAP_FREEZE, &(union bpf_attr){ .map_fd = fd });
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

int prog_open(void)
{
	return bpf(BPF_PROG_GET_FD_BY_ID,
		   &(union bpf_attr){ .prog_id = prog_id });
}

int prog_by_id(void)
{
	return close_result(prog_open());
}

/* It gives types, nothing else. */
int btf_by_id(void)
{
	union bpf_attr attr = { 0 };

	if (bpf(BPF_BTF_GET_NEXT_ID, &attr))
		return -ENOENT;
	attr = (union bpf_attr){ .btf_id = attr.next_id };
	return close_result(bpf(BPF_BTF_GET_FD_BY_ID, &attr));
}

/* They give numbers, nothing else. */
int next_ids(void)
{
	static const int commands[] = { BPF_PROG_GET_NEXT_ID,
					BPF_MAP_GET_NEXT_ID,
					BPF_LINK_GET_NEXT_ID,
					BPF_BTF_GET_NEXT_ID };
	int ret = 0;

	for (unsigned int i = 0; i < 4 && !ret; i++)
		ret = bpf(commands[i], &(union bpf_attr){ 0 });
	return ret;
}

int link_detach(void)
{
	int ret, fd = bpf_get(HOOK, 0);

	if (fd < 0)
		return fd;
	ret = bpf(BPF_LINK_DETACH,
		  &(union bpf_attr){ .link_detach = { .link_fd = fd } });
	close(fd);
	return ret;
}

int link_update(void)
{
	int ret, prog, fd = bpf_get(HOOK, 0);
	union bpf_attr attr = { 0 };

	if (fd < 0)
		return fd;
	prog = prog_open();
	attr.link_update.link_fd = fd;
	attr.link_update.new_prog_fd = prog;
	ret = bpf(BPF_LINK_UPDATE, &attr);
	close(prog);
	close(fd);
	return ret;
}
