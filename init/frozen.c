// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "below.h"
#include "files.h"
#include "frozen.h"

/*
 * The kernel's hash of a cgroup's name: fs/kernfs/dir.c kernfs_name_hash()
 * without a namespace, over include/linux/stringhash.h and hash.h.
 */
static unsigned int kernfs_hash(const char *name, size_t len)
{
	unsigned long hash = 0;

	for (; len; len--, name++) {
		unsigned long c = (unsigned char)*name;

		hash = (hash + (c << 4) + (c >> 4)) * 11;
	}
#if ULONG_MAX > UINT_MAX
	hash = hash * 0x61C8864680B583EBul >> 32;
#else
	hash = hash * 0x61C88647u;
#endif
	hash &= 0x7fffffff;
	if (hash < 2) /* 0, 1 and INT_MAX are the kernel's own */
		hash += 2;
	if (hash >= INT_MAX)
		hash = INT_MAX - 1;
	return hash;
}

/* Hashes of the components, the last one first. */
static void hash_path(struct bpflock_policy *out, unsigned int n,
		      const char *path)
{
	const char *end = path + strlen(path), *start;
	unsigned int d = 0;

	while (end > path && d < BPFLOCK_TRUST_DEPTH) {
		for (start = end; start > path && start[-1] != '/'; start--)
			;
		out->trust_hash[n][d++] = kernfs_hash(start, end - start);
		end = start > path ? start - 1 : path;
	}
	out->trust_depth[n] = d;
}

static void make_trust(struct bpflock_policy *out, const struct trust *trust)
{
	size_t at = 0;

	for (unsigned int i = 0; i < trust->n; i++) {
		size_t len = strlen(trust->path[i]);

		/* What does not fit into the record is not trusted. */
		if (at + len + 2 > sizeof(out->trust_text))
			break;
		at += snprintf(out->trust_text + at,
			       sizeof(out->trust_text) - at, "%s%s",
			       i ? "," : "", trust->path[i]);
		hash_path(out, i, trust->path[i]);
		out->trusts = out->host_trusts = i + 1;
	}
}

/* self: strict enough for each, and every cgroup that anyone trusts. */
static void guard_self(struct bpflock_policy *fp, const struct guard *g)
{
	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		fp->scope |= g->scope[i];
	fp->trusts = 0;
	memset(fp->trust_depth, 0, sizeof(fp->trust_depth));
	memset(fp->trust_hash, 0, sizeof(fp->trust_hash));
	memset(fp->trust_text, 0, sizeof(fp->trust_text));
	make_trust(fp, &g->trust);
	fp->host_trusts = 0;
}

static bool same_path(const struct bpflock_policy *fp, unsigned int a,
		      unsigned int b)
{
	return fp->trust_depth[a] == fp->trust_depth[b] &&
	       !memcmp(fp->trust_hash[a], fp->trust_hash[b],
		       sizeof(fp->trust_hash[a]));
}

/* escape: the scopes of the others, and cgroups that only they trust. */
static void guard_escape(struct bpflock_policy *fp, const struct guard *g)
{
	unsigned int n = fp->host_trusts;

	for (int i = 0; i < BPFLOCK_PROTECTIONS; i++)
		fp->other_scope[i] = protections[i].internal ||
						     g->scope[i] == fp->scope ?
					     0 :
					     g->scope[i];
	memset(fp->trust_depth + n, 0,
	       sizeof(fp->trust_depth) - n * sizeof(fp->trust_depth[0]));
	memset(fp->trust_hash + n, 0,
	       sizeof(fp->trust_hash) - n * sizeof(fp->trust_hash[0]));
	fp->trusts = n;
	for (unsigned int i = 0;
	     i < g->trust.n && fp->trusts < BPFLOCK_TRUST_MAX; i++) {
		bool known = false;

		hash_path(fp, fp->trusts, g->trust.path[i]);
		for (unsigned int j = 0; j < fp->trusts; j++)
			known |= same_path(fp, j, fp->trusts);
		fp->trusts += !known;
		if (!known)
			continue;
		fp->trust_depth[fp->trusts] = 0;
		memset(fp->trust_hash[fp->trusts], 0,
		       sizeof(fp->trust_hash[0]));
	}
}

