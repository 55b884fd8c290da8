// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <string.h>

#include "cmd/initramfs.h"
#include "policy/sources.h"

#define HEX_LEN (2 * SHA256_LEN + 1)
#define SHOWN	12 /* hex digits of a digest for people */

static const char *hex(const unsigned char *digest, char out[HEX_LEN])
{
	for (int i = 0; i < SHA256_LEN; i++)
		sprintf(out + 2 * i, "%02x", digest[i]);
	return out;
}

/* What is wrong with it, or NULL */
static const char *lacks(const struct initramfs *i)
{
	return i->err == -EACCES || i->err == -EPERM ?
		       "it cannot be read: run this as root" :
	       i->err	? i->trouble :
	       !i->lock ? "bpflock is not in it" :
			  NULL;
}

static bool same_version(const struct initramfs *i,
			 const struct initramfs_host *h)
{
	return !strcmp(i->version, h->version);
}

static bool same_policy(const struct initramfs *i,
			const struct initramfs_host *h)
{
	return i->policy == h->policy &&
	       (!i->policy || !memcmp(i->digest, h->digest, SHA256_LEN));
}

static const char *known(const char *version)
{
	return *version ? version : "of an unknown version";
}

static void print_policy(const struct initramfs *i,
			 const struct initramfs_host *h, FILE *out)
{
	char in[HEX_LEN], there[HEX_LEN];

	hex(i->digest, in);
	hex(h->digest, there);
	if (!i->policy)
		fputs(POLICY_FILE " is not in it\n", out);
	else if (!h->policy)
		fprintf(out,
			"it has a policy, %.*s, and there is no\n"
			"  " POLICY_FILE "\n",
			SHOWN, in);
	else
		fprintf(out,
			"its policy is another one, %.*s, than\n"
			"  " POLICY_FILE ", %.*s\n",
			SHOWN, in, SHOWN, there);
}

static void print_good(const char *path, const struct initramfs *i, FILE *out)
{
	char in[HEX_LEN];

	fprintf(out, "%s: bpflock %s, ", path, known(i->version));
	if (i->policy)
		fprintf(out, "policy %.*s\n", SHOWN, hex(i->digest, in));
	else
		fputs("no policy file\n", out);
}

static void print_bad(const char *path, const struct initramfs *i,
		      const struct initramfs_host *h, const char *remedy,
		      FILE *out)
{
	const char *what = lacks(i);

	if (what)
		fprintf(out, "%s: %s\n", path, what);
	if (!what && !same_version(i, h))
		fprintf(out, "%s: it has bpflock %s,\n  and this is %s\n", path,
			known(i->version), h->version);
	if (!what && !same_policy(i, h)) {
		fprintf(out, "%s: ", path);
		print_policy(i, h, out);
	}
	if (!i->err || i->err == -EBADMSG)
		fprintf(out, "  %s\n", remedy);
}

static void print_json(const char *path, const struct initramfs *i,
		       const struct initramfs_host *h, const char *remedy,
		       bool same, struct json *j)
{
	char in[HEX_LEN];

	json_open(j, NULL, '{');
	json_string(j, "file", path);
	json_bool(j, "readable", !i->err);
	json_bool(j, "bpflock", i->lock);
	if (i->lock && *i->version)
		json_string(j, "version", i->version);
	else
		json_null(j, "version");
	if (i->policy)
		json_string(j, "policy_sha256", hex(i->digest, in));
	else
		json_null(j, "policy_sha256");
	json_bool(j, "same_version", i->lock && same_version(i, h));
	json_bool(j, "same_policy", i->lock && same_policy(i, h));
	json_bool(j, "ok", same);
	json_string(j, "trouble", lacks(i) ? lacks(i) : "");
	json_string(j, "remedy", same ? "" : remedy);
	json_close(j, '}');
}

bool initramfs_print(const char *path, const struct initramfs *i,
		     const struct initramfs_host *h, const char *remedy,
		     bool verbose, struct json *j, FILE *out)
{
	bool same = !lacks(i) && same_version(i, h) && same_policy(i, h);

	if (j)
		print_json(path, i, h, remedy, same, j);
	else if (!same)
		print_bad(path, i, h, remedy, out);
	else if (verbose)
		print_good(path, i, out);
	return same;
}
