// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "kernel/swap.h"
#include "util/files.h"

bool swap_on(void)
{
	char text[4096];

	return file_read("/proc/swaps", text, sizeof(text)) > 0 &&
	       strchr(text, '\n') && strchr(text, '\n')[1];
}
