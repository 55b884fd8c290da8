// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "policy/paths.h"
#include "policy/words.h"

_Static_assert(BPFLOCK_TRUST_NAME == 31 && BPFLOCK_DIR_NAME == 31,
	       "the message below names the limit of both");

static const char *name_fault(const char *name, size_t len)
{
	if (!len)
		return "empty component in the path";
	if (policy_word_is(name, len, ".") || policy_word_is(name, len, ".."))
		return "\".\" or \"..\" in the path";
	return len > 31 ? "component of more than 31 bytes" : NULL;
}

const char *policy_path_fault(const char *path, size_t len, size_t max_len,
			      unsigned int max_depth)
{
	unsigned int depth = 0;
	const char *fault;
	size_t n;

	if (len > max_len)
		return "path is too long";
	if (memchr(path, '"', len)) /* policy_print() could not quote it */
		return "quote inside the path";
	for (size_t from = 0; from <= len; from += n + 1, depth++) {
		const char *slash = memchr(path + from, '/', len - from);

		n = (slash ? slash : path + len) - (path + from);
		fault = name_fault(path + from, n);
		if (fault)
			return fault;
	}
	return depth > max_depth ? "path is too deep" : NULL;
}
