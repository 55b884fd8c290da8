/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which bytes a policy may consist of. */
#ifndef POLICY_BYTES_H
#define POLICY_BYTES_H

#include <stdbool.h>
#include <stddef.h>

static inline bool policy_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/**
 * policy_bad_byte - the offset of the first byte that no policy may have
 * @why: gets the reason, if there is such a byte
 *
 * A policy is UTF-8 (RFC 3629) without control characters other than tab.
 *
 * Return: an offset, or @len if all bytes are good.
 */
size_t policy_bad_byte(const char *text, size_t len, const char **why);

#endif /* POLICY_BYTES_H */
