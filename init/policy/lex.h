/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the bytes of a source to entries, one at a time; false at the end. */
#ifndef POLICY_LEX_H
#define POLICY_LEX_H

#include "policy/draft.h"

#define POLICY_NO_EQUAL "expected \"=\" after the key"

/** policy_lex_text - the next entry of a file (text.c) */
bool policy_lex_text(struct reader *rd, struct entry *e);

/** policy_lex_cmdline - the next entry of a command line, up to -- (cmdline.c) */
bool policy_lex_cmdline(struct reader *rd, struct entry *e);

/**
 * policy_check_cut - report a command line that the kernel may have cut off
 *
 * The kernel cuts a command line that is too long for its buffer, and logs
 * nothing.
 */
void policy_check_cut(struct reader *rd);

#endif /* POLICY_LEX_H */
