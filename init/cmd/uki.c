// SPDX-License-Identifier: GPL-2.0-or-later
#include <endian.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "cmd/uki.h"

#define HEADER_AT 0x3c /* where the place of the PE header stands */
#define CHUNK	  65536

/* "PE", a NUL, another one, and the COFF header */
struct header {
	char magic[4];
	uint16_t machine, sections;
	uint32_t time, symbols_at, symbols;
	uint16_t optional, flags;
};

struct section {
	char name[8];
	uint32_t size, address; /* in memory */
	uint32_t raw_size, raw_at; /* in the file, filled up with NULs */
	uint32_t other[4];
};

bool uki_is(FILE *in)
{
	char magic[2];
	bool is = fread(magic, 1, 2, in) == 2 && !memcmp(magic, "MZ", 2);

	rewind(in);
	return is;
}

static bool read_at(FILE *in, long at, void *to, size_t len)
{
	return !fseek(in, at, SEEK_SET) && fread(to, 1, len, in) == len;
}

static size_t data_size(const struct section *s)
{
	uint32_t size = le32toh(s->size), raw = le32toh(s->raw_size);

	return size < raw ? size : raw;
}

static int copy(FILE *in, const struct section *s, FILE *out)
{
	size_t left = data_size(s), part;
	char data[CHUNK];

	if (fseek(in, le32toh(s->raw_at), SEEK_SET))
		return -EBADMSG;
	for (; left; left -= part) {
		part = left < sizeof(data) ? left : sizeof(data);
		if (fread(data, 1, part, in) != part)
			return -EBADMSG;
		if (fwrite(data, 1, part, out) != part)
			return -errno;
	}
	return 0;
}

static void read_kernel(FILE *in, const struct section *s,
			char kernel[UKI_KERNEL])
{
	size_t len = data_size(s);

	if (len >= UKI_KERNEL || !read_at(in, le32toh(s->raw_at), kernel, len))
		len = 0;
	kernel[len] = '\0';
	kernel[strcspn(kernel, "\n")] = '\0';
}

static int read_sections(FILE *in, FILE *out, char kernel[UKI_KERNEL])
{
	struct section s;
	struct header h;
	uint32_t at;
	int err = -ENOENT;

	if (!read_at(in, HEADER_AT, &at, sizeof(at)) ||
	    !read_at(in, le32toh(at), &h, sizeof(h)) ||
	    memcmp(h.magic, "PE\0", 4))
		return -EBADMSG;
	at = le32toh(at) + sizeof(h) + le16toh(h.optional);
	for (int i = 0; i < le16toh(h.sections); i++, at += sizeof(s)) {
		if (!read_at(in, at, &s, sizeof(s)))
			return -EBADMSG;
		if (!strncmp(s.name, ".uname", sizeof(s.name)))
			read_kernel(in, &s, kernel);
		if (strncmp(s.name, ".initrd", sizeof(s.name)))
			continue;
		err = copy(in, &s, out);
		if (err)
			break;
	}
	return err;
}

FILE *uki_initramfs(FILE *in, char kernel[UKI_KERNEL], int *err)
{
	FILE *out = tmpfile();

	kernel[0] = '\0';
	*err = out ? read_sections(in, out, kernel) : -errno;
	if (!*err && fflush(out))
		*err = -errno;
	if (*err && out) {
		fclose(out);
		return NULL;
	}
	if (out)
		rewind(out);
	return out;
}
