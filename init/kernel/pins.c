// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/files.h"
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

int pins_open(const char *path)
{
	LIBBPF_OPTS(bpf_obj_get_opts, opts, .file_flags = BPF_F_RDONLY);

	return bpf_obj_get_opts(path, &opts);
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

/* bpf_map_info does not have this; fdinfo does. */
bool pins_frozen(int fd)
{
	char path[40], text[512];

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	return file_read(path, text, sizeof(text)) > 0 &&
	       strstr(text, "frozen:\t1");
}

/*
 * A map that programs and processes can write is not a record of ours. One that
 * they cannot write, of another size or version, is the record of another version
 * of bpflock: -EPROTO.
 */
static int read_record(const char *path, struct bpflock_record *record,
		       uint32_t *id)
{
	struct bpf_map_info info = { 0 };
	uint32_t len = sizeof(info), key = 0;
	int fd = pins_open(path), err = 0;

	if (fd < 0)
		return -errno;
	if (bpf_map_get_info_by_fd(fd, &info, &len) ||
	    !(info.map_flags & BPF_F_RDONLY_PROG) || !pins_frozen(fd))
		err = -EINVAL;
	else if (info.value_size != sizeof(*record))
		err = -EPROTO;
	else if (bpf_map_lookup_elem(fd, &key, record))
		err = -EINVAL;
	else
		err = record_check(record);
	*id = info.id;
	close(fd);
	return err;
}

int pins_read_in(const struct protection *p, const char *dir,
		 struct pinned *out)
{
	char path[PIN_PATH_MAX];
	struct stat st;
	uint32_t id = 0;
	int err;

	memset(out, 0, sizeof(*out));
	for (int i = 0; i < HOOKS_MAX; i++)
		out->hook[i].prog_fd = -1;
	if (stat(pins_path(path, dir, NULL), &st))
		return errno == ENOENT ? 0 : -errno;
	out->present = true;
	err = read_record(pins_path(path, dir, "policy"), &out->record, &id);
	if (!err && !record_knows(&out->record, p))
		err = -EPROTO;
	if (err) {
		memset(&out->record, 0, sizeof(out->record));
		return err == -EPERM || err == -EACCES || err == -EPROTO ? err :
									   0;
	}
	out->has_record = true;
	for (int i = 0; i < (int)p->n_hooks; i++)
		read_hook(&out->hook[i], pins_path(path, dir, p->hooks[i].name),
			  id);
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

/* Where it is, looking at late_state would be denied, counted and reported. */
static bool sealed(void)
{
	static struct bpflock_record r;
	char path[PIN_PATH_MAX];
	uint32_t id;

	return !read_record(pins_path(path, "self", "policy"), &r, &id) &&
	       r.now.masks.deny_host & BPFLOCK_BIT(SELF_WRITES);
}

bool pins_late(void)
{
	char path[PIN_PATH_MAX];
	int fd = sealed() ? -1 : pins_open(pins_path(path, "late_state", NULL));
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
	int fd = pins_open(pins_path(path, p->key, "counters")), err = 0;

	if (fd < 0)
		return -errno;
	for (uint32_t op = 0; op < BPFLOCK_OPS_MAX && !err; op++)
		if (bpf_map_lookup_elem(fd, &op, &out[op]))
			err = -errno;
	close(fd);
	return err;
}
