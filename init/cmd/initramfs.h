/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What bpflock check finds in the initramfs images. */
#ifndef INITRAMFS_H
#define INITRAMFS_H

#include <stdbool.h>

#include "cmd/cpio.h"
#include "cmd/uki.h"
#include "util/print.h"
#include "util/sha256.h"

struct initramfs {
	bool lock; /* bpflock-init is in it */
	bool policy; /* /etc/bpflock/policy is in it */
	char kernel[UKI_KERNEL]; /* of a unified kernel image that tells; else "" */
	char version[40]; /* of bpflock-init; "": not known */
	unsigned char digest[SHA256_LEN]; /* of the policy */
	int err; /* 0, or -errno: it could not be read */
	char trouble[CPIO_TROUBLE];
};

/** initramfs_read - look into the initramfs or unified kernel image @path */
void initramfs_read(const char *path, struct initramfs *i);

/* What it is compared with */
struct initramfs_host {
	const char *version;
	bool policy;
	unsigned char digest[SHA256_LEN];
};

/** initramfs_host_read - this program's version, and the policy file @policy */
void initramfs_host_read(struct initramfs_host *h, const char *policy);

/**
 * initramfs_print - compare an initramfs with the host, and tell what differs
 * @remedy: what makes it anew
 * @verbose: tell what is in it as well
 * @j: NULL, or gets an object, and nothing is printed as text
 *
 * Return: is it as on the host?
 */
bool initramfs_print(const char *path, const struct initramfs *i,
		     const struct initramfs_host *h, const char *remedy,
		     bool verbose, struct json *j, FILE *out);

#define REMEDY_LEN 512

/**
 * initramfs_remedy - the command that makes an initramfs anew
 * @path: its file, which has the version of the kernel in its name, or in that of
 *	  its directory
 * @i: what was read from it. If bpflock is in it, the part that puts it there is
 *     installed.
 */
const char *initramfs_remedy(const char *path, const struct initramfs *i,
			     char remedy[REMEDY_LEN]);

/**
 * initramfs_check_all - look at all that a boot loader starts
 * @j: NULL, or gets an array
 *
 * Return: are all as on the host?
 */
bool initramfs_check_all(bool verbose, struct json *j);

/** initramfs_check_one - look at one file; an exit status */
int initramfs_check_one(const char *path, bool json);

#endif /* INITRAMFS_H */
