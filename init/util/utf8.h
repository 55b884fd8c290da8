/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8 (RFC 3629) in texts that come from outside. */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>

/** utf8_len - bytes of the character at @s, 0 if the @len bytes are not one */
size_t utf8_len(const unsigned char *s, size_t len);

/**
 * utf8_obeyed - would a terminal act on the character, and not show it?
 * @s: a valid character of @len bytes
 *
 * These are the control characters, and the characters that change the
 * direction of the text or end a line.
 */
bool utf8_obeyed(const unsigned char *s, size_t len);

#endif /* UTF8_H */
