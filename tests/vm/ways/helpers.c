// SPDX-License-Identifier: GPL-2.0-or-later
/* What the attempts of several protections need. */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/helpers.h"

int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

int open_close(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

int read_file(const char *path, void *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	n = read(fd, buf, size);
	if (n < 0)
		n = -errno;
	close(fd);
	return n;
}

const char *node_missing(const char *path)
{
	static char why[128];

	if (!access(path, F_OK))
		return NULL;
	snprintf(why, sizeof(why), "no %s", path);
	return why;
}

int kernel_knows(const char *name)
{
	static char btf[16 << 20];
	static size_t len;
	FILE *f;

	if (!len) {
		f = fopen("/sys/kernel/btf/vmlinux", "re");
		len = f ? fread(btf, 1, sizeof(btf), f) : 0;
		if (f)
			fclose(f);
	}
	return memmem(btf, len, name, strlen(name) + 1) != NULL;
}

/* modules.dep's lines begin with "kernel/.../NAME.ko:" */
static int module_path(const char *name, char *path, size_t size)
{
	struct utsname u;
	char dep[160], line[512], want[64];
	FILE *f;
	int ret = -ENOENT;

	uname(&u);
	snprintf(dep, sizeof(dep), "/lib/modules/%s/modules.dep", u.release);
	snprintf(want, sizeof(want), "/%s.ko", name);
	f = fopen(dep, "re");
	if (!f)
		return -errno;
	while (ret && fgets(line, sizeof(line), f)) {
		line[strcspn(line, ":")] = '\0';
		if (strlen(line) < strlen(want) ||
		    strcmp(line + strlen(line) - strlen(want), want))
			continue;
		snprintf(path, size, "/lib/modules/%s/%s", u.release, line);
		ret = 0;
	}
	fclose(f);
	return ret;
}

void *module_image(const char *name, size_t *size)
{
	char path[640];
	struct stat st;
	void *image;

	if (module_path(name, path, sizeof(path)) || stat(path, &st))
		return NULL;
	image = malloc(st.st_size);
	if (!image || read_file(path, image, st.st_size) != st.st_size)
		return NULL;
	*size = st.st_size;
	return image;
}

/*
 * A signature follows the module: PKCS#7 data, twelve bytes that end with the
 * length of the data in big endian, and a magic line.
 */
void *module_unsigned(const char *name, size_t *size)
{
	static const char magic[] = "~Module signature appended~\n";
	const size_t m = sizeof(magic) - 1;
	unsigned char *image = module_image(name, size), *len;

	if (!image || *size < m + 12 || memcmp(image + *size - m, magic, m))
		return NULL;
	len = image + *size - m - 4;
	*size -= m + 12 +
		 ((size_t)len[0] << 24 | len[1] << 16 | len[2] << 8 | len[3]);
	return image;
}

int module_insert(const void *image, size_t size, const char *params)
{
	return syscall(SYS_init_module, image, size, params) ? -errno : 0;
}

int module_insert_file(const void *image, size_t size, const char *params)
{
	int fd = memfd_create("module", MFD_CLOEXEC);
	int ret = 0;

	if (fd < 0 || write(fd, image, size) != (ssize_t)size)
		return -errno;
	if (syscall(SYS_finit_module, fd, params, 0))
		ret = -errno;
	close(fd);
	return ret;
}

int module_load(const char *name, const char *params)
{
	char path[640];
	int fd, ret;

	ret = module_path(name, path, sizeof(path));
	if (ret)
		return ret;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = syscall(SYS_finit_module, fd, params, 0) ? -errno : 0;
	close(fd);
	return ret;
}

int module_loaded(const char *name)
{
	char path[96];

	snprintf(path, sizeof(path), "/sys/module/%s", name);
	return !access(path, F_OK);
}

void module_remove(const char *name)
{
	if (syscall(SYS_delete_module, name, O_NONBLOCK) && errno != ENOENT)
		printf("# cannot unload %s: %s\n", name, strerror(errno));
}

#define INSN(c, d, s, o, i)                                              \
	{                                                                \
		.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), \
		.imm = (i)                                               \
	}

int bpf_load_calling(int helper)
{
	struct bpf_insn insns[] = {
		/* *(u64 *)(r10 - 8) = 0; helper(r10 - 8, 8, 0); return 0 */
		INSN(BPF_ST | BPF_MEM | BPF_DW, 10, 0, -8, 0),
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, 1, 10, 0, 0),
		INSN(BPF_ALU64 | BPF_ADD | BPF_K, 1, 0, 0, -8),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 2, 0, 0, 8),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, 0),
		INSN(BPF_JMP | BPF_CALL, 0, 0, 0, helper),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0),
		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};
	union bpf_attr attr;
	int fd;

	/* bpf_probe_write_user(dst, src, len): the memory is the second argument */
	if (helper == BPF_FUNC_probe_write_user) {
		insns[1].dst_reg = 2;
		insns[2].dst_reg = 2;
		insns[3].dst_reg = 3;
		insns[3].imm = 8;
		insns[4].dst_reg = 1;
	}
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_KPROBE;
	attr.insns = (uintptr_t)insns;
	attr.insn_cnt = sizeof(insns) / sizeof(insns[0]);
	attr.license = (uintptr_t) "GPL";
	fd = syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

pid_t child_waiting(void)
{
	pid_t pid = fork();

	if (!pid) {
		pause();
		_exit(0);
	}
	return pid;
}

void child_end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}
