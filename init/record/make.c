// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "kernel/record.h"
#include "record/make.h"

/*
 * The kernel's hash of a cgroup's name: fs/kernfs/dir.c kernfs_name_hash()
 * without a namespace, over include/linux/stringhash.h and hash.h, as a
 * 64-bit kernel computes it.
 */
static unsigned int kernfs_hash(const char *name, size_t len)
{
	uint64_t hash = 0;

	for (; len; len--, name++) {
		uint64_t c = (unsigned char)*name;

		hash = (hash + (c << 4) + (c >> 4)) * 11;
	}
	hash = hash * 0x61C8864680B583EBull >> 32;
	hash &= 0x7fffffff;
	if (hash < 2) /* 0, 1 and INT_MAX are the kernel's own */
		hash += 2;
	if (hash >= INT_MAX)
		hash = INT_MAX - 1;
	return hash;
}

/* The hashes of a path's components, the first one first. */
static void hash_path(unsigned int hash[BPFLOCK_TRUST_DEPTH], const char *path)
{
	for (unsigned int d = 0; *path && d < BPFLOCK_TRUST_DEPTH; d++) {
		size_t len = strcspn(path, "/");

		hash[d] = kernfs_hash(path, len);
		path += len + (path[len] == '/');
	}
}

static void make_trust(struct bpflock_record *out, const struct trust *trust)
{
	policy_trust_text(trust, out->trust_text);
	if (trust->services)
		out->services = out->host_services = BPFLOCK_HASH_SLICE;
	for (unsigned int i = 0; i < trust->n; i++)
		hash_path(out->trust_hash[i], trust->path[i]);
	out->trusts = out->host_trusts = trust->n;
}

static void add_to_self(struct bpflock_record *r, const struct hosts *h)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		r->scope |= h->scope[i];
	memset(r->trust_hash, 0, sizeof(r->trust_hash));
	memset(r->trust_text, 0, sizeof(r->trust_text));
	make_trust(r, &h->trust);
	r->host_trusts = r->host_services = 0;
}

/* Is the path in the record already? Hashes end with 0. */
static bool has_path(const struct bpflock_record *r, const unsigned int *hash)
{
	for (unsigned int i = 0; i < r->trusts; i++)
		if (!memcmp(r->trust_hash[i], hash, sizeof(r->trust_hash[0])))
			return true;
	return false;
}

/* The scopes of the others, and the cgroups that only they trust. */
static void add_to_escape(struct bpflock_record *r, const struct hosts *h)
{
	unsigned int n = r->host_trusts;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++) {
		bool other = !protections[i].internal &&
			     h->scope[i] != r->scope;

		r->other_scope[i] = other ? h->scope[i] : 0;
	}
	memset(r->trust_hash + n, 0,
	       sizeof(r->trust_hash) - n * sizeof(r->trust_hash[0]));
	r->trusts = n;
	if (h->trust.services)
		r->services = BPFLOCK_HASH_SLICE;
	for (unsigned int i = 0;
	     i < h->trust.n && r->trusts < BPFLOCK_TRUST_MAX; i++) {
		unsigned int *hash = r->trust_hash[r->trusts];

		hash_path(hash, h->trust.path[i]);
		if (has_path(r, hash))
			memset(hash, 0, sizeof(r->trust_hash[0]));
		else
			r->trusts++;
	}
}

void record_add_hosts(struct bpflock_record *r, const struct protection *p,
		      const struct hosts *h)
{
	if (p == &protections[BPFLOCK_SELF])
		add_to_self(r, h);
	else if (p == &protections[BPFLOCK_ESCAPE])
		add_to_escape(r, h);
	r->kinds = r->scope;
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		r->kinds |= r->other_scope[i];
}

/* The hash of one component, the same as in bpf/rootfs.bpf.c. */
static unsigned int dir_hash(const char *name, size_t len)
{
	uint64_t word[BPFLOCK_DIR_WORDS] = { 0 }, hash = 0;

	memcpy(word, name, len < BPFLOCK_DIR_NAME ? len : BPFLOCK_DIR_NAME);
	for (int i = 0; i < BPFLOCK_DIR_WORDS; i++)
		hash = BPFLOCK_DIR_HASH(hash, word[i]);
	return hash >> 32;
}

