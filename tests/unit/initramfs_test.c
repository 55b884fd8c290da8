// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What bpflock check finds in an initramfs. initramfs.sh makes the images and
 * names one, and a policy file; without arguments, what needs no image is
 * tested.
 */
#include <string.h>

#include "cmd/initramfs.h"
#include "tap.h"
#include "util/version.h"

const char *version_text(void)
{
	return "1.2.3+test";
}

static bool remedy_is(const char *path, const char *part)
{
	const struct initramfs i = { .lock = true };
	char text[REMEDY_LEN];

	return strstr(initramfs_remedy(path, &i, text), part);
}

int main(int argc, char **argv)
{
	struct json j = { .out = stdout };
	struct initramfs_host h;
	struct initramfs i;
	bool same;

	if (argc < 3) {
		tap(remedy_is("/boot/other", "make it anew"),
		    "a name without a version: no command");
		tap(remedy_is("/boot/0123abcd/6.12.1-amd64/initrd",
			      "kernel-install add 6.12.1-amd64 /"),
		    "the version is the name of the directory");
		return tap_end();
	}
	initramfs_host_read(&h, argv[2]);
	initramfs_read(argv[1], &i);
	same = initramfs_print(argv[1], &i, &h, "make it", true,
			       argc > 3 ? &j : NULL, stdout);
	return !same;
}
