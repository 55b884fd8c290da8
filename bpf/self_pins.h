/* SPDX-License-Identifier: GPL-2.0-only */
/* self: the names on the bpffs that are pins of the lock, and their changes. */
#ifndef SELF_PINS_H
#define SELF_PINS_H

#include "self.h"

#define PIN_LEVELS 3 /* bpflock / <protection> / <hook> */

/* Is the dentry the directory of the pins, or below it? */
static __noinline bool is_pin(const struct dentry *d)
{
	const struct dentry *root = d->d_sb->s_root;
	struct name name;

	if (d->d_sb->s_magic != BPF_FS_MAGIC ||
	    d->d_sb->s_dev != self_record.pin_dev)
		return false;
	for (int i = 0; i < PIN_LEVELS; i++) {
		if (d->d_parent != root) {
			d = d->d_parent;
			continue;
		}
		dentry_name(d, &name);
		return name_is(&name, "bpflock");
	}
	return false;
}

/* Is it the directory that turns on the late parts of all records? */
static __noinline bool is_late(const struct dentry *d)
{
	struct name name;

	if (!is_pin(d) || d->d_parent->d_parent != d->d_sb->s_root)
		return false;
	dentry_name(d, &name);
	return name_is(&name, BPFLOCK_LATE);
}

/* Decide a change of a name or of its attributes. */
static __noinline int check_pin(const struct dentry *d)
{
	return is_pin(d) && !is_loader(&self_record) ?
		       self_check(SELF_PINS, -1, NULL, d) :
		       0;
}

/*
 * Decide a new name. Host processes may make pins even under the seal, because
 * "bpflock late" does.
 */
static __noinline int check_new(const struct dentry *d)
{
	return is_pin(d) && !is_host(&self_record) ?
		       self_check(SELF_PINS, -1, NULL, d) :
		       0;
}

#endif /* SELF_PINS_H */
