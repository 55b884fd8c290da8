// SPDX-License-Identifier: GPL-2.0-or-later
#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/attach.h"
#include "kernel/lookup.h"
#include "kernel/pinning.h"
#include "kernel/pins.h"
#include "util/log.h"

/* The link that each protection has at each of its hooks. */
struct links {
	struct bpf_link *of[BPFLOCK_PROTECTIONS][HOOKS_MAX];
};

static struct bpf_link **link_of(struct links *links, struct load *l,
				 unsigned int n, const struct bpf_program *prog)
{
	const char *name = bpf_program__name(prog);
	struct load *of = find_load(l, n, name);

	return &links->of[of - l][find_hook(of, name)];
}

static int attach(struct bpf_object *obj, struct load *l, unsigned int n,
		  struct links *links)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, obj) {
		struct bpf_link *link;

		if (!bpf_program__autoload(prog))
			continue;
		link = bpf_program__attach(prog);
		if (!link) {
			int err = -errno;

			log_error("attach %s: %s", bpf_program__name(prog),
				  strerror(-err));
			return err;
		}
		*link_of(links, l, n, prog) = link;
	}
	return 0;
}

/* Programs that are merged have one link, which each protection pins. */
static void share_links(struct links *links, struct load *l, unsigned int n,
			const struct merged *merged)
{
	for (unsigned int i = 0; i < merged->n; i++)
		*link_of(links, l, n, merged->prog[i]) =
			*link_of(links, l, n, merged->head[i]);
}

static void detach(struct bpf_object *obj, struct load *l, unsigned int n,
		   struct links *links)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, obj)
		if (bpf_program__autoload(prog))
			bpf_link__destroy(*link_of(links, l, n, prog));
}

/*
 * self_inode_mkdir() learns from this directory which bpffs the pins are in
 * (bpf/self_chain.h).
 */
static int show_bpffs(struct bpf_object *obj)
{
	int fd = find_map_fd(obj, "self_bpffs");
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
	log_error("self: the BPF programs did not find the bpffs at %s: is "
		  "another one mounted over it?",
		  PINS);
	return -EIO;
}

int attach_and_stage(struct bpf_object *obj, struct load *l, unsigned int n,
		     const struct merged *merged)
{
	struct links links = { 0 };
	int err = attach(obj, l, n, &links);
	char dir[PIN_NAME_MAX];

	share_links(&links, l, n, merged);
	if (!err)
		err = show_bpffs(obj);
	for (unsigned int i = 0; i < n && !err; i++)
		err = pins_stage(obj, l[i].p, links.of[i]);
	/* No waiting: the object still has the programs. */
	for (unsigned int i = 0; i < n && err; i++)
		pins_remove(pins_staged(l[i].p, dir));
	detach(obj, l, n, &links);
	return err;
}
