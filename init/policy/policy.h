/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The policy: one grammar and one parser for its three sources (compiled in,
 * file, kernel command line), described in bpflock.policy(5).
 */
#ifndef POLICY_H
#define POLICY_H

#include <stdio.h>

#include "masks.h"

#define POLICY_FILE_MAX	   65536 /* bytes of a policy text */
#define POLICY_LINE_MAX	   4096 /* bytes of one line of it */
#define POLICY_CMDLINE_MAX 65536 /* bytes of a kernel command line */
#define POLICY_DIAGS	   32 /* messages kept; more are counted */
#define POLICY_DIAG_LEN	   256
#define POLICY_EXEC_MAX	   256
#define EVENTS_DEFAULT	   65536 /* bytes of the audit ring */
#define EVENTS_MIN	   4096
#define EVENTS_MAX	   (16u << 20)

enum on_error {
	ON_ERROR_CONTINUE,
	ON_ERROR_SHELL,
	ON_ERROR_REBOOT,
	ON_ERROR_POWEROFF,
	ON_ERROR_PANIC,
	ON_ERRORS,
};

extern const char *const on_error_names[ON_ERRORS];

/* What was said about one protection, after all sources so far. */
struct setting {
	enum bpflock_mode mode;
	bool set; /* the mode, or a list that needs one, was given */
	bool has_allow;
	bool broken; /* some text about it could not be understood */
	uint64_t allow, block;
	/* Where it was said: "command line:12", "/etc/..:3", or empty. */
	char source[BPFLOCK_SOURCE_LEN]; /* the last word about it */
	char allow_source[BPFLOCK_SOURCE_LEN];
	char block_source[BPFLOCK_SOURCE_LEN];
};

struct scope {
	unsigned int ns; /* bit = enum bpflock_ns */
	char source[BPFLOCK_SOURCE_LEN];
};

struct trust {
	unsigned int n;
	char path[BPFLOCK_TRUST_MAX][128]; /* no leading or trailing slash */
	char source[BPFLOCK_SOURCE_LEN];
};

#define BPFLOCK_FOLDER_LEN 64

/* Folders of the root, without the slash in front. */
struct folders {
	unsigned int n;
	char path[BPFLOCK_FOLDERS_MAX][BPFLOCK_FOLDER_LEN];
	char source[BPFLOCK_SOURCE_LEN];
};

struct policy {
	struct setting now[BPFLOCK_PROTECTIONS];
	struct setting late[BPFLOCK_PROTECTIONS];
	struct scope scope;
	struct scope scope_of[BPFLOCK_PROTECTIONS]; /* 0: as all */
	struct trust trust;
	struct folders protect; /* rootfs.protect */
	bool seal, floor;
	enum on_error on_error;
	unsigned int events; /* bytes, a power of two */
	char exec[POLICY_EXEC_MAX]; /* what PID 1 becomes, or empty */
	char seal_source[BPFLOCK_SOURCE_LEN];
	char floor_source[BPFLOCK_SOURCE_LEN];
	char on_error_source[BPFLOCK_SOURCE_LEN];
	char events_source[BPFLOCK_SOURCE_LEN];
	char exec_source[BPFLOCK_SOURCE_LEN];

	unsigned int errors; /* all that were found */
	unsigned int diags;
	char diag[POLICY_DIAGS][POLICY_DIAG_LEN]; /* "source:line:col: text" */
};

enum policy_form {
	POLICY_TEXT, /* one "key = value" a line, # comments */
	POLICY_CMDLINE, /* words "bpflock.key=value", up to -- */
};

/** policy_init - the defaults: nothing enforced, scope mnt, udevd trusted */
void policy_init(struct policy *pol);

/**
 * policy_add - parse one source and let it override the earlier ones
 * @pol: the policy so far
 * @form: file text or kernel command line
 * @source: its name, for messages
 * @text: its bytes, NUL allowed in them (and an error)
 * @len: how many
 *
 * A mistake is reported in @pol->diag and never weakens: see policy(5).
 *
 * Return: 0, or -EINVAL when anything in the source was wrong.
 */
int policy_add(struct policy *pol, enum policy_form form, const char *source,
	       const char *text, size_t len);

/** policy_error - report one more mistake, for those who read the sources */
void policy_error(struct policy *pol, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/** policy_parse_mode - a mode's word, "off" and others too: 0 or -EINVAL */
int policy_parse_mode(const char *text, size_t len, enum bpflock_mode *mode);

/** policy_masks - the masks of one setting */
struct masks policy_masks(const struct protection *p, const struct setting *s);

/** policy_asks - does it ask for anything of the protection, now or late? */
bool policy_asks(const struct policy *pol, const struct protection *p);

/** policy_scope - the namespaces that make a host process for it, bits */
unsigned int policy_scope(const struct policy *pol, const struct protection *p);

/** policy_folders_text - "/usr,/etc" */
void policy_folders_text(const struct folders *f, char *out, size_t len);

/** policy_print - the effective policy, one "key = value # source" a line */
void policy_print(const struct policy *pol, FILE *out);

#endif /* POLICY_H */
