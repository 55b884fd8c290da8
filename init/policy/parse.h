/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files policy*.c share: a source is lexed into entries, the entries
 * are gathered in a draft, and the draft is laid over the policy so far.
 */
#ifndef POLICY_PARTS_H
#define POLICY_PARTS_H

#include "policy/words.h"

#define POLICY_PREFIX  "bpflock" /* of keys on the command line */
#define POLICY_KEY_MAX 64 /* no key is longer */

/* 1-based, in bytes. The command line has one line. */
struct place {
	unsigned int line, col;
};

/* "key = value" as it stands in the text. */
struct entry {
	const char *key, *val;
	size_t key_len, val_len;
	bool has_val;
	bool broken; /* reported already; this is what could be read of it */
	struct place at, val_at;
};

/* What one source says about one protection, now or late. */
struct draft_setting {
	struct place at; /* line 0: nothing */
	struct place allow_at, block_at;
	bool off; /* bpflock=off came before the rest */
	bool broken, has_mode, has_allow, has_block;
	enum bpflock_mode mode;
	uint64_t allow, block;
};

struct draft_scope {
	struct place at; /* line 0: nothing */
	bool adds; /* not understood as a whole */
	unsigned int ns;
};

struct draft {
	struct draft_setting now[BPFLOCK_PROTECTIONS];
	struct draft_setting late[BPFLOCK_PROTECTIONS];
	struct place off_at; /* of bpflock=off */
	/* Line 0: not said. */
	struct draft_scope scope, scope_of[BPFLOCK_PROTECTIONS];
	struct place trust_at, seal_at, floor_at, on_error_at;
	struct place events_at, exec_at;
	unsigned int events;
	struct trust trust;
	struct place protect_at;
	struct folders protect;
	bool seal, floor;
	enum on_error on_error;
	char exec[POLICY_EXEC_MAX];
};

/* One source being read. */
struct reader {
	struct policy *pol;
	enum policy_form form;
	const char *source, *text;
	size_t len, pos;
	unsigned int line;
	bool cut; /* the end of the text is missing */
	struct draft d;
};

/* policy.c: "source:line:col: " is put in front. */
void policy_fail(struct reader *rd, struct place at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void policy_where(const struct reader *rd, struct place at,
		  char out[BPFLOCK_SOURCE_LEN]);

/* policy_text.c, policy_cmdline.c */
void policy_lex_start(struct reader *rd);
bool policy_lex(struct reader *rd, struct entry *e);
bool policy_lex_cmdline(struct reader *rd, struct entry *e);
void policy_check_cut(struct reader *rd);
size_t policy_bad_byte(const char *s, size_t len, const char **why);
void policy_fail_entry(struct reader *rd, struct entry *e, size_t pos,
		       size_t start, const char *what);

/* policy_keys.c, policy_globals.c: put an entry into the draft. */
void policy_take(struct reader *rd, const struct entry *e);
bool policy_take_global(struct reader *rd, const char *key,
			const struct entry *e);
bool policy_need_value(struct reader *rd, const struct entry *e);
struct place policy_item_at(const struct entry *e, const struct item *i);
void policy_try_globals(struct nearest *n, const char *prefix);

/* policy_merge.c, policy_hold.c, policy_floor.c: lay the draft over the policy. */
void policy_merge(struct reader *rd);
void policy_merge_globals(struct reader *rd);
extern const unsigned char policy_rank[ON_ERRORS];
void policy_hold(const struct protection *p, struct setting *s,
		 const struct setting *was);

void policy_refuse(struct reader *rd, struct place at, const char *what);

/* policy_scope.c */
bool policy_take_scope(struct reader *rd, const struct entry *e,
		       struct draft_scope *d);
void policy_merge_scopes(struct reader *rd);

/* policy_folders.c */
void policy_folders_default(struct folders *f);
bool policy_take_folders(struct reader *rd, const char *key,
			 const struct entry *e);
void policy_merge_folders(struct reader *rd);

#endif /* POLICY_PARTS_H */
