// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "ways/calls.h"

#define PINS	 "/sys/fs/bpf/bpflock/"
#define PINS_LEN (sizeof(PINS) - 1)
#define PAGE	 4096

/* Faults in short: memory, permission, interrupted, space, again. */
#define M (1u << FAULT_ENOMEM)
#define P (1u << FAULT_EPERM)
#define I (1u << FAULT_EINTR)
#define S (1u << FAULT_ENOSPC)
#define A (1u << FAULT_EAGAIN)
#define K (1u << FAULT_KILL)

const struct call_error call_errors[CALL_FAULTS] = {
	[FAULT_ENOMEM] = { "ENOMEM", ENOMEM },
	[FAULT_EPERM] = { "EPERM", EPERM },
	[FAULT_EINTR] = { "EINTR", EINTR },
	[FAULT_ENOSPC] = { "ENOSPC", ENOSPC },
	[FAULT_EAGAIN] = { "EAGAIN", EAGAIN },
	[FAULT_KILL] = { "SIGKILL", 0 },
};

const int calls_safe[] = {
	SYS_arch_prctl,	     SYS_clock_gettime, SYS_clock_nanosleep,
	SYS_close,	     SYS_exit,		SYS_exit_group,
	SYS_fcntl,	     SYS_futex,		SYS_getegid,
	SYS_geteuid,	     SYS_getgid,	SYS_getpid,
	SYS_getppid,	     SYS_getrandom,	SYS_gettid,
	SYS_gettimeofday,    SYS_getuid,	SYS_lseek,
	SYS_nanosleep,	     SYS_rt_sigaction,	SYS_rt_sigprocmask,
	SYS_rt_sigreturn,    SYS_sched_yield,	SYS_set_robust_list,
	SYS_set_tid_address, SYS_sync,		SYS_umask,
	SYS_uname,
};
const unsigned int calls_safe_n = sizeof(calls_safe) / sizeof(calls_safe[0]);

/* What an argument is: a path, a descriptor, or nothing that has a name. */
enum { NOTHING, PATH, FD };

static const struct known {
	int nr;
	const char *name;
	unsigned int faults;
	int kind, arg;
} known[] = {
	{ SYS_access, "access", M | P, PATH, 0 },
	{ SYS_brk, "brk", M },
	{ SYS_clone, "clone", M | A },
	{ SYS_delete_module, "delete_module", M | P },
	{ SYS_execve, "execve", M | P | A, PATH, 0 },
	{ SYS_finit_module, "finit_module", M | P },
	{ SYS_fork, "fork", M | A },
	{ SYS_fsconfig, "fsconfig", M | P },
	{ SYS_fsmount, "fsmount", M | P },
	{ SYS_fsopen, "fsopen", M | P, PATH, 0 },
	{ SYS_fstat, "fstat", M | P, FD, 0 },
	{ SYS_getdents64, "getdents64", M | P | I, FD, 0 },
	{ SYS_init_module, "init_module", M | P },
	{ SYS_ioctl, "ioctl", M | P | I, FD, 0 },
	{ SYS_kexec_load, "kexec_load", M | P },
	{ SYS_lstat, "lstat", M | P, PATH, 0 },
	{ SYS_memfd_create, "memfd_create", M | P, PATH, 0 },
	{ SYS_mkdir, "mkdir", M | P | S, PATH, 0 },
	{ SYS_mmap, "mmap", M | P | A },
	{ SYS_mount, "mount", M | P, PATH, 1 },
	{ SYS_mprotect, "mprotect", M | P },
	{ SYS_mremap, "mremap", M | A },
	{ SYS_munmap, "munmap", M },
	{ SYS_newfstatat, "newfstatat", M | P, PATH, 1 },
	{ SYS_open, "open", M | P | I, PATH, 0 },
	{ SYS_openat, "openat", M | P | I, PATH, 1 },
	{ SYS_pread64, "pread64", M | P | I, FD, 0 },
	{ SYS_prctl, "prctl", P },
	{ SYS_read, "read", M | P | I | A, FD, 0 },
	{ SYS_readlink, "readlink", M | P, PATH, 0 },
	{ SYS_readv, "readv", M | P | I | A, FD, 0 },
	{ SYS_rename, "rename", M | P | S, PATH, 0 },
	{ SYS_renameat2, "renameat2", M | P | S, PATH, 1 },
	{ SYS_rmdir, "rmdir", M | P, PATH, 0 },
	{ SYS_setresuid, "setresuid", P | A },
	{ SYS_socket, "socket", M | P },
	{ SYS_stat, "stat", M | P, PATH, 0 },
	{ SYS_statfs, "statfs", M | P | I, PATH, 0 },
	{ SYS_umount2, "umount2", M | P, PATH, 0 },
	{ SYS_unlink, "unlink", M | P, PATH, 0 },
	{ SYS_unlinkat, "unlinkat", M | P, NOTHING, 0 },
	{ SYS_unshare, "unshare", M | P | S },
	{ SYS_vfork, "vfork", M | A },
	{ SYS_wait4, "wait4", I },
	{ SYS_write, "write", P | I | S | A, FD, 0 },
	{ SYS_writev, "writev", P | I | S | A, FD, 0 },
};

