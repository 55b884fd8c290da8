// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "util/embedded.h"

#define GZIP_FORMAT 16 /* zlib.h: added to the window's bits */

/* RFC 1952: the last four bytes are the size, little endian. */
static size_t unpacked_size(const unsigned char *end)
{
	const unsigned char *p = end - 4;

	return p[0] | p[1] << 8 | p[2] << 16 | (size_t)p[3] << 24;
}

void *embedded_unpack(const struct embedded *file, size_t *size)
{
	z_stream z = { .next_in = (unsigned char *)file->start,
		       .avail_in = file->size };
	size_t out_size = unpacked_size(file->start + file->size);
	unsigned char *out = malloc(out_size);
	int ret;

	if (!out)
		return NULL;
	z.next_out = out;
	z.avail_out = out_size;
	ret = inflateInit2(&z, MAX_WBITS + GZIP_FORMAT);
	if (ret == Z_OK) {
		ret = inflate(&z, Z_FINISH);
		inflateEnd(&z);
	}
	if (ret != Z_STREAM_END) {
		free(out);
		errno = ret == Z_MEM_ERROR ? ENOMEM : EBADMSG;
		return NULL;
	}
	*size = z.total_out;
	return out;
}
