// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "frozen.h"
#include "load.h"
#include "log.h"
#include "object.h"

#define WARNINGS_LEN 600

/* What libbpf said last: it is shown only if loading fails in the end. */
static char warnings[WARNINGS_LEN];

static int keep_warning(enum libbpf_print_level level, const char *fmt,
			va_list args)
{
	char line[WARNINGS_LEN];

	if (level != LIBBPF_WARN)
		return 0;
	vsnprintf(line, sizeof(line), fmt, args);
	line[strcspn(line, "\n")] = 0;
	/* It tries to give each program all policies, also those left out. */
	if (!warnings[0] && !strstr(line, "failed to bind map"))
		snprintf(warnings, sizeof(warnings), "%s", line);
	return 0;
}

static bool has_prefix(const char *name, const char *key)
{
	size_t len = strlen(key);

	return !strncmp(name, key, len) && name[len] == '_';
}

static struct loading *loading_of(struct loading *l, unsigned int n,
				  const char *name)
{
	for (unsigned int i = 0; i < n; i++)
		if (has_prefix(name, l[i].p->key))
			return &l[i];
	return NULL;
}

static int hook_of(const struct loading *l, const char *prog)
{
	const char *name = prog + strlen(l->p->key) + 1;

	for (int i = 0; i < HOOKS_MAX && l->p->hooks[i].name; i++)
		if (!strcmp(l->p->hooks[i].name, name))
			return i;
	return -1;
}

/* Only the programs that some policy needs, the others are not looked at. */
static void choose_programs(struct bpf_object *obj, struct loading *l,
			    unsigned int n)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, obj) {
		const char *name = bpf_program__name(prog);
		struct loading *of = loading_of(l, n, name);
		int hook = of ? hook_of(of, name) : -1;

		bpf_program__set_autoload(
			prog, hook >= 0 && frozen_needs_hook(&of->policy, of->p,
							     hook));
	}
}

static int set_policy(struct bpf_map *map, const struct loading *l)
{
	if (bpf_map__set_initial_value(map, &l->policy, sizeof(l->policy))) {
		log_error("%s: the policy in the BPF object has another size: "
			  "build again from a clean tree",
			  l->p->key);
		return -EINVAL;
	}
	return 0;
}

/* Use the ring that is pinned already, or make one of the asked size. */
static int share_map(struct bpf_map *map, const char *name,
		     unsigned int entries)
{
	char path[PIN_PATH_MAX];
	int fd, err;

	fd = bpf_obj_get(pins_path(path, name, NULL));
	if (fd >= 0) {
		err = bpf_map__reuse_fd(map, fd);
		close(fd);
		return err;
	}
	if (errno != ENOENT)
		return -errno;
	if (entries)
		bpf_map__set_max_entries(map, entries);
	return bpf_map__set_pin_path(map, path);
}

/* What all protections share: made once, then taken from its pin. */
static bool is_shared(const char *name)
{
	return !strcmp(name, "events_lost") || !strcmp(name, "late_state");
}

static int choose_maps(struct bpf_object *obj, struct loading *l,
		       unsigned int n, unsigned int events)
{
	struct bpf_map *map;
	int err = 0;

	bpf_object__for_each_map(map, obj) {
		const char *name = bpf_map__name(map);
		bool policy = !strncmp(name, ".rodata.", 8);
		struct loading *of = NULL;

		if (!strcmp(name, "events"))
			err = share_map(map, name, events);
		else if (is_shared(name))
			err = share_map(map, name, 0);
		else if (policy)
			for (unsigned int i = 0; i < n && !of; i++)
				of = strcmp(name + 8, l[i].p->key) ? NULL :
								     &l[i];
		else
			of = loading_of(l, n, name);
		if (policy && of)
			err = set_policy(map, of);
		else if (!of && strcmp(name, "events") && !is_shared(name))
			bpf_map__set_autocreate(map, false);
		if (err)
			return err;
	}
	return 0;
}

/* May helpers read the kernel's memory? It decides what can be decided. */
static void choose_reads(struct loading *l, unsigned int n, bool strings)
{
	for (unsigned int i = 0; i < n; i++) {
		l[i].policy.read_strings = strings;
		if (!strings)
			frozen_drop(&l[i].policy, l[i].needs_reads);
	}
}

static struct bpf_object *open_and_load(struct loading *l, unsigned int n,
					unsigned int events, bool strings,
					int *err)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = "bpflock");
	struct bpf_object *obj = NULL;
	size_t size;
	void *file = object_unpack(&size);

	if (file)
		obj = bpf_object__open_mem(file, size, &opts);
	if (!obj) {
		*err = -errno;
		free(file);
		return NULL;
	}
	choose_reads(l, n, strings);
	choose_programs(obj, l, n);
	*err = choose_maps(obj, l, n, events);
	if (!*err)
		*err = bpf_object__load(obj);
	free(file); /* libbpf reads it until the programs are loaded */
	if (!*err)
		return obj;
	bpf_object__close(obj);
	return NULL;
}

