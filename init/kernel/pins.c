// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/copy.h"
#include "kernel/map.h"
#include "kernel/record.h"
#include "kernel/pins.h"

#define PROG_MAPS 64 /* more than a program of ours uses */

const char *pins_path(char path[PIN_PATH_MAX], const char *dir,
		      const char *name)
{
	snprintf(path, PIN_PATH_MAX, "%s/%s%s%s", PINS, dir, name ? "/" : "",
		 name ? name : "");
	return path;
}

static bool prog_uses_map(int prog_fd, uint32_t map_id, uint32_t *prog_id)
{
	uint32_t ids[PROG_MAPS] = { 0 };
	struct bpf_prog_info info = { .map_ids = (uintptr_t)ids,
				      .nr_map_ids = PROG_MAPS };
	uint32_t len = sizeof(info);

	if (bpf_prog_get_info_by_fd(prog_fd, &info, &len))
		return false;
	*prog_id = info.id;
	for (uint32_t i = 0; i < info.nr_map_ids && i < PROG_MAPS; i++)
		if (ids[i] == map_id)
			return true;
	return false;
}

static void read_hook(struct pinned_hook *h, const char *path, uint32_t map_id)
{
	struct bpf_link_info info = { 0 };
	uint32_t len = sizeof(info);
	int link = bpf_obj_get(path);

	if (link < 0)
		return;
	if (!bpf_link_get_info_by_fd(link, &info, &len) &&
	    info.type == BPF_LINK_TYPE_TRACING &&
	    info.tracing.attach_type == BPF_LSM_MAC)
		h->prog_fd = bpf_prog_get_fd_by_id(info.prog_id);
	close(link);
	if (h->prog_fd < 0 || prog_uses_map(h->prog_fd, map_id, &h->prog_id))
		return;
	close(h->prog_fd);
	h->prog_fd = -1;
}

/*
 * What the map pinned as "policy" holds. The programs decide by the record itself,
 * another map, of which no process has a descriptor under the seal.
 */
struct record_copy {
	uint64_t record_id; /* of the map */
	struct bpflock_record record;
};

int pins_copy(int record, const struct protection *p)
{
	struct bpf_map_info info = { 0 };
	static struct record_copy copy;
	uint32_t len = sizeof(info), key = 0;
	char name[64];

	if (bpf_map_get_info_by_fd(record, &info, &len) ||
	    bpf_map_lookup_elem(record, &key, &copy.record))
		return -errno;
	copy.record_id = info.id;
	snprintf(name, sizeof(name), "%s_policy", p->key);
	return copy_make(name, &copy, sizeof(copy));
}

static int read_copy(const char *path, struct record_copy *copy)
{
	int err = copy_read(path, copy, sizeof(*copy));

	return err ? err : record_check(&copy->record);
}

/* Under the seal, looking at more than copies would be denied, counted and reported. */
static bool sealed(void)
{
	static struct record_copy copy;
	char path[PIN_PATH_MAX];

	return !read_copy(pins_path(path, "self", "policy"), &copy) &&
	       copy.record.now.masks.deny_host & BPFLOCK_BIT(SELF_WRITES);
}

/*
 * Without the seal root can overwrite the record, and the copy proves nothing.
 * Return: 0 or -errno.
 */
static int read_record(struct record_copy *copy)
{
	LIBBPF_OPTS(bpf_get_fd_by_id_opts, opts, .open_flags = BPF_F_RDONLY);
	int fd = bpf_map_get_fd_by_id_opts(copy->record_id, &opts), err = 0;
	uint32_t key = 0;

	if (fd < 0)
		return -errno;
	if (bpf_map_lookup_elem(fd, &key, &copy->record))
		err = -errno;
	close(fd);
	return err ? err : record_check(&copy->record);
}

int pins_read_in(const struct protection *p, const char *dir,
		 struct pinned *out)
{
	static struct record_copy copy;
	char path[PIN_PATH_MAX];
	struct stat st;
	int err;

	memset(out, 0, sizeof(*out));
	for (int i = 0; i < HOOKS_MAX; i++)
		out->hook[i].prog_fd = -1;
	if (stat(pins_path(path, dir, NULL), &st))
		return errno == ENOENT ? 0 : -errno;
	out->present = true;
	err = read_copy(pins_path(path, dir, "policy"), &copy);
	if (!err && !sealed())
		err = read_record(&copy);
	if (!err && !record_knows(&copy.record, p))
		err = -EPROTO;
	if (err)
		return err == -EPERM || err == -EACCES || err == -EPROTO ? err :
									   0;
	out->record = copy.record;
	out->has_record = true;
	for (int i = 0; i < (int)p->n_hooks; i++)
		read_hook(&out->hook[i], pins_path(path, dir, p->hooks[i].name),
			  copy.record_id);
	return 0;
}

int pins_read(const struct protection *p, struct pinned *out)
{
	return pins_read_in(p, p->key, out);
}

void pins_close(struct pinned *in)
{
	for (int i = 0; i < HOOKS_MAX; i++)
		if (in->hook[i].prog_fd >= 0)
			close(in->hook[i].prog_fd);
}

bool pins_complete(const struct protection *p, const struct pinned *in)
{
	if (!in->has_record)
		return false;
	for (int i = 0; i < (int)p->n_hooks; i++)
		if (record_needs_hook(&in->record, p, i) &&
		    in->hook[i].prog_fd < 0)
			return false;
	return true;
}

bool pins_late(void)
{
	char path[PIN_PATH_MAX];
	int fd = sealed() ? -1 : map_open(pins_path(path, "late_state", NULL));
	uint64_t state = 0;
	struct stat st;
	uint32_t key = 0;

	/* Only a directory turns them on, no pin or symbolic link of that name. */
	if (fd < 0)
		return !lstat(pins_path(path, BPFLOCK_LATE, NULL), &st) &&
		       S_ISDIR(st.st_mode);
	if (bpf_map_lookup_elem(fd, &key, &state))
		state = 0;
	close(fd);
	return state;
}

/* As in a container, or in a session of pam_namespace. */
static bool in_other_mount_namespace(void)
{
	struct stat own, first;

	return !stat("/proc/self/ns/mnt", &own) &&
	       (stat("/proc/1/ns/mnt", &first) || own.st_ino != first.st_ino);
}

const char *pins_hint(int err)
{
	char path[PIN_PATH_MAX];

	if (err == -EPROTO)
		return ": another version of bpflock loaded it: use that "
		       "version's bpflock, or boot again";
	if (err != -EPERM && err != -EACCES)
		return "";
	if (!geteuid() && in_other_mount_namespace())
		return ": this process is in another mount namespace than PID "
		       "1 (a container, or a session of pam_namespace)";
	if (err == -EPERM && !access(pins_path(path, "disablebpf", NULL), F_OK))
		return ": disablebpf denies it: take it off first (disablebpf "
		       "-p allow)";
	return "";
}

int pins_counters(const struct protection *p, struct bpflock_counter *out)
{
	char path[PIN_PATH_MAX];
	int fd = map_open(pins_path(path, p->key, "counters")), err = 0;

	if (fd < 0)
		return -errno;
	for (uint32_t op = 0; op < BPFLOCK_OPS_MAX && !err; op++)
		if (bpf_map_lookup_elem(fd, &op, &out[op]))
			err = -errno;
	close(fd);
	return err;
}
