// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "util/version.h"

/* bpflock check looks for this in the programs of initramfs images. */
static const char text[] = VERSION_MARK VERSION;

const char *version_text(void)
{
	return text + strlen(VERSION_MARK);
}

void version_print(void)
{
	puts(text);
}
