// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>

#include "util/version.h"

void version_print(void)
{
	puts("bpflock " VERSION);
}
