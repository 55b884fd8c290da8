// SPDX-License-Identifier: GPL-2.0-or-later
/* The initramfs images of /boot, and what makes them anew. */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/initramfs.h"
#include "policy/sources.h"
#include "util/exit_status.h"

#define BOOT "/boot"

static bool exists(const char *path)
{
	return !access(path, F_OK);
}

/* "6.12.1-amd64" of "/boot/initrd.img-6.12.1-amd64", or "initramfs-6.12.1.img" */
static const char *kernel_of(const char *path, int *len)
{
	const char *name = strrchr(path, '/');
	const char *dash = strchr(name ? name : path, '-');
	size_t n;

	if (!dash || dash[1] < '0' || dash[1] > '9')
		return NULL;
	n = strlen(++dash);
	if (n > 4 && !strcmp(dash + n - 4, ".img"))
		n -= 4;
	*len = n;
	return dash;
}

const char *initramfs_remedy(const char *path, bool lock,
			     char remedy[REMEDY_LEN])
{
	bool tools = exists("/usr/sbin/mkinitramfs");
	bool dracut = exists("/usr/bin/dracut") || exists("/usr/sbin/dracut");
	int len = 0;
	const char *kernel = kernel_of(path, &len);

	if (!lock && tools &&
	    !exists("/usr/share/initramfs-tools/hooks/bpflock"))
		return "install bpflock-initramfs-tools";
	if (!lock && !tools && dracut &&
	    !exists("/usr/lib/dracut/modules.d/50bpflock"))
		return "install bpflock-dracut";
	if (tools && kernel)
		snprintf(remedy, REMEDY_LEN, "update-initramfs -u -k %.*s", len,
			 kernel);
	else if (dracut && kernel)
		snprintf(remedy, REMEDY_LEN, "dracut --force %s %.*s", path,
			 len, kernel);
	else
		return "make it anew";
	return remedy;
}

static bool check(const char *path, const struct initramfs_host *h,
		  bool verbose, struct json *j)
{
	char remedy[REMEDY_LEN];
	struct initramfs i = { 0 };

	initramfs_read(path, &i);
	return initramfs_print(path, &i, h,
			       initramfs_remedy(path, i.lock, remedy), verbose,
			       j, stdout);
}

/* Links name a file that is there under another name. */
static int is_image(const struct dirent *d)
{
	return !strncmp(d->d_name, "initr", 5) && d->d_type != DT_LNK &&
	       d->d_type != DT_DIR;
}

bool initramfs_check_all(bool verbose, struct json *j)
{
	struct initramfs_host h;
	struct dirent **found;
	bool same = true;
	int n = scandir(BOOT, &found, is_image, alphasort);

	initramfs_host_read(&h, POLICY_FILE);
	if (j)
		json_open(j, "initramfs", '[');
	for (int i = 0; i < n; i++) {
		char path[sizeof(BOOT) + NAME_MAX + 2];

		snprintf(path, sizeof(path), BOOT "/%s", found[i]->d_name);
		same &= check(path, &h, verbose, j);
		free(found[i]);
	}
	if (n >= 0)
		free(found);
	if (j)
		json_close(j, ']');
	return same;
}

int initramfs_check_one(const char *path, bool json)
{
	struct json j = { .out = stdout };
	struct initramfs_host h;
	bool same;

	initramfs_host_read(&h, POLICY_FILE);
	same = check(path, &h, true, json ? &j : NULL);
	if (json)
		putchar('\n');
	return same ? STATUS_DONE : STATUS_NOT_ENFORCED;
}