void frozen_guard(struct bpflock_policy *fp, const struct protection *p,
		  const struct guard *g)
{
	if (p == &protections[BPFLOCK_SELF])
		guard_self(fp, g);
	else if (p == &protections[BPFLOCK_ESCAPE])
		guard_escape(fp, g);
}

/* The hash of one component, as bpf/rootfs.bpf.c makes it. */
static unsigned int folder_hash(const char *name, size_t len)
{
	uint64_t word[BPFLOCK_FOLDER_WORDS] = { 0 }, hash = 0;

	memcpy(word, name,
	       len < BPFLOCK_FOLDER_NAME ? len : BPFLOCK_FOLDER_NAME);
	for (int i = 0; i < BPFLOCK_FOLDER_WORDS; i++)
		hash = BPFLOCK_FOLDER_HASH(hash, word[i]);
	return hash >> 32;
}

static void make_folders(struct bpflock_policy *out, const struct folders *f)
{
	for (unsigned int i = 0; i < f->n; i++) {
		const char *p = f->path[i];
		unsigned int d = 0;

		while (*p && d < BPFLOCK_FOLDER_DEPTH) {
			size_t len = strcspn(p, "/");

			out->folder_hash[i][d++] = folder_hash(p, len);
			p += len + (p[len] == '/');
		}
		out->folder_depth[i] = d;
	}
	out->folders = f->n;
	policy_folders_text(f, out->folders_text, sizeof(out->folders_text));
}

/* Hooks and operations that this kernel does not have. */
static void make_missing(struct bpflock_policy *out, const struct protection *p,
			 const struct support *s)
{
	char name[64];

	for (int i = 0; i < HOOKS_MAX && p->hooks[i].name; i++) {
		snprintf(name, sizeof(name), "bpf_lsm_%s", p->hooks[i].name);
		if (!support_named(s, name))
			out->missing_hooks |= 1u << i;
	}
	for (unsigned int op = 0; p->op_needs && op < p->n_ops; op++)
		if (p->op_needs[op] && !support_named(s, p->op_needs[op]))
			out->missing |= BPFLOCK_BIT(op);
}

/*
 * This process, as bpf/lock.h:is_loader() knows it. PID 1 goes on as another
 * program and is never named: what needs the exemption fails then.
 */
static void make_loader(struct bpflock_policy *out)
{
	char text[1024], *p;
	unsigned int pid;

	if (file_read("/proc/self/stat", text, sizeof(text)) <= 0)
		return;
	pid = strtoul(text, NULL, 10);
	p = strrchr(text, ')'); /* the second field */
	for (int field = 2; p && field < 22; field++)
		p = strchr(p + 1, ' ');
	if (!p || pid <= 1)
		return;
	out->loader_pid = pid;
	out->loader_start = strtoull(p, NULL, 10);
}

/* Nothing where nothing is asked for. */
static void make_part(struct bpflock_part *out, const struct protection *p,
		      const struct setting *set)
{
	struct masks m = policy_masks(p, set);

	if (!masks_any(&m))
		return;
	out->deny_host = m.deny_host;
	out->deny_other = m.deny_other;
	out->audit_host = m.audit_host;
	out->audit_other = m.audit_other;
	out->allow = set->allow;
	out->block = set->block;
	out->mode = set->mode;
	out->has_allow = set->has_allow;
	snprintf(out->source, sizeof(out->source), "%s", set->source);
}

