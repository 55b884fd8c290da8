// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/lookup.h"
#include "kernel/pinning.h"
#include "kernel/pins.h"
#include "util/log.h"

#define GONE_TRIES   200
#define GONE_STEP_US 10000
#define HOLD_TRIES   300
#define HOLD_STEP_US 100000

int pins_hold(void)
{
	int fd = open(BPFFS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (int i = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB); i++) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			break;
		if (i == HOLD_TRIES) {
			close(fd);
			return -EBUSY;
		}
		usleep(HOLD_STEP_US);
	}
	return fd;
}

static int remove_pins(const char *name)
{
	char path[PIN_PATH_MAX];
	struct dirent *entry;
	int err = 0;
	DIR *dir;

	dir = opendir(pins_path(path, name, NULL));
	if (!dir)
		return errno == ENOENT ? 0 : -errno;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' &&
		    unlinkat(dirfd(dir), entry->d_name, 0))
			err = -errno;
	closedir(dir);
	return err ? err : rmdir(path) ? -errno : 0;
}

/*
 * It is tried twice. A replacement is done once the new pins are in place, and
 * must not fail for the old ones.
 */
int pins_remove(const char *name)
{
	return remove_pins(name) ? remove_pins(name) : 0;
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

/* Removes a directory of pins of the protection, and waits for the effect. */
static int take_off(const struct protection *p, const char *dir)
{
	struct pinned in;
	int err;

	pins_read_in(p, dir, &in);
	pins_close(&in);
	err = pins_remove(dir);
	for (int i = 0; i < HOOKS_MAX && !err; i++)
		wait_gone(in.hook[i].prog_id);
	/* That reading was perhaps denied, and no program ids are known. */
	if (!err && p == &protections[BPFLOCK_DISABLEBPF])
		wait_allowed();
	return err;
}

/* "kimg_off" */
static const char *with_end(const struct protection *p, const char *end,
			    char name[PIN_NAME_MAX])
{
	snprintf(name, PIN_NAME_MAX, "%s_%s", p->key, end);
	return name;
}

/* The new name says that these pins go, even if this process is killed now. */
int pins_take_off(const struct protection *p)
{
	char from[PIN_PATH_MAX], to[PIN_PATH_MAX], off[PIN_NAME_MAX];
	int err = pins_remove(with_end(p, "off", off));

	if (err)
		return err;
	pins_path(from, p->key, NULL);
	if (rename(from, pins_path(to, off, NULL)))
		return errno == ENOENT ? 0 : -errno;
	return take_off(p, off);
}

/*
 * Pins have no permission bits. The kernel then asks for CAP_DAC_OVERRIDE
 * before BPF_OBJ_GET gives the object of a pin, through an O_PATH descriptor as
 * well, and self denies that to other processes.
 */
#define NO_BITS 0777

static int pin_map(int map, const char *dir, const char *pin)
{
	mode_t mask = umask(NO_BITS);
	char path[PIN_PATH_MAX];
	int err = bpf_obj_pin(map, pins_path(path, dir, pin)) ? -errno : 0;

	umask(mask);
	return err;
}

static int pin_copy(int record, const struct protection *p, const char *dir)
{
	int fd = pins_copy(record, p), err;

	if (fd < 0)
		return fd;
	err = pin_map(fd, dir, "policy");
	close(fd);
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
	err = pin_copy(find_map_fd(obj, name), p, dir);
	if (err)
		return err;
	snprintf(name, sizeof(name), "%s_counters", p->key);
	err = pin_map(find_map_fd(obj, name), dir, "counters");
	mask = umask(NO_BITS);
	/* Protections share the link of programs that are merged. */
	for (unsigned int i = 0; i < p->n_hooks && !err; i++)
		if (links[i] &&
		    bpf_obj_pin(bpf_link__fd(links[i]),
				pins_path(path, dir, p->hooks[i].name)))
			err = -errno;
	umask(mask);
	return err;
}

const char *pins_staged(const struct protection *p, char name[PIN_NAME_MAX])
{
	return with_end(p, "new", name);
}

static void report_pins(const char *what, const char *dir, int err)
{
	log_error("%s %s/%s: %s", what, PINS, dir, strerror(-err));
}

int pins_stage(struct bpf_object *obj, const struct protection *p,
	       struct bpf_link *const links[HOOKS_MAX])
{
	char dir[PIN_NAME_MAX];
	int err = pins_remove(pins_staged(p, dir));

	if (!err)
		err = pin_all(obj, p, links, dir);
	if (!err)
		return 0;
	report_pins("pin", dir, err);
	pins_remove(dir);
	return err;
}

int pins_unstage(const struct protection *p)
{
	char dir[PIN_NAME_MAX];
	int err = take_off(p, pins_staged(p, dir));

	if (err)
		report_pins("remove", dir, err);
	return err;
}

/*
 * Exchanges two directories. bpffs can do that at once from 5.16 on
 * (fs/libfs.c:simple_rename()); before, one moves to @spare for a moment.
 */
static int exchange(const char *a, const char *b, const char *spare)
{
	int err;

	if (!syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE))
		return 0;
	if (errno != EINVAL)
		return -errno;
	if (rename(b, spare))
		return -errno;
	if (rename(a, b)) {
		err = -errno;
	} else {
		if (!rename(spare, a))
			return 0;
		err = -errno;
		rename(b, a);
	}
	if (rename(spare, b))
		log_error("rename %s: %s: it has the pins of %s", spare,
			  strerror(errno), b);
	return err;
}

int pins_swap(const struct protection *p)
{
	char staged[PIN_PATH_MAX], used[PIN_PATH_MAX], spare[PIN_PATH_MAX];
	char new[PIN_NAME_MAX], third[PIN_NAME_MAX];
	int err = 0;

	snprintf(third, sizeof(third), "%s_old", p->key);
	pins_path(staged, pins_staged(p, new), NULL);
	pins_path(used, p->key, NULL);
	pins_path(spare, third, NULL);
	if (access(staged, F_OK))
		err = rename(used, staged) ? -errno : 0;
	else if (access(used, F_OK))
		err = rename(staged, used) ? -errno : 0;
	else
		err = pins_remove(third) ?: exchange(staged, used, spare);
	if (err)
		report_pins("rename", new, err);
	return err;
}

/* Removes a directory that a process has left, unless that is denied. */
static void remove_left(const char *dir)
{
	char path[PIN_PATH_MAX];
	int err = access(pins_path(path, dir, NULL), F_OK) ? 0 :
							     pins_remove(dir);

	if (err)
		report_pins("remove", dir, err);
}

void pins_settle(const struct protection *p, bool before)
{
	char new[PIN_NAME_MAX], old[PIN_NAME_MAX], off[PIN_NAME_MAX];
	char used[PIN_PATH_MAX], path[PIN_PATH_MAX];

	with_end(p, "old", old);
	pins_path(used, p->key, NULL);
	if (access(used, F_OK))
		rename(pins_path(path, old, NULL), used);
	remove_left(old);
	remove_left(with_end(p, "off", off));
	/* Without pins in use these may be all that is in force. */
	if (!before || !access(used, F_OK))
		remove_left(pins_staged(p, new));
}
