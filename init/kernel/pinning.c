// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/pinning.h"
#include "kernel/pins.h"
#include "util/log.h"

#define GONE_TRIES   200
#define GONE_STEP_US 10000

int pins_remove(const char *name)
{
	char path[PIN_PATH_MAX];
	struct dirent *entry;
	int err = 0;
	DIR *dir;

	dir = opendir(pins_path(path, name, NULL));
	if (!dir)
		return errno == ENOENT ? 0 : -errno;
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (unlinkat(dirfd(dir), entry->d_name, 0))
			err = -errno;
	}
	closedir(dir);
	if (!err && rmdir(path))
		err = -errno;
	return err;
}

static void wait_gone(uint32_t prog_id)
{
	for (int i = 0; prog_id && i < GONE_TRIES; i++) {
		int fd = bpf_prog_get_fd_by_id(prog_id);

		if (fd < 0)
			return;
		close(fd);
		usleep(GONE_STEP_US);
	}
}

/* Wait until bpf(2) is no longer denied to this process. */
static void wait_allowed(void)
{
	for (int i = 0; i < GONE_TRIES; i++) {
		if ((bpf_prog_get_fd_by_id(0) >= 0 || errno != EPERM) &&
		    (bpf_obj_get("") >= 0 || errno != EPERM))
			return;
		usleep(GONE_STEP_US);
	}
}

int pins_take_off(const struct protection *p)
{
	struct pinned in;
	int err = pins_read(p, &in);

	pins_close(&in);
	if (!err || err == -EPERM)
		err = pins_remove(p->key);
	for (int i = 0; i < HOOKS_MAX && !err; i++)
		wait_gone(in.hook[i].prog_id);
	/* pins_read() was perhaps denied and knows no program ids. */
	if (!err && p == &protections[BPFLOCK_DISABLEBPF])
		wait_allowed();
	return err;
}

/*
 * Pins have no permission bits. The kernel then asks for CAP_DAC_OVERRIDE
 * before BPF_OBJ_GET gives the object of a pin, through an O_PATH descriptor as
 * well, and self denies that to other processes.
 */
#define NO_BITS 0777

static int pin_map(struct bpf_object *obj, const char *name, const char *dir,
		   const char *pin)
{
	struct bpf_map *map = bpf_object__find_map_by_name(obj, name);
	char path[PIN_PATH_MAX];
	mode_t mask;
	int err;

	if (!map)
		return -ENOENT;
	mask = umask(NO_BITS);
	err = bpf_obj_pin(bpf_map__fd(map), pins_path(path, dir, pin)) ?
		      -errno :
		      0;
	umask(mask);
	return err;
}

static int pin_all(struct bpf_object *obj, const struct protection *p,
		   struct bpf_link *const links[HOOKS_MAX], const char *dir)
{
	char path[PIN_PATH_MAX], name[64];
	mode_t mask;
	int err;

	if (mkdir(pins_path(path, dir, NULL), 0700))
		return -errno;
	snprintf(name, sizeof(name), ".rodata.%s", p->key);
	err = pin_map(obj, name, dir, "policy");
	if (err)
		return err;
	snprintf(name, sizeof(name), "%s_counters", p->key);
	err = pin_map(obj, name, dir, "counters");
	mask = umask(NO_BITS);
	for (unsigned int i = 0; i < p->n_hooks && !err; i++)
		if (links[i])
			err = bpf_link__pin(links[i],
					    pins_path(path, dir,
						      p->hooks[i].name));
	umask(mask);
	return err;
}

int pins_make(struct bpf_object *obj, const struct protection *p,
	      struct bpf_link *const links[HOOKS_MAX])
{
	char old[PIN_PATH_MAX], new[PIN_PATH_MAX], dir[32];
	int err;

	snprintf(dir, sizeof(dir), "%s_new", p->key);
	pins_path(new, dir, NULL);
	pins_path(old, p->key, NULL);
	err = pins_remove(dir);
	if (!err)
		err = pin_all(obj, p, links, dir);
	if (!err)
		err = pins_take_off(p);
	if (!err && rename(new, old))
		err = -errno;
	if (!err)
		return 0;
	log_error("pin %s: %s", new, strerror(-err));
	pins_remove(dir);
	return err;
}
