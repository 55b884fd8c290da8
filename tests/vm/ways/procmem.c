// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/abi.h"
#include "ways/helpers.h"
#include "ways/procmem.h"
#include "ways/uring.h"
#include "ways/victims.h"

#define NR_PROCESS_MADVISE 440
#define ADVICE_COLD	   20
#define PAGE		   4096
#ifndef CAP_PERFMON
#define CAP_PERFMON 38
#endif

static int drop(int cap)
{
	struct __user_cap_header_struct h = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct d[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &h, d))
		return -errno;
	d[cap / 32].effective &= ~(1u << (cap % 32));
	return syscall(SYS_capset, &h, d) ? -errno : 0;
}

static int open_by_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int all_of(const char *dir, int (*open_one)(const char *, int))
{
	static const char *const files[] = { "environ",	     "auxv",
					     "maps",	     "smaps",
					     "smaps_rollup", "numa_maps",
					     "pagemap" };
	int n = sizeof(files) / sizeof(files[0]), opened = 0, ret = 0, fd;
	char path[96];

	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
		fd = open_one(path, i ? O_RDONLY : O_RDWR);
		if (fd >= 0) {
			close(fd);
			opened++;
		} else {
			ret = fd;
		}
	}
	return opened == n ? 0 : opened ? -EIO : ret;
}

static int of_host(int (*open_one)(const char *, int))
{
	char dir[64];

	snprintf(dir, sizeof(dir), "/proc/%d", (int)in_host.pid);
	return all_of(dir, open_one);
}

int read_memory_files(void)
{
	return of_host(open_by_path);
}

int read_memory_files_perfmon(void)
{
	int ret = drop(CAP_SYS_PTRACE);

	return ret ? ret : of_host(open_by_path);
}

int read_memory_files_admin(void)
{
	int ret = drop(CAP_PERFMON);

	return ret ? ret : read_memory_files_perfmon();
}

int read_memory_files_of_thread(void)
{
	char dir[64];
	int ret = drop(CAP_SYS_PTRACE);

	snprintf(dir, sizeof(dir), "/proc/%d/task/%d", (int)in_host.pid,
		 (int)in_host.pid);
	return ret ? ret : all_of(dir, open_by_path);
}

int read_memory_files_uring(void)
{
	int ret = drop(CAP_SYS_PTRACE);

	return ret ? ret : of_host(uring_open_by_worker);
}

int read_memory_files_32(void)
{
	int ret = drop(CAP_SYS_PTRACE);

	return ret ? ret : of_host(i386_open);
}

/* The first mapping of the program, which the victim has as well. */
static int mapping(char *path, size_t size)
{
	char text[64] = "", name[40];
	unsigned long start, end;

	if (read_file("/proc/self/maps", text, sizeof(text) - 1) < 0 ||
	    sscanf(text, "%lx-%lx", &start, &end) != 2)
		return -EIO;
	snprintf(name, sizeof(name), "%lx-%lx", start, end);
	snprintf(path, size, "/proc/%d/map_files/%s", (int)in_host.pid, name);
	return 0;
}

int look_up_mapping(void)
{
	struct stat st;
	char path[96];
	int ret = mapping(path, sizeof(path));

	if (ret)
		return ret;
	return lstat(path, &st) ? -errno : 0;
}

int look_up_mapping_perfmon(void)
{
	int ret = drop(CAP_SYS_PTRACE);

	return ret ? ret : look_up_mapping();
}

int look_up_mapping_admin(void)
{
	int ret = drop(CAP_PERFMON);

	return ret ? ret : look_up_mapping_perfmon();
}

int open_mapping(void)
{
	char path[96];
	int ret = mapping(path, sizeof(path));

	return ret ? ret : open_close(path, O_RDONLY);
}

int list_mappings_perfmon(void)
{
	char path[64];
	DIR *dir;
	int n = 0, ret = drop(CAP_SYS_PTRACE);

	if (ret)
		return ret;
	snprintf(path, sizeof(path), "/proc/%d/map_files", (int)in_host.pid);
	dir = opendir(path);
	if (!dir)
		return -errno;
	errno = 0;
	while (readdir(dir))
		n++;
	ret = errno ? -errno : -EIO;
	closedir(dir);
	return n > 2 ? 0 : ret;
}

/* In a child, since a capability that is gone stays so. */
static const char *need_of(int (*run)(void))
{
	int status = 1;
	pid_t pid;

	if (need_victims())
		return "the victims could not be made";
	pid = fork();
	if (!pid)
		_exit(!!run());
	waitpid(pid, &status, 0);
	return status ? "the kernel itself denies it without CAP_SYS_PTRACE" :
			NULL;
}

const char *need_perfmon(void)
{
	return need_of(read_memory_files_admin);
}

const char *need_mapping_perfmon(void)
{
	return need_of(look_up_mapping_admin);
}

const char *need_perfmon_32(void)
{
	const char *why = need_i386();

	return why ? why : need_perfmon();
}

const char *need_perfmon_uring(void)
{
	const char *why = need_uring();

	return why ? why : need_perfmon();
}

int advise_host(void)
{
	uintptr_t page = (uintptr_t)&victim_memory & ~(uintptr_t)(PAGE - 1);
	struct iovec theirs = { (void *)page, PAGE };

	return syscall(NR_PROCESS_MADVISE, in_host.pidfd, &theirs, 1L,
		       (long)ADVICE_COLD, 0L) < 0 ?
		       -errno :
		       0;
}

int advise_host_perfmon(void)
{
	int ret = drop(CAP_SYS_PTRACE);

	return ret ? ret : advise_host();
}

int advise_host_admin(void)
{
	int ret = drop(CAP_PERFMON);

	return ret ? ret : advise_host_perfmon();
}

const char *need_advice(void)
{
	if (need_victims())
		return "the victims could not be made";
	return advise_host() ? "no process_madvise" : NULL;
}

int read_own_memory_files(void)
{
	int ret = drop(CAP_SYS_PTRACE);

	return ret ? ret : all_of("/proc/self", open_by_path);
}