static void make_dirs(struct bpflock_record *out, const struct dirs *f)
{
	for (unsigned int i = 0; i < f->n; i++) {
		const char *p = f->path[i];
		unsigned int d = 0;

		while (*p && d < BPFLOCK_DIR_DEPTH) {
			size_t len = strcspn(p, "/");

			out->dir_hash[i][d++] = dir_hash(p, len);
			p += len + (p[len] == '/');
		}
		out->dir_depth[i] = d;
	}
	out->dirs = f->n;
	policy_dirs_text(f, out->dirs_text, sizeof(out->dirs_text));
}

/* The part stays empty if the setting denies and reports nothing. */
static void make_part(struct bpflock_part *out, const struct protection *p,
		      const struct setting *set)
{
	struct masks m = policy_masks(p, set);

	if (!masks_any(&m))
		return;
	out->masks = m;
	out->allow = set->allow;
	out->block = set->block;
	out->mode = set->mode;
	out->has_allow = set->has_allow;
	snprintf(out->source, sizeof(out->source), "%s", set->source);
}

static uint64_t asked_for(const struct bpflock_record *r)
{
	struct masks m = record_masks(r);

	return masks_any(&m);
}

static void make_rootfs(struct bpflock_record *out, const struct dirs *f,
			const struct rootdev *r)
{
	make_dirs(out, f);
	out->belows = r->n;
	memcpy(out->below_upper, r->upper, sizeof(out->below_upper));
	memcpy(out->below_lower, r->lower, sizeof(out->below_lower));
}

/* Is what rootfs guards denied to host processes, too? */
static bool closes_root(const struct policy *pol)
{
	const struct protection *p = &protections[BPFLOCK_ROOTFS];
	struct masks m = policy_masks(p, &pol->now[BPFLOCK_ROOTFS]);

	return !(~m.deny_host &
		 (BPFLOCK_BIT(ROOTFS_REMOUNT) | BPFLOCK_BIT(ROOTFS_MOUNT_OVER) |
		  BPFLOCK_BIT(ROOTFS_RAW_WRITE)));
}

void record_make(struct bpflock_record *out, const struct protection *p,
		 const struct policy *pol, const struct setting *now,
		 const struct setting *late, const struct facts *f)
{
	memset(out, 0, sizeof(*out));
	make_part(&out->now, p, now);
	make_part(&out->late, p, late);
	out->scope = out->kinds = policy_scope(pol, p);
	memcpy(out->ns_inum, f->ns_inum, sizeof(out->ns_inum));
	make_trust(out, &pol->trust);
	if (p == &protections[BPFLOCK_ROOTFS])
		make_rootfs(out, &pol->protect, &f->rootdev);
	if (p == &protections[BPFLOCK_ROOTFS] ||
	    p == &protections[BPFLOCK_SELF])
		out->initramfs_dev = f->rootdev.initramfs_dev;
	if (p == &protections[BPFLOCK_SELF]) {
		out->newroots = f->newroots.n;
		memcpy(out->newroot, f->newroots.dev, sizeof(out->newroot));
		out->root_closed = closes_root(pol);
	}
	out->pin_dev = f->pin_dev;
	out->module_sig = f->module_sig;
	out->read_strings = 1;
	out->loader_pid = f->loader_pid;
	out->loader_start = f->loader_start;
	out->version = BPFLOCK_RECORD_VERSION;
	out->missing_hooks = f->missing_hooks[p - protections];
	out->missing = f->missing_ops[p - protections];
	/*
	 * A mode covers the operations that the kernel has. An operation that
	 * a block list names must exist.
	 */
	out->unguarded = out->missing & (out->now.block | out->late.block);
	if (p == &protections[BPFLOCK_ROOTFS] && f->rootdev.more)
		out->unguarded |= asked_for(out) &
				  BPFLOCK_BIT(ROOTFS_RAW_WRITE);
}