static int attach(struct bpf_object *obj, struct loading *l, unsigned int n)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, obj) {
		const char *name = bpf_program__name(prog);
		struct loading *of;
		struct bpf_link *link;

		if (!bpf_program__autoload(prog))
			continue;
		of = loading_of(l, n, name);
		link = bpf_program__attach(prog);
		if (!link) {
			int err = -errno;

			log_error("attach %s: %s (%s)", name, strerror(-err),
				  warnings);
			return err;
		}
		of->link[hook_of(of, name)] = link;
	}
	return 0;
}

static void detach(struct loading *l)
{
	for (int i = 0; i < HOOKS_MAX; i++) {
		bpf_link__destroy(l->link[i]);
		l->link[i] = NULL;
	}
}

static int pin_map(struct bpf_object *obj, const char *name, const char *folder,
		   const char *pin)
{
	struct bpf_map *map = bpf_object__find_map_by_name(obj, name);
	char path[PIN_PATH_MAX];

	if (!map)
		return -ENOENT;
	return bpf_obj_pin(bpf_map__fd(map), pins_path(path, folder, pin)) ?
		       -errno :
		       0;
}

static int pin_all(struct bpf_object *obj, struct loading *l,
		   const char *folder)
{
	char path[PIN_PATH_MAX], name[64];
	int err;

	if (mkdir(pins_path(path, folder, NULL), 0700))
		return -errno;
	snprintf(name, sizeof(name), ".rodata.%s", l->p->key);
	err = pin_map(obj, name, folder, "policy");
	if (err)
		return err;
	snprintf(name, sizeof(name), "%s_counters", l->p->key);
	err = pin_map(obj, name, folder, "counters");
	for (int i = 0; i < HOOKS_MAX && !err; i++)
		if (l->link[i])
			err = bpf_link__pin(l->link[i],
					    pins_path(path, folder,
						      l->p->hooks[i].name));
	return err;
}

/*
 * The new folder is complete before the old one goes: while both are there,
 * both deny.
 */
static int pin(struct bpf_object *obj, struct loading *l)
{
	char old[PIN_PATH_MAX], new[PIN_PATH_MAX], folder[32];
	int err;

	snprintf(folder, sizeof(folder), "%s_new", l->p->key);
	pins_path(new, folder, NULL);
	pins_path(old, l->p->key, NULL);
	err = pins_remove(folder);
	if (!err)
		err = pin_all(obj, l, folder);
	if (!err)
		err = pins_take_off(l->p);
	if (!err && rename(new, old))
		err = -errno;
	if (!err)
		return 0;
	log_error("pin %s: %s", new, strerror(-err));
	pins_remove(folder);
	return err;
}

static int map_fd(struct bpf_object *obj, const char *name)
{
	struct bpf_map *map = bpf_object__find_map_by_name(obj, name);

	return map && bpf_map__autocreate(map) ? bpf_map__fd(map) : -1;
}

/* Maps that only programs may write from now on: bpf/chain.h, bpf/maps.h */
static int freeze(struct bpf_object *obj)
{
	static const char *const names[] = { "self_bpffs", "late_state" };

	for (int i = 0; i < 2; i++) {
		int fd = map_fd(obj, names[i]);

		if (fd < 0 || pins_frozen(fd) || !bpf_map_freeze(fd))
			continue;
		log_error("freeze the map %s: %s", names[i], strerror(errno));
		return -errno;
	}
	return 0;
}

/* From a folder that is made programs learn which bpffs the pins are in. */
static int show_bpffs(struct bpf_object *obj)
{
	int fd = map_fd(obj, "self_bpffs");
	char path[PIN_PATH_MAX];
	uint32_t key = 0;
	uint64_t sb = 0;

	if (fd < 0)
		return 0;
	pins_path(path, "here", NULL);
	mkdir(path, 0700);
	rmdir(path);
	if (!bpf_map_lookup_elem(fd, &key, &sb) && sb)
		return 0;
	log_error("self: the bpffs at %s was not found: is another one "
		  "mounted over it?",
		  PINS);
	return -EIO;
}

int load_protections(struct loading *l, unsigned int n, unsigned int events)
{
	struct bpf_object *obj;
	int err = 0;

	libbpf_set_print(keep_warning);
	if (mkdir(PINS, 0) && errno != EEXIST) {
		err = -errno;
		log_error("mkdir %s: %s", PINS, strerror(-err));
		return err;
	}
	/*
	 * lockdown=confidentiality, and our own kimg with bpf_read blocked,
	 * refuse the helper that reads strings for the events: do without.
	 */
	warnings[0] = 0;
	obj = open_and_load(l, n, events, true, &err);
	if (!obj) {
		warnings[0] = 0;
		obj = open_and_load(l, n, events, false, &err);
	}
	if (!obj) {
		log_error("load BPF programs for %s%s: %s (%s)%s", l[0].p->key,
			  n > 1 ? " and others" : "", strerror(-err), warnings,
			  pins_hint(err));
		return err;
	}
	err = freeze(obj);
	if (!err)
		err = attach(obj, l, n);
	if (!err)
		err = show_bpffs(obj);
	for (unsigned int i = 0; i < n && !err; i++)
		err = pin(obj, &l[i]);
	/* Pins hold what is attached; without them it goes with the links. */
	for (unsigned int i = 0; i < n; i++)
		detach(&l[i]);
	bpf_object__close(obj);
	return err;
}
