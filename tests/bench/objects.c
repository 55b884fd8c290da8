// SPDX-License-Identifier: GPL-2.0-or-later
/* The BPF programs and maps that a process has open, and what they take. */
#include <bpf/bpf.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"

struct set {
	uint64_t programs, verified, xlated, jited, program_memory;
	uint64_t maps, map_memory;
};

static struct set largest;

/* A number in /proc/PID/fdinfo/FD, 0 if there is none of this name. */
static uint64_t fdinfo(int pid, const char *fd, const char *name)
{
	char path[320], line[128];
	size_t length = strlen(name);
	uint64_t value = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%s", pid, fd);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, length) && line[length] == ':')
			value = strtoull(line + length + 1, NULL, 10);
	if (file)
		fclose(file);
	return value;
}

/* The sizes of a program, which fdinfo does not have. */
static void add_sizes(struct set *set, int pid, const char *fd)
{
	struct bpf_prog_info info = { 0 };
	uint32_t length = sizeof(info);
	int pidfd = syscall(SYS_pidfd_open, pid, 0);
	int own = syscall(SYS_pidfd_getfd, pidfd, atoi(fd), 0);

	if (!bpf_prog_get_info_by_fd(own, &info, &length)) {
		set->xlated += info.xlated_prog_len;
		set->jited += info.jited_prog_len;
	}
	close(own);
	close(pidfd);
}

static void add(struct set *set, int pid, const char *fd)
{
	char path[320], target[64] = "";

	snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, fd);
	if (readlink(path, target, sizeof(target) - 1) < 0)
		return;
	if (strstr(target, "bpf-prog")) {
		set->programs++;
		set->verified += fdinfo(pid, fd, "verified_insns");
		set->program_memory += fdinfo(pid, fd, "memlock");
		add_sizes(set, pid, fd);
	} else if (strstr(target, "bpf-map")) {
		set->maps++;
		set->map_memory += fdinfo(pid, fd, "memlock");
	}
}

void objects_count(int pid)
{
	char path[64];
	struct set set = { 0 };
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			add(&set, pid, entry->d_name);
	if (dir)
		closedir(dir);
	if (set.programs > largest.programs)
		largest = set;
}

void objects_print(const char *prefix)
{
	figure(prefix, "programs", largest.programs);
	/* from 5.16 on */
	if (largest.verified)
		figure(prefix, "verified", largest.verified);
	figure(prefix, "xlated", largest.xlated);
	figure(prefix, "jited", largest.jited);
	figure(prefix, "program_memory", largest.program_memory);
	figure(prefix, "maps", largest.maps);
	figure(prefix, "map_memory", largest.map_memory);
}
