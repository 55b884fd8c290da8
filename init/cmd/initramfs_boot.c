// SPDX-License-Identifier: GPL-2.0-or-later
/* The initramfs images that a boot loader starts, and what makes them anew. */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/initramfs.h"
#include "policy/sources.h"
#include "util/exit_status.h"

static bool exists(const char *path)
{
	return !access(path, F_OK);
}

/* Of kernel-install(8), the directory may be any of them. */
static const char *const roots[] = { "/boot", "/boot/efi", "/efi" };

#define ROOTS ((int)(sizeof(roots) / sizeof(roots[0])))
#define UKIS  "/EFI/Linux"

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

/* The same of "/boot/TOKEN/6.12.1-amd64/initrd" */
static const char *kernel_of_directory(const char *path, int *len)
{
	const char *end = strrchr(path, '/'), *name = end;

	while (name && name > path && name[-1] != '/')
		name--;
	if (!name || *name < '0' || *name > '9')
		return NULL;
	*len = end - name;
	return name;
}

static const char *made_by_kernel_install(const char *kernel, int len,
					  char remedy[REMEDY_LEN])
{
	char image[256];

	snprintf(image, sizeof(image), "/boot/vmlinuz-%.*s", len, kernel);
	if (!exists(image))
		snprintf(image, sizeof(image), "/usr/lib/modules/%.*s/vmlinuz",
			 len, kernel);
	snprintf(remedy, REMEDY_LEN, "kernel-install add %.*s %s", len, kernel,
		 image);
	return remedy;
}

const char *initramfs_remedy(const char *path, const struct initramfs *i,
			     char remedy[REMEDY_LEN])
{
	bool tools = exists("/usr/sbin/mkinitramfs");
	bool dracut = exists("/usr/bin/dracut") || exists("/usr/sbin/dracut");
	const char *kernel;
	int len = 0;

	if (!i->lock && tools &&
	    !exists("/usr/share/initramfs-tools/hooks/bpflock"))
		return "install bpflock-initramfs-tools";
	if (!i->lock && !tools && dracut &&
	    !exists("/usr/lib/dracut/modules.d/50bpflock"))
		return "install bpflock-dracut";
	if (*i->kernel)
		return made_by_kernel_install(i->kernel, strlen(i->kernel),
					      remedy);
	kernel = kernel_of_directory(path, &len);
	if (kernel)
		return made_by_kernel_install(kernel, len, remedy);
	kernel = kernel_of(path, &len);
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

struct looking {
	struct initramfs_host h;
	bool verbose, same;
	struct json *j;
};

static bool check(const char *path, const struct looking *l)
{
	char remedy[REMEDY_LEN];
	struct initramfs i = { 0 };

	initramfs_read(path, &i);
	return initramfs_print(path, &i, &l->h,
			       initramfs_remedy(path, &i, remedy), l->verbose,
			       l->j, stdout);
}

static bool ends(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && !strcmp(text + len - n, end);
}

/* "initrd.img-6.12.1-amd64", or "TOKEN/6.12.1-amd64/initrd" of kernel-install(8) */
static bool is_image(const char *dir, const char *name, int depth)
{
	return (!strncmp(name, "initr", 5) && depth != 1) ||
	       (ends(dir, UKIS) && ends(name, ".efi"));
}

/* Links are left out: they name a file that is there under another name. */
static void look(struct looking *l, const char *dir, int depth)
{
	struct dirent **found;
	int n = scandir(dir, &found, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		const char *name = found[i]->d_name;
		char path[PATH_MAX];
		struct stat st = { 0 };

		snprintf(path, sizeof(path), "%.3000s/%s", dir, name);
		lstat(path, &st);
		if (S_ISDIR(st.st_mode) && depth < 2 && name[0] != '.')
			look(l, path, depth + 1);
		else if (S_ISREG(st.st_mode) && is_image(dir, name, depth))
			l->same &= check(path, l);
		free(found[i]);
	}
	if (n >= 0)
		free(found);
}

bool initramfs_check_all(bool verbose, struct json *j)
{
	struct looking l = { .verbose = verbose, .same = true, .j = j };

	initramfs_host_read(&l.h, POLICY_FILE);
	if (j)
		json_open(j, "initramfs", '[');
	for (int i = 0; i < ROOTS; i++)
		look(&l, roots[i], 0);
	if (j)
		json_close(j, ']');
	return l.same;
}

int initramfs_check_one(const char *path, bool json)
{
	struct json j = { .out = stdout };
	struct looking l = { .verbose = true, .j = json ? &j : NULL };
	bool same;

	initramfs_host_read(&l.h, POLICY_FILE);
	same = check(path, &l);
	if (json)
		putchar('\n');
	return same ? STATUS_DONE : STATUS_NOT_ENFORCED;
}
