/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a protection's suite (suites/<key>.c) gives to the matrix.
 *
 * The words of tests/vm: an attempt is one thing that a protection denies (or
 * must leave alone), a row of a suite or of matrix seal. A caller makes the
 * attempt, which is really done. A rule is what the protection is set to
 * while the attempt is made; it is applied. "Way" stands for nothing but the
 * room ways/, where the code is that several suites share.
 */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include <stddef.h>
#include <stdint.h>

#include "engine/op.h"

#define ERRNOS 3

/*
 * prepare() and reset() are called by a host process with all capabilities.
 * run() is called in a process of its own, so what it opens or maps is gone
 * afterwards.
 */
struct attempt {
	const char *op; /* NULL: innocent, must pass under every rule */
	const char *also; /* denying this operation stops it too */
	const char *name;
	/* once, before any rule: NULL, or why this kernel cannot show it */
	const char *(*prepare)(void);
	/* make it: 0 if it worked, or -errno */
	int (*run)(void);
	/* after it worked: undo it */
	void (*reset)(void);
	int errnos[ERRNOS]; /* what a denial returns, EPERM if none is given */
	int slow; /* made by fewer callers and under fewer rules */
	int anyone; /* needs no privilege: shows scope= and trust= */
	/* NS_ bits of the callers that no kernel would let do it */
	unsigned int unable;
	unsigned int leaves; /* NS_ bits: it enters such a namespace of its own */
	int as_other; /* even a host process counts as other for it */
	int at_home; /* denied in the first mount namespace alone */
};

struct suite {
	const char *key; /* also the name of the tool's link */
	const char *by; /* no mode of its own: what to set to have it */
	const struct op *ops;
	const struct attempt *attempts; /* ends with a NULL run() */
	/* the tool and the events need it: take it off before they are used */
	int take_off;
	int every_scope; /* the programs themselves look at the scope */
};

/*
 * SUITE(key, by) - makes key_ops, which suites/<key>_ops.h has, and the
 * "attempts" of a file known to the matrix
 */
#define SUITE(word, setter, ...)                                              \
	static const struct suite word##_suite = { #word, setter, word##_ops, \
						   attempts, ##__VA_ARGS__ }; \
	__attribute__((used, section("suites"))) static const struct suite    \
		*const word##_entry = &word##_suite

/* suite_find - the suite with that key, or NULL */
const struct suite *suite_find(const char *key);

#endif /* ATTEMPT_H */
