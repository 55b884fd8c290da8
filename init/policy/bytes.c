// SPDX-License-Identifier: GPL-2.0-or-later
#include "policy/bytes.h"
#include "util/utf8.h"

size_t policy_bad_byte(const char *text, size_t len, const char **why)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_len(s + i, len - i);
		*why = "invalid UTF-8";
		if (!n)
			return i;
		*why = s[i] ? "control character" : "NUL byte";
		if ((s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7f)
			return i;
		if (s[i] == 0xc2 && s[i + 1] < 0xa0) /* U+0080 to U+009F */
			return i;
	}
	return len;
}