static const char *const bpf_names[] = {
	"MAP_CREATE",	    "MAP_LOOKUP_ELEM",
	"MAP_UPDATE_ELEM",  "MAP_DELETE_ELEM",
	"MAP_GET_NEXT_KEY", "PROG_LOAD",
	"OBJ_PIN",	    "OBJ_GET",
	"PROG_ATTACH",	    "PROG_DETACH",
	"PROG_TEST_RUN",    "PROG_GET_NEXT_ID",
	"MAP_GET_NEXT_ID",  "PROG_GET_FD_BY_ID",
	"MAP_GET_FD_BY_ID", "OBJ_GET_INFO",
	"PROG_QUERY",	    "RAW_TRACEPOINT_OPEN",
	"BTF_LOAD",	    "BTF_GET_FD_BY_ID",
	"TASK_FD_QUERY",    "22",
	"MAP_FREEZE",	    "BTF_GET_NEXT_ID",
};

/* Reads up to the end of the text or of its page. */
static void read_text(pid_t pid, uint64_t at, char *text, size_t len)
{
	size_t n = PAGE - at % PAGE;
	struct iovec to = { text, n < len ? n : len - 1 };
	struct iovec from = { (void *)(uintptr_t)at, to.iov_len };
	ssize_t got = process_vm_readv(pid, &to, 1, &from, 1, 0);

	text[got > 0 ? got : 0] = '\0';
}

/* Numbers become N; below the pins, the name of a hook becomes "*". */
static void plain(char *out, size_t len, const char *path)
{
	bool pins = !strncmp(path, PINS, PINS_LEN);
	const char *p = pins ? path + PINS_LEN : path, *hook;
	size_t n = snprintf(out, len, "%s", pins ? "pins/" : "");

	hook = pins ? strchr(p, '/') : NULL;
	if (hook && (!strcmp(hook, "/policy") || !strcmp(hook, "/counters")))
		hook = NULL;
	while (*p && n < len - 2) {
		bool digit = isdigit((unsigned char)*p);

		out[n++] = digit ? 'N' : *p == '|' ? '!' : *p;
		p += digit ? strspn(p, "0123456789") : 1;
		if (hook && p > hook) {
			out[n++] = '*';
			break;
		}
	}
	out[n] = '\0';
}

static void describe_fd(pid_t pid, int fd, char *out, size_t len)
{
	char link[64], to[PATH_MAX];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/%d/fd/%d", pid, fd);
	n = readlink(link, to, sizeof(to) - 1);
	to[n > 0 ? n : 0] = '\0';
	plain(out, len, to);
}

static void describe_bpf(pid_t pid, const struct seccomp_data *call,
			 char text[CALL_LEN])
{
	unsigned int cmd = call->args[0];
	uint64_t at = call->args[1], path = 0;
	char name[BPF_OBJ_NAME_LEN + 1] = "", to[256] = "";
	struct iovec local = { &path, sizeof(path) };
	struct iovec remote = { (void *)(uintptr_t)at, sizeof(path) };
	int n = snprintf(text, CALL_LEN, "bpf %s ",
			 cmd < sizeof(bpf_names) / sizeof(bpf_names[0]) ?
				 bpf_names[cmd] :
			 cmd == BPF_LINK_CREATE	 ? "LINK_CREATE" :
			 cmd == BPF_ENABLE_STATS ? "ENABLE_STATS" :
						   "other");

	if (cmd == BPF_OBJ_PIN || cmd == BPF_OBJ_GET) {
		process_vm_readv(pid, &local, 1, &remote, 1, 0);
		read_text(pid, path, to, sizeof(to));
		plain(text + n, CALL_LEN - n, to);
		return;
	}
	if (cmd != BPF_PROG_LOAD && cmd != BPF_MAP_CREATE)
		return;
	read_text(pid,
		  at + (cmd == BPF_PROG_LOAD ?
				offsetof(union bpf_attr, prog_name) :
				offsetof(union bpf_attr, map_name)),
		  name, sizeof(name));
	if (cmd == BPF_PROG_LOAD)
		name[strcspn(name, "_")] = '\0';
	plain(text + n, CALL_LEN - n, name);
}

unsigned int call_describe(pid_t pid, const struct seccomp_data *call,
			   char text[CALL_LEN])
{
	char path[PATH_MAX];

	if (call->nr == SYS_bpf) {
		describe_bpf(pid, call, text);
		return M | P | I | S | A | K;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const struct known *k = &known[i];
		int n;

		if (k->nr != call->nr)
			continue;
		n = snprintf(text, CALL_LEN, "%s ", k->name);
		if (k->kind == FD)
			describe_fd(pid, call->args[k->arg], text + n,
				    CALL_LEN - n);
		if (k->kind == PATH) {
			read_text(pid, call->args[k->arg], path, sizeof(path));
			plain(text + n, CALL_LEN - n, path);
		}
		return k->faults | K;
	}
	snprintf(text, CALL_LEN, "call %d ", call->nr);
	return M | P | K;
}
