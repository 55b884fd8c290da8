/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of this room share: the lexer turns a source into entries,
 * the keys put each entry into a draft, and the merge lays the whole draft
 * over the policy of the sources before it.
 */
#ifndef POLICY_DRAFT_H
#define POLICY_DRAFT_H

#include "policy/policy.h"

#define POLICY_PREFIX	   "bpflock" /* of keys on the command line */
#define POLICY_KEY_MAX	   64 /* no key is longer */
#define POLICY_FILE_MAX	   65536 /* bytes of a policy text */
#define POLICY_LINE_MAX	   4096 /* bytes of one line of a policy text */
#define POLICY_CMDLINE_MAX 65536 /* bytes of a kernel command line */
#define EVENTS_DEFAULT	   65536 /* bytes of the audit ring */
#define EVENTS_MIN	   4096
#define EVENTS_MAX	   (16u << 20)

/* 1-based, in bytes. The command line has one line. Line 0: not given. */
struct place {
	unsigned int line, col;
};

/* "key = value" as it stands in the text. */
struct entry {
	const char *key, *val;
	size_t key_len, val_len;
	bool has_val;
	bool broken; /* already reported; the fields hold what was readable */
	struct place at, val_at;
};

/* What one source says about one protection, now or late. */
struct draft_setting {
	struct place at;
	struct place allow_at, block_at;
	bool off; /* bpflock=off came before the rest */
	bool broken, has_mode, has_allow, has_block;
	enum bpflock_mode mode;
	uint64_t allow, block;
};

struct draft_scope {
	struct place at;
	bool adds; /* the list has a mistake: add it to the scope in force */
	unsigned int ns;
};

struct draft {
	struct draft_setting now[BPFLOCK_PROTECTIONS];
	struct draft_setting late[BPFLOCK_PROTECTIONS];
	struct draft_scope scope, scope_of[BPFLOCK_PROTECTIONS];
	struct place off_at; /* of bpflock=off */
	struct place trust_at, protect_at, seal_at, floor_at, on_error_at;
	struct place events_at, exec_at;
	struct trust trust;
	struct dirs protect;
	bool seal, floor;
	enum on_error on_error;
	unsigned int events;
	char exec[POLICY_EXEC_MAX];
};

/* One source while it is read. */
struct reader {
	struct policy *pol;
	enum policy_form form;
	const char *source, *text;
	size_t len, pos;
	unsigned int line;
	bool cut; /* the end of the text is missing */
	struct draft d;
	/* what earlier sources said, which a mistake does not weaken */
	struct setting now[BPFLOCK_PROTECTIONS], late[BPFLOCK_PROTECTIONS];
};

#endif /* POLICY_DRAFT_H */
