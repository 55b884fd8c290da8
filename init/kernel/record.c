// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <string.h>

#include "kernel/record.h"

/* Ends within its field, and has nothing in it that a terminal obeys. */
static bool text_sane(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (!text[i])
			return true;
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			return false;
	}
	return false;
}

static bool part_sane(const struct bpflock_part *part)
{
	return part->mode < BPFLOCK_MODES &&
	       text_sane(part->source, sizeof(part->source));
}

bool record_sane(const struct bpflock_record *r)
{
	return part_sane(&r->now) && part_sane(&r->late) &&
	       text_sane(r->trust_text, sizeof(r->trust_text)) &&
	       text_sane(r->dirs_text, sizeof(r->dirs_text));
}

/* Has a part an operation that this version does not know? */
static bool part_unknown(const struct bpflock_part *part, uint64_t known)
{
	return masks_any(&part->masks) & ~known;
}

int record_check(const struct bpflock_record *r)
{
	if (r->version != BPFLOCK_RECORD_VERSION)
		return -EPROTO;
	return record_sane(r) ? 0 : -EINVAL;
}

bool record_knows(const struct bpflock_record *r, const struct protection *p)
{
	uint64_t known =
		(p->n_ops < BPFLOCK_OPS_MAX ? BPFLOCK_BIT(p->n_ops) : 0) - 1;

	return !part_unknown(&r->now, known) && !part_unknown(&r->late, known);
}

struct masks record_masks(const struct bpflock_record *r)
{
	return (struct masks){
		r->now.masks.deny_host | r->late.masks.deny_host,
		r->now.masks.deny_other | r->late.masks.deny_other,
		r->now.masks.audit_host | r->late.masks.audit_host,
		r->now.masks.audit_other | r->late.masks.audit_other
	};
}

uint64_t record_denied(const struct bpflock_record *r, bool late)
{
	return r->now.masks.deny_host | (late ? r->late.masks.deny_host : 0);
}

bool record_late(const struct bpflock_record *r)
{
	return r->late.masks.deny_host | r->late.masks.deny_other |
	       r->late.masks.audit_host | r->late.masks.audit_other;
}

const char *record_lists(const struct bpflock_part *part)
{
	return part->has_allow || part->block ? "+lists" : "";
}

void record_drop(struct bpflock_record *r, uint64_t ops)
{
	struct masks m = record_masks(r);

	r->unguarded |= ops & masks_any(&m);
	r->missing |= ops;
	r->now.masks.deny_host &= ~ops;
	r->now.masks.deny_other &= ~ops;
	r->now.masks.audit_host &= ~ops;
	r->now.masks.audit_other &= ~ops;
}

/* Does the kernel have the hook in whose place this one would be used? */
static bool has_better_hook(const struct bpflock_record *r,
			    const struct protection *p, int hook)
{
	const char *better = p->hooks[hook].instead_of;

	for (int i = 0; better && i < (int)p->n_hooks; i++)
		if (!strcmp(p->hooks[i].name, better))
			return !(r->missing_hooks & (1u << i));
	return false;
}

bool record_sealed(const struct bpflock_record *r)
{
	return r->now.masks.deny_host & BPFLOCK_BIT(SELF_PINS);
}

bool record_needs_hook(const struct bpflock_record *r,
		       const struct protection *p, int hook)
{
	struct masks m = record_masks(r);

	return p->hooks[hook].ops & masks_any(&m) &&
	       (!p->hooks[hook].sealed || record_sealed(r)) &&
	       !(r->missing_hooks & (1u << hook)) &&
	       !has_better_hook(r, p, hook);
}

bool record_lacks_hook(const struct bpflock_record *r,
		       const struct protection *p, int hook)
{
	return r->missing_hooks & (1u << hook) && !p->hooks[hook].part_of;
}

bool record_impossible_hook(const struct bpflock_record *r,
			    const struct protection *p, int hook)
{
	struct masks m = record_masks(r);

	return record_lacks_hook(r, p, hook) && !p->hooks[hook].optional &&
	       p->hooks[hook].ops & masks_any(&m);
}

bool record_impossible(const struct bpflock_record *r,
		       const struct protection *p)
{
	for (unsigned int i = 0; i < p->n_hooks; i++)
		if (record_impossible_hook(r, p, i))
			return true;
	return false;
}

bool record_degraded(const struct bpflock_record *r, const struct protection *p)
{
	for (int i = 0; i < (int)p->n_hooks; i++)
		if (record_lacks_hook(r, p, i))
			return true;
	return r->unguarded;
}

bool record_same(const struct bpflock_record *a, const struct bpflock_record *b)
{
	struct bpflock_record x = *a, y = *b;

	x.read_strings = y.read_strings = 0;
	x.loader_pid = y.loader_pid = 0;
	x.loader_start = y.loader_start = 0;
	/* Known until the real root is entered, and never again. */
	x.initramfs_dev = y.initramfs_dev = 0;
	x.newroots = y.newroots = 0;
	memset(x.newroot, 0, sizeof(x.newroot));
	memset(y.newroot, 0, sizeof(y.newroot));
	memset(x.now.source, 0, sizeof(x.now.source));
	memset(y.now.source, 0, sizeof(y.now.source));
	memset(x.late.source, 0, sizeof(x.late.source));
	memset(y.late.source, 0, sizeof(y.late.source));
	/* Padding is zero in both: record_make() clears the whole record. */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	return !memcmp(&x, &y, sizeof(x));
}
