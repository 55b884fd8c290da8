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

#include "kernel/account.h"
#include "kernel/anchors.h"
#include "kernel/attach.h"
#include "kernel/load.h"
#include "kernel/lookup.h"
#include "kernel/merge.h"
#include "kernel/pinning.h"
#include "kernel/map.h"
#include "kernel/pins.h"
#include "kernel/prune.h"
#include "kernel/record.h"
#include "util/embedded.h"
#include "util/log.h"

#define WARNINGS_LEN 600

/* The first warning from libbpf; shown only if loading fails. */
static char warnings[WARNINGS_LEN];

static int keep_warning(enum libbpf_print_level level, const char *fmt,
			va_list args)
{
	char line[WARNINGS_LEN];

	if (level != LIBBPF_WARN)
		return 0;
	vsnprintf(line, sizeof(line), fmt, args);
	line[strcspn(line, "\n")] = 0;
	/*
	 * libbpf tries to bind every record to every program, unused ones too,
	 * and misses the line information, which the object does not have.
	 */
	if (!warnings[0] && !strstr(line, "failed to bind map") &&
	    !strstr(line, "line info"))
		snprintf(warnings, sizeof(warnings), "%s", line);
	return 0;
}

static const struct bpflock_record *record_of(const struct load *l)
{
	return l->reads ? l->record : l->without_reads;
}

/* Load only the programs that some record needs. */
static void choose_programs(struct bpf_object *obj, struct load *l,
			    unsigned int n)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, obj) {
		const char *name = bpf_program__name(prog);
		struct load *of = find_load(l, n, name);
		int hook = of ? find_hook(of, name) : -1;

		bpf_program__set_autoload(
			prog, hook >= 0 && record_needs_hook(record_of(of),
							     of->p, hook));
	}
}

/*
 * libbpf makes maps of read-only data that a process can map into memory. The
 * tool reads a record by bpf(2), and a map that cannot be mapped takes less.
 */
static int set_record(struct bpf_map *map, const struct load *l)
{
	uint32_t flags = bpf_map__map_flags(map) & ~BPF_F_MMAPABLE;
	int err = bpf_map__set_map_flags(map, flags);

	if (err)
		return err;
	if (bpf_map__set_initial_value(map, record_of(l), sizeof(*l->record))) {
		log_error("%s: the record in the BPF object has another size: "
			  "run make clean and build again",
			  l->p->key);
		return -EINVAL;
	}
	return 0;
}

/* Use the map that is pinned already, or make one of the asked size. */
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

/* Maps that all protections share: made once, then taken from the pin. */
static bool is_shared(const char *name)
{
	return !strcmp(name, "events_kinds") ||
	       !strcmp(name, "events_shares") || !strcmp(name, "events_lost") ||
	       !strcmp(name, "late_state");
}

static int choose_maps(struct bpf_object *obj, struct load *l, unsigned int n,
		       unsigned int events)
{
	struct bpf_map *map;
	int err = 0;

	bpf_object__for_each_map(map, obj) {
		const char *name = bpf_map__name(map);
		bool policy = !strncmp(name, ".rodata.", 8);
		struct load *of = NULL;

		if (!strcmp(name, "events"))
			err = share_map(map, name, events);
		else if (is_shared(name))
			err = share_map(map, name, 0);
		else if (policy)
			for (unsigned int i = 0; i < n && !of; i++)
				of = strcmp(name + 8, l[i].p->key) ? NULL :
								     &l[i];
		else
			of = find_load(l, n, name);
		if (policy && of)
			err = set_record(map, of);
		else if (!of && strcmp(name, "events") && !is_shared(name))
			bpf_map__set_autocreate(map, false);
		if (err)
			return err;
	}
	return 0;
}

static void prune(struct bpf_program *prog, const struct constant_maps *records)
{
	struct program_text text = { bpf_program__insns(prog),
				     bpf_program__insn_cnt(prog) };
	struct pruned left = { .funcs = bpf_program__func_info(prog),
			       .n_funcs = bpf_program__func_info_cnt(prog) };

	if (!prune_text(&text, records, &left))
		return;
	if (!bpf_program__set_insns(prog, left.insns, left.len))
		bpf_program__set_func_info_cnt(prog, left.n_funcs);
	free(left.insns);
}

