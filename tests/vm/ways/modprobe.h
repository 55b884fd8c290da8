/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A modprobe that notes whether it was asked for names that no module has. */
#ifndef MODPROBE_H
#define MODPROBE_H

const char *make_modprobe(void);

/* was_asked - 0 if it was asked since /run/asked was removed, or @ret */
int was_asked(int ret);

/*
 * autoload_crypto - have an algorithm "bflk(sha1)" looked for
 *
 * A kernel thread then asks for "crypto-bflk". Every process can cause that, by
 * KEYCTL_DH_COMPUTE with three keys that need not exist.
 */
int autoload_crypto(void);

#endif /* MODPROBE_H */
