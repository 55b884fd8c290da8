/* SPDX-License-Identifier: GPL-2.0-only */
/* Short names in kernel memory, and what they are compared with. */
#ifndef NAME_H
#define NAME_H

#include "compat.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), \
			     apply_to = record)

union shortname_store___new {
	unsigned char string[32];
};

struct dentry___shortname {
	union shortname_store___new d_shortname;
};

#pragma clang attribute pop

/* TEXT - up to 8 characters as a word */
#define TEXT(literal) (((const union text){ .text = literal }).word)

union text {
	char text[8];
	__u64 word;
};

#define NAME_LEN 32 /* bytes with the NUL, which every dentry has room for */

struct name {
	union {
		char text[NAME_LEN];
		__u64 word[NAME_LEN / 8];
	};
};

/*
 * first_bytes - a mask for the first bytes of a word: none, some or all
 * @n: how many bytes, may be negative or more than 8
 *
 * There is no branch, because each branch in a loop doubles the number of
 * paths that the verifier explores.
 */
static __always_inline __u64 first_bytes(__s64 n)
{
	__s64 all = 7 - n, none = n - 1;

	ONLY_HERE(all);
	ONLY_HERE(none);
	return (all >> 63 | (__s64)((1ULL << ((n & 7) * 8)) - 1)) &
	       ~(none >> 63);
}

/**
 * dentry_name - copy a short name (up to 31 bytes)
 * @d: the dentry
 * @out: receives the name, filled up with zeros
 *
 * The kernel stores short names in the dentry itself, where no helper is needed
 * to read them. For a longer name, which the kernel stores elsewhere, @out
 * receives the empty name. 6.15 wrapped the array in a union ("dcache: back
 * inline names with a struct-wrapped array of unsigned long").
 */
static __noinline __attribute__((unused)) void
dentry_name(const struct dentry *d, struct name *out)
{
	const struct dentry___shortname *new = (const void *)d;
	__s64 len = d->d_name.len, fits;
	const __u64 *words;

	if (bpf_core_field_exists(new->d_shortname)) {
		ONLY_HERE(new);
		words = (const void *)&new->d_shortname;
	} else {
		ONLY_HERE(d);
		words = (const void *)&d->d_iname;
	}
	fits = len - NAME_LEN;
	ONLY_HERE(fits);
	len &= fits >> 63;
	for (int i = 0; i < NAME_LEN / 8; i++)
		out->word[i] = words[i] & first_bytes(len - 8 * i);
}

static __always_inline bool name_equal(const struct name *a,
				       const struct name *b)
{
	return !((a->word[0] ^ b->word[0]) | (a->word[1] ^ b->word[1]) |
		 (a->word[2] ^ b->word[2]) | (a->word[3] ^ b->word[3]));
}

/** name_is - does the name equal the string literal? */
#define name_is(n, literal) \
	name_equal(n, &(const struct name){ .text = literal })

#endif /* NAME_H */