/* What programs never run under their records is left out. */
static void prune_programs(struct bpf_object *obj, const struct load *l,
			   unsigned int n)
{
	struct constant_map record[BPFLOCK_PROTECTIONS];
	struct constant_maps records = { record, n };
	struct bpf_program *prog;
	char name[64];

	for (unsigned int i = 0; i < n; i++) {
		snprintf(name, sizeof(name), ".rodata.%s", l[i].p->key);
		record[i] = (struct constant_map){ find_map_fd(obj, name),
						   record_of(&l[i]),
						   sizeof(*l->record) };
	}
	bpf_object__for_each_program(prog, obj)
		if (bpf_program__autoload(prog))
			prune(prog, &records);
}

/* @merged: gets the programs that are merged; NULL: each stays alone. */
static struct bpf_object *open_and_load(struct load *l, unsigned int n,
					unsigned int events, bool reads,
					struct merged *merged, int *err)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = "bpflock");
	struct bpf_object *obj = NULL;
	size_t size;
	uid_t uid;
	void *file =
		embedded_unpack(l[0].old ? &old_bpf_object_gz : &bpf_object_gz,
				&size);

	if (file)
		obj = bpf_object__open_mem(file, size, &opts);
	if (!obj) {
		*err = -errno;
		free(file);
		return NULL;
	}
	for (unsigned int i = 0; i < n; i++)
		l[i].reads = reads;
	choose_programs(obj, l, n);
	*err = choose_maps(obj, l, n, events);
	if (merged)
		merge_prepare(obj);
	uid = account_begin();
	if (!*err)
		*err = bpf_object__prepare(obj);
	if (!*err && merged)
		merge_programs(merged, obj);
	if (!*err) {
		prune_programs(obj, l, n);
		*err = bpf_object__load(obj);
	}
	account_end(uid);
	free(file); /* libbpf reads it until the programs are loaded */
	if (!*err)
		return obj;
	bpf_object__close(obj);
	return NULL;
}

/* From now on only BPF programs may write these maps. */
static int freeze(struct bpf_object *obj)
{
	static const char *const names[] = { "self_bpffs", "self_flights",
					     "late_state" };

	for (int i = 0; i < 3; i++) {
		int fd = find_map_fd(obj, names[i]);

		if (fd < 0 || map_frozen(fd) || !bpf_map_freeze(fd))
			continue;
		log_error("freeze the map %s: %s", names[i], strerror(errno));
		return -errno;
	}
	return 0;
}

/*
 * lockdown=confidentiality, and kimg with bpf_read in its block list, deny the
 * helper that reads strings for the events: load without it. Programs that
 * together are too much for the kernel's verifier are loaded one by one.
 */
static struct bpf_object *load_object(struct load *l, unsigned int n,
				      unsigned int events, bool merge,
				      struct merged *merged, int *err)
{
	struct bpf_object *obj = NULL;

	for (int reads = 1; reads >= 0 && !obj; reads--)
		for (int m = merge; m >= 0 && !obj; m--) {
			warnings[0] = 0;
			merged->n = 0;
			obj = open_and_load(l, n, events, reads,
					    m ? merged : NULL, err);
			if (obj && merge && !m)
				log_info("seal: the kernel did not take one "
					 "program for each hook: each "
					 "protection has its own");
		}
	return obj;
}

int load_protections(struct load *l, unsigned int n, unsigned int events,
		     bool merge, struct anchors *anchors)
{
	static struct merged merged;
	struct bpf_object *obj;
	int err = 0;

	libbpf_set_print(keep_warning);
	if (mkdir(PINS, 0) && errno != EEXIST) {
		err = -errno;
		log_error("mkdir %s: %s", PINS, strerror(-err));
		return err;
	}
	obj = load_object(l, n, events, merge, &merged, &err);
	if (!obj) {
		log_error("load BPF programs for %s%s: %s (%s)%s", l[0].p->key,
			  n > 1 ? " and others" : "", strerror(-err), warnings,
			  pins_hint(err));
		return err;
	}
	if (anchors)
		anchors_load(anchors, obj, &merged);
	err = freeze(obj);
	if (!err)
		err = attach_and_stage(obj, l, n, &merged);
	bpf_object__close(obj);
	return err;
}
