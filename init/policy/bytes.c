// SPDX-License-Identifier: GPL-2.0-or-later
#include "policy/bytes.h"

/* The length of the UTF-8 character at s, or 0 if the bytes are not one. */
static size_t utf8_len(const unsigned char *s, size_t len)
{
	static const unsigned int least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1 :
		   s[0] < 0xc2 ? 0 :
		   s[0] < 0xe0 ? 2 :
		   s[0] < 0xf0 ? 3 :
		   s[0] < 0xf5 ? 4 :
				 0;
	unsigned int c = n ? s[0] & (0xff >> (n + (n > 1))) : 0;

	if (n > len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	return n;
}

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
