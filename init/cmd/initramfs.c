// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/initramfs.h"
#include "util/files.h"
#include "util/version.h"

#define POLICY_NAME "etc/bpflock/policy"

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The name of a program does not tell: an image may have it as its init. */
static int wants(void *arg, const char *name)
{
	(void)arg;
	return !strcmp(name, POLICY_NAME) || !strcmp(name, "init") ||
	       !strcmp(base(name), "bpflock-init") ||
	       !strcmp(base(name), "bpflock-boot");
}

/* "bpflock 0.1.0" and a NUL stand in each program: init/util/version.c. */
static bool find_version(const char *data, size_t len, char *out, size_t size)
{
	const char *end = data + len, *at = data;
	const size_t mark = strlen(VERSION_MARK);

	for (; (at = memmem(at, end - at, VERSION_MARK, mark)); at += mark) {
		const char *v = at + mark;
		size_t n = strspn(v, "0123456789abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ.+~:-");

		if (!isdigit((unsigned char)*v) || v[n] || n >= size)
			continue;
		memcpy(out, v, n + 1);
		return true;
	}
	return false;
}

static void file(void *arg, const char *name, const char *data, size_t len)
{
	struct initramfs *i = arg;
	char version[sizeof(i->version)] = "";
	bool known;

	if (!strcmp(name, POLICY_NAME)) {
		i->policy = true;
		sha256(data, len, i->digest);
		return;
	}
	known = find_version(data, len, version, sizeof(version));
	if (!known && !strcmp(name, "init"))
		return; /* another program */
	i->lock = true;
	memcpy(i->version, version, sizeof(version));
}

static const char *trouble_of(int err)
{
	if (err == -ENOENT)
		return "no initramfs is in it";
	if (err == -EBADMSG)
		return "it is a broken unified kernel image";
	return strerror(-err);
}

/* The initramfs, alone or in a unified kernel image; NULL with i->err set */
static FILE *open_image(const char *path, struct initramfs *i)
{
	FILE *in = fopen(path, "re"), *image;

	if (!in) {
		i->err = -errno;
		snprintf(i->trouble, sizeof(i->trouble), "%s", strerror(errno));
		return NULL;
	}
	if (!uki_is(in))
		return in;
	image = uki_initramfs(in, i->kernel, &i->err);
	fclose(in);
	if (i->err)
		snprintf(i->trouble, sizeof(i->trouble), "%s",
			 trouble_of(i->err));
	return image;
}

void initramfs_read(const char *path, struct initramfs *i)
{
	const struct cpio_reader r = { wants, file, i };
	FILE *in;

	memset(i, 0, sizeof(*i));
	in = open_image(path, i);
	if (!in)
		return;
	i->err = cpio_read(in, &r, i->trouble);
	fclose(in);
}

void initramfs_host_read(struct initramfs_host *h, const char *policy)
{
	char *text;
	ssize_t len = file_read_all(policy, &text);

	*h = (struct initramfs_host){ version_text(), len >= 0, { 0 } };
	if (len < 0)
		return;
	sha256(text, len, h->digest);
	free(text);
}
