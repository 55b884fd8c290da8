/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The policy: one grammar and one parser for its three sources (compiled in,
 * file, kernel command line), described in bpflock.policy(5).
 */
#ifndef POLICY_H
#define POLICY_H

#include <stdio.h>

#include "masks.h"

#define POLICY_DIAGS	32 /* messages kept; more are counted */
#define POLICY_DIAG_LEN 256
#define POLICY_EXEC_MAX 256

enum on_error {
	ON_ERROR_CONTINUE,
	ON_ERROR_SHELL,
	ON_ERROR_REBOOT,
	ON_ERROR_POWEROFF,
	ON_ERROR_PANIC,
	ON_ERRORS,
};

/* What the policy says about one protection, after all sources so far. */
struct setting {
	enum bpflock_mode mode;
	bool set; /* a source had a key of this protection */
	bool has_allow;
	bool broken; /* the text had a mistake, see policy_join() */
	uint64_t allow, block;
	/* Where it comes from: "command line:12", "/etc/..:3", or empty. */
	char source[BPFLOCK_SOURCE_LEN]; /* the last key about it */
	char allow_source[BPFLOCK_SOURCE_LEN];
	char block_source[BPFLOCK_SOURCE_LEN];
};

struct scope {
	unsigned int ns; /* bit = enum bpflock_ns */
	char source[BPFLOCK_SOURCE_LEN];
};

struct trust {
	bool services; /* of the host: bpf/service.h */
	unsigned int n;
	char path[BPFLOCK_TRUST_MAX][128]; /* no leading or trailing slash */
	char source[BPFLOCK_SOURCE_LEN];
};

#define BPFLOCK_DIR_LEN 64

/* Directories of the root, without the slash in front. */
struct dirs {
	unsigned int n;
	char path[BPFLOCK_DIRS_MAX][BPFLOCK_DIR_LEN];
	char source[BPFLOCK_SOURCE_LEN];
};

struct policy {
	struct setting now[BPFLOCK_PROTECTIONS];
	struct setting late[BPFLOCK_PROTECTIONS];
	struct scope scope;
	struct scope scope_of[BPFLOCK_PROTECTIONS]; /* ns 0: use scope */
	struct trust trust;
	struct dirs protect; /* rootfs.protect */
	bool seal, floor;
	enum on_error on_error;
	unsigned int events; /* bytes, a power of two */
	char exec[POLICY_EXEC_MAX]; /* what PID 1 becomes, or empty */
	char seal_source[BPFLOCK_SOURCE_LEN];
	char floor_source[BPFLOCK_SOURCE_LEN];
	char on_error_source[BPFLOCK_SOURCE_LEN];
	char events_source[BPFLOCK_SOURCE_LEN];
	char exec_source[BPFLOCK_SOURCE_LEN];

	unsigned int errors; /* mistakes found, kept as a message or not */
	unsigned int diags;
	char diag[POLICY_DIAGS][POLICY_DIAG_LEN]; /* "source:line:col: text" */
	char again[POLICY_DIAG_LEN]; /* of a list given twice; or empty */
};

enum policy_form {
	POLICY_TEXT, /* one "key = value" a line, # comments */
	POLICY_CMDLINE, /* words "bpflock.key=value", up to -- */
};

/** policy_init - the defaults: nothing is enforced, scope mnt, services trusted */
void policy_init(struct policy *pol);

/**
 * policy_add - parse one source and let it override the earlier sources
 * @pol: the policy so far
 * @form: file text or kernel command line
 * @source: its name, for messages
 * @text: its bytes, NUL allowed in them (and an error)
 * @len: how many
 *
 * A mistake is reported in @pol->diag and never weakens the policy: see
 * bpflock.policy(5).
 *
 * Return: 0, or -EINVAL if anything in the source was wrong.
 */
int policy_add(struct policy *pol, enum policy_form form, const char *source,
	       const char *text, size_t len);

/** policy_masks - the masks of one setting */
struct masks policy_masks(const struct protection *p, const struct setting *s);

/** policy_asks - true if the policy denies or reports anything, now or late */
bool policy_asks(const struct policy *pol, const struct protection *p);

/** policy_scope - the namespaces that count for a protection: bits of bpflock_ns */
unsigned int policy_scope(const struct policy *pol, const struct protection *p);

#define TRUST_TEXT sizeof(((struct bpflock_record *)0)->trust_text)

/** policy_trust_default - services alone */
void policy_trust_default(struct trust *t);

/**
 * policy_trust_add - add a path, unless it is there already
 * @path: @len bytes
 *
 * Return: false if there is no room.
 */
bool policy_trust_add(struct trust *t, const char *path, size_t len);

/** policy_trust_read - add what policy_trust_text() has written; false: no room */
bool policy_trust_read(struct trust *t, const char *text);

/** policy_trust_widens - does @b trust what @a does not? */
bool policy_trust_widens(const struct trust *a, const struct trust *b);

/** policy_trust_text - "services,a/b" or "none,a/b" */
void policy_trust_text(const struct trust *t, char out[TRUST_TEXT]);

/** policy_dirs_text - "/usr,/etc" */
void policy_dirs_text(const struct dirs *f, char *out, size_t len);

/** policy_print - the effective policy, one "key = value # source" a line */
void policy_print(const struct policy *pol, FILE *out);

#endif /* POLICY_H */
