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

/* helpers.c: all return 0 (or a descriptor) or -errno */
int write_file(const char *path, const char *text);
int open_close(const char *path, int flags);
int read_file(const char *path, void *buf, size_t size);
/* the file of a module, signature included; NULL if the guest lacks it */
void *module_image(const char *name, size_t *size);
void *module_unsigned(const char *name, size_t *size);
/* by init_module(2); by finit_module(2), of a memfd */
int module_insert(const void *image, size_t size, const char *params);
int module_insert_file(const void *image, size_t size, const char *params);
int module_load(const char *name, const char *params);
int module_loaded(const char *name);
void module_remove(const char *name);
/* a kprobe program that calls one helper */
int bpf_load_calling(int helper);
const char *node_missing(const char *path);

/* is the name anywhere in the kernel's BTF? */
int kernel_knows(const char *name);

/* token.c: make a BPF token, and what the program with it says of it */
int bpf_token(int (*use)(int token));
const char *need_token(void);

/* array.c: 0 or an exit status */
int array_make(const char *member);

/* verity.c: 0 or an exit status; commas in the table stand for blanks */
int verity_make(char *table);

/* xfrm.c */
int xfrm_secret(void);
const char *need_xfrm(void);

#endif /* ATTEMPT_H */
