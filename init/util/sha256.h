/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SHA-256 (FIPS 180-4), to tell whether two policy files are the same. */
#ifndef SHA256_H
#define SHA256_H

#include <stddef.h>

#define SHA256_LEN 32

/** sha256 - the digest of @len bytes, as sha256sum(1) prints it in hex */
void sha256(const void *data, size_t len, unsigned char digest[SHA256_LEN]);

#endif /* SHA256_H */