void frozen_make(struct bpflock_policy *out, const struct protection *p,
		 const struct policy *pol, const struct support *s,
		 const unsigned int inum[BPFLOCK_NSS])
{
	memset(out, 0, sizeof(*out));
	make_part(&out->now, p, &pol->now[p - protections]);
	make_part(&out->late, p, &pol->late[p - protections]);
	out->scope = policy_scope(pol, p);
	memcpy(out->ns_inum, inum, sizeof(out->ns_inum));
	make_trust(out, &pol->trust);
	if (p == &protections[BPFLOCK_ROOTFS]) {
		make_folders(out, &pol->protect);
		below_make(out);
		out->initramfs_dev = below_initramfs();
	}
	out->pin_dev = s->pin_dev;
	out->module_sig = s->module_sig;
	out->read_strings = 1;
	make_loader(out);
	out->version = BPFLOCK_POLICY_VERSION;
	make_missing(out, p, s);
	/* A mode covers what the kernel has; who names one counts on it. */
	out->unguarded = out->missing & (out->now.block | out->late.block);
}

struct masks frozen_masks(const struct bpflock_policy *fp)
{
	return (struct masks){ fp->now.deny_host | fp->late.deny_host,
			       fp->now.deny_other | fp->late.deny_other,
			       fp->now.audit_host | fp->late.audit_host,
			       fp->now.audit_other | fp->late.audit_other };
}

bool frozen_late(const struct bpflock_policy *fp)
{
	return fp->late.deny_host | fp->late.deny_other | fp->late.audit_host |
	       fp->late.audit_other;
}

const char *frozen_lists(const struct bpflock_part *part)
{
	return part->has_allow || part->block ? "+lists" : "";
}

void frozen_drop(struct bpflock_policy *fp, uint64_t ops)
{
	struct masks m = frozen_masks(fp);

	fp->unguarded |= ops & masks_any(&m);
	fp->missing |= ops;
	fp->now.deny_host &= ~ops;
	fp->now.deny_other &= ~ops;
	fp->now.audit_host &= ~ops;
	fp->now.audit_other &= ~ops;
}

/* Does the kernel have the hook in whose place this one would be used? */
static bool has_better_hook(const struct bpflock_policy *fp,
			    const struct protection *p, int hook)
{
	const char *better = p->hooks[hook].instead_of;

	for (int i = 0; better && i < HOOKS_MAX && p->hooks[i].name; i++)
		if (!strcmp(p->hooks[i].name, better))
			return !(fp->missing_hooks & (1u << i));
	return false;
}

bool frozen_needs_hook(const struct bpflock_policy *fp,
		       const struct protection *p, int hook)
{
	struct masks m = frozen_masks(fp);

	return p->hooks[hook].ops & masks_any(&m) &&
	       !(fp->missing_hooks & (1u << hook)) &&
	       !has_better_hook(fp, p, hook);
}

bool frozen_lacks_hook(const struct bpflock_policy *fp,
		       const struct protection *p, int hook)
{
	return fp->missing_hooks & (1u << hook) && !p->hooks[hook].part_of;
}

bool frozen_degraded(const struct bpflock_policy *fp,
		     const struct protection *p)
{
	for (int i = 0; i < HOOKS_MAX && p->hooks[i].name; i++)
		if (frozen_lacks_hook(fp, p, i))
			return true;
	return fp->unguarded;
}

bool frozen_same(const struct bpflock_policy *a, const struct bpflock_policy *b)
{
	struct bpflock_policy x = *a, y = *b;

	x.read_strings = y.read_strings = 0;
	x.loader_pid = y.loader_pid = 0;
	x.loader_start = y.loader_start = 0;
	/* Known until the root is there; it never comes back. */
	x.initramfs_dev = y.initramfs_dev = 0;
	memset(x.now.source, 0, sizeof(x.now.source));
	memset(y.now.source, 0, sizeof(y.now.source));
	memset(x.late.source, 0, sizeof(x.late.source));
	memset(y.late.source, 0, sizeof(y.late.source));
	/* Padding is zero in both: frozen_make() clears the whole record. */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	return !memcmp(&x, &y, sizeof(x));
}
