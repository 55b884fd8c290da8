// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * bench calls PREFIX host|container
 * bench load PREFIX PROGRAM [ARGUMENT]...
 * bench one OBJECT		until it is killed
 * bench nothing
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

int one(const char *object)
{
	struct bpf_object *obj = bpf_object__open_file(object, NULL);
	struct bpf_program *prog;

	if (!obj || bpf_object__load(obj))
		goto failed;
	prog = bpf_object__next_program(obj, NULL);
	if (!prog || !bpf_program__attach(prog))
		goto failed;
	puts("attached");
	fflush(stdout);
	for (;;)
		pause();
failed:
	fprintf(stderr, "bench: load %s: %s\n", object, strerror(errno));
	return 1;
}

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";

	if (!strcmp(command, "nothing"))
		return 0;
	if (!strcmp(command, "calls") && argc == 4)
		return calls(argv[2], !strcmp(argv[3], "container"));
	if (!strcmp(command, "load") && argc > 3)
		return load(argv[2], argv + 3);
	if (!strcmp(command, "one") && argc == 3)
		return one(argv[2]);
	fputs("usage: bench calls|load|one|nothing ...\n", stderr);
	return 64;
}
