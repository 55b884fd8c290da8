// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "policy/report.h"
#include "policy/sources.h"
#include "util/embedded.h"
#include "util/files.h"

static void add_file(struct policy *pol, enum policy_form form,
		     const char *source, const char *path, bool optional)
{
	char *text;
	ssize_t len = file_read_all(path, &text);

	if (len == -ENOENT && optional)
		return;
	if (len < 0) {
		policy_error(pol, "%s: cannot be read: %s", path,
			     strerror(-len));
		return;
	}
	policy_add(pol, form, source, text, len);
	free(text);
}

int sources_read(struct policy *pol, const char *file, const char *cmdline)
{
	policy_init(pol);
	policy_add(pol, POLICY_TEXT, "compiled in", compiled_policy_start,
		   compiled_policy_size);
	add_file(pol, POLICY_TEXT, file, file, true);
	add_file(pol, POLICY_CMDLINE, CMDLINE_NAME, cmdline, false);
	return pol->errors ? -EINVAL : 0;
}

int sources_file(struct policy *pol, const char *file)
{
	policy_init(pol);
	add_file(pol, POLICY_TEXT, file, file, false);
	return pol->errors ? -EINVAL : 0;
}
