/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a protection's test file (tests/vm/<key>.c) gives to the matrix: one
 * table of forbidden things, each of which is really done.
 */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include <stddef.h>
#include <stdint.h>

#define ERRNOS 3

/*
 * Runs before every caller and policy as host and root. The attempt itself
 * runs in a process of its own, so what it opens or maps is gone afterwards.
 */
struct attempt {
	const char *op; /* NULL: innocent, must pass in every policy */
	const char *also; /* denying this operation stops it too */
	const char *name;
	/* once, before any lock: NULL, or why this kernel cannot show it */
	const char *(*prepare)(void);
	/* do it: 0 if it worked, or -errno */
	int (*attempt)(void);
	/* as host, after it worked: undo it */
	void (*reset)(void);
	int errnos[ERRNOS]; /* accepted refusals, EPERM if none is given */
	int slow; /* tried less often */
	int anyone; /* needs no privilege: shows scope= and trust= */
	/* NS_ bits of the callers that no kernel would let do it */
	unsigned int unable;
	int as_other; /* whoever tries it, it counts as not host */
	int at_home; /* refused in the first mount namespace alone */
};

/* An operation of the protection, in any order. */
struct op {
	const char *name;
	int unnamed_off; /* not covered by a mode, only by a list */
	int unnarrowed; /* an allow list of others does not close it */
	int closed; /* to the host as well, unless the allow list has it */
	int untrusting; /* trusted cgroups are not host for it */
};

struct suite {
	const char *key; /* also the name of the tool's link */
	const char *by; /* no mode of its own: what to set to have it */
	const struct op *ops;
	const struct attempt *attempts; /* ends with a NULL attempt() */
	/* the tool and the events need it: take it off before they are used */
	int take_off;
};

/* SUITE(key, by) - makes "ops" and "attempts" of a file known to the matrix */
#define SUITE(word, setter, ...)                                              \
	static const struct suite word##_suite = { #word, setter, ops,        \
						   attempts, ##__VA_ARGS__ }; \
	__attribute__((used, section("suites"))) static const struct suite    \
		*const word##_entry = &word##_suite

/* matrix.c: the suite with that key, or NULL */
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
