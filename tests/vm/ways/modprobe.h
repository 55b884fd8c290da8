/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A modprobe that tells whether it was asked for names that nothing has. */
#ifndef MODPROBE_H
#define MODPROBE_H

const char *make_modprobe(void);

/* was_asked - 0 if it was since /run/asked was removed, or @ret */
int was_asked(int ret);

/*
 * autoload_crypto - have an algorithm "bflk(sha1)" looked for
 *
 * A kernel thread then asks for "crypto-bflk". Anybody may cause that, with
 * three keys that need not be there.
 */
int autoload_crypto(void);

#endif /* MODPROBE_H */
