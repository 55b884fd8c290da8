// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * try OPERATION - makes the first attempt on that operation, as the caller of
 * this program. Exit status: 0 it worked, 1 it was denied as documented, 2 this
 * machine cannot show it, 3 it failed with another errno. The attempts are those
 * of tests/vm; of two protections with that operation it takes the first.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "engine/attempt.h"

/* The cloud kernel has none of the modules that tests/vm/suites/kimg.c asks for. */
static int autoload_alg(void)
{
	int fd = socket(AF_ALG, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static void remove_alg(void)
{
	module_remove("af_alg");
}

static const struct attempt autoload = {
	.op = "autoload_module",
	.name = "socket(AF_ALG)",
	.run = autoload_alg,
	.reset = remove_alg,
	.errnos = { EAFNOSUPPORT },
};

static const struct attempt *find_in(const char *key, const char *op)
{
	for (const struct attempt *a = suite_find(key)->attempts; a->run; a++)
		if (a->op && !strcmp(a->op, op))
			return a;
	return NULL;
}

static const struct attempt *find(const char *op)
{
	static const char *const keys[] = { "kimg", "fileless", "kmodules",
					    "disablebpf", "namespaces" };
	const struct attempt *a = NULL;

	if (!strcmp(op, autoload.op))
		return &autoload;
	for (size_t i = 0; !a && i < sizeof(keys) / sizeof(keys[0]); i++)
		a = find_in(keys[i], op);
	return a;
}

static int expected(const struct attempt *a, int err)
{
	for (int i = 0; i < ERRNOS; i++)
		if (a->errnos[i] && a->errnos[i] == err)
			return 1;
	return !a->errnos[0] && err == EPERM;
}

int main(int argc, char **argv)
{
	const struct attempt *a = argc == 2 ? find(argv[1]) : NULL;
	const char *why;
	int err;

	if (!a) {
		fprintf(stderr, "usage: try OPERATION\n");
		return 2;
	}
	why = a->prepare ? a->prepare() : NULL;
	if (why) {
		printf("%s, %s: cannot be tried: %s\n", a->op, a->name, why);
		return 2;
	}
	err = -a->run();
	printf("%s, %s: %s\n", a->op, a->name, err ? strerror(err) : "worked");
	if (!err && a->reset)
		a->reset();
	if (err == ENOENT || err == ENOSYS)
		return 2;
	return err ? expected(a, err) ? 1 : 3 : 0;
}
