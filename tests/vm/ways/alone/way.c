// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * way NAME FILE - makes one attempt, as a small program of its own
 *
 * It needs no C library, so that this file becomes a 64-bit and a 32-bit
 * program, way64 and way32. Exit status: 0 if the attempt worked, or the errno;
 * an attempt that runs FILE ends with that program's status.
 */
#include <asm/unistd.h>
#include <linux/bpf.h>
#include <linux/fcntl.h>
#include <linux/memfd.h>

#define PROT_READ   1
#define PROT_EXEC   4
#define MAP_SHARED  1
#define MAP_PRIVATE 2
#define PAGE	    4096
#define AF_PHONET   35
#define SOCK_DGRAM  2

#ifdef __i386__
#define NR_mmap __NR_mmap2
#else
#define NR_mmap __NR_mmap
#endif

static char image[4 << 20];
static long image_len;

#ifdef __i386__
/* number and six arguments: eax ebx ecx edx esi edi ebp */
long call_array(const long *words);
asm("call_array: push %ebx; push %esi; push %edi; push %ebp;"
    "mov 20(%esp), %eax; mov 4(%eax), %ebx; mov 8(%eax), %ecx;"
    "mov 12(%eax), %edx; mov 16(%eax), %esi; mov 20(%eax), %edi;"
    "mov 24(%eax), %ebp; mov (%eax), %eax; int $0x80;"
    "pop %ebp; pop %edi; pop %esi; pop %ebx; ret");
asm(".globl _start; _start: mov %esp, %eax; push %eax; call start");
#else
asm(".globl _start; _start: mov %rsp, %rdi; and $-16, %rsp; call start");
#endif

static long call6(long nr, long a, long b, long c, long d, long e, long f)
{
#ifdef __i386__
	const long words[] = { nr, a, b, c, d, e, f };

	return call_array(words);
#else
	register long r10 asm("r10") = d;
	register long r8 asm("r8") = e;
	register long r9 asm("r9") = f;
	long ret;

	asm volatile("syscall"
		     : "=a"(ret)
		     : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
		       "r"(r9)
		     : "rcx", "r11", "memory");
	return ret;
#endif
}

#define CALL(nr, a, b, c, d, e) \
	call6(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)

static long open_file(const char *path)
{
	return CALL(__NR_open, path, O_RDONLY, 0, 0, 0);
}

static long read_image(const char *path)
{
	long fd = open_file(path), n = fd;

	while (fd >= 0 && (n = CALL(__NR_read, fd, image + image_len,
				    sizeof(image) - image_len, 0, 0)) > 0)
		image_len += n;
	return n;
}

/* A memfd with the file's content, to be read. */
static long memfd(const char *path)
{
	long fd, n = read_image(path);

	if (n < 0)
		return n;
	fd = CALL(__NR_memfd_create, "way", 0, 0, 0, 0);
	if (fd >= 0 && CALL(__NR_write, fd, image, image_len, 0, 0) != image_len)
		return -28;
	return fd;
}

static const char *fd_path(long fd)
{
	static char path[] = "/proc/self/fd/0";

	path[sizeof(path) - 2] = '0' + fd;
	return path;
}

static long reopened(const char *path)
{
	long fd = memfd(path), again;

	if (fd < 0)
		return fd;
	again = open_file(fd_path(fd));
	CALL(__NR_close, fd, 0, 0, 0, 0);
	return again;
}

static long finit(const char *path)
{
	return CALL(__NR_finit_module, open_file(path), "", 0, 0, 0);
}

static long finit_memfd(const char *path)
{
	return CALL(__NR_finit_module, reopened(path), "", 0, 0, 0);
}

static long init(const char *path)
{
	long n = read_image(path);

	return n < 0 ? n : CALL(__NR_init_module, image, image_len, "", 0, 0);
}

static long delete (const char *name)
{
	return CALL(__NR_delete_module, name, O_NONBLOCK, 0, 0, 0);
}

/* The answer does not matter: the script looks for the family's module. */
static long family(const char *unused)
{
	(void)unused;
	CALL(__NR_socket, AF_PHONET, SOCK_DGRAM, 0, 0, 0);
	return 0;
}

static long map_create(const char *unused)
{
	static union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY,
				       .key_size = 4,
				       .value_size = 4,
				       .max_entries = 1 };

	(void)unused;
	return CALL(__NR_bpf, BPF_MAP_CREATE, &attr, sizeof(attr), 0, 0);
}

static long pin_map(const char *path)
{
	static union bpf_attr attr;

	attr.pathname = (unsigned long)path;
	attr.bpf_fd = map_create(path);
	return CALL(__NR_bpf, BPF_OBJ_PIN, &attr, sizeof(attr), 0, 0);
}

static long prog_load(const char *unused)
{
	static const struct bpf_insn return_0[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	static union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
				       .insn_cnt = 2 };

	(void)unused;
	attr.insns = (unsigned long)return_0;
	attr.license = (unsigned long)"GPL";
	return CALL(__NR_bpf, BPF_PROG_LOAD, &attr, sizeof(attr), 0, 0);
}

static long exec_at(const char *path)
{
	const char *argv[] = { "true", 0 }, *none[] = { 0 };

	return CALL(__NR_execveat, reopened(path), "", argv, none,
		    AT_EMPTY_PATH);
}

static long exec_path(const char *path)
{
	const char *argv[] = { "true", 0 }, *none[] = { 0 };
	long fd = reopened(path);

	return fd < 0 ? fd : CALL(__NR_execve, fd_path(fd), argv, none, 0, 0);
}

static long mapped(long ret)
{
	return ret < 0 && ret > -PAGE ? ret : 0;
}

static long map_exec(const char *path)
{
	return mapped(CALL(NR_mmap, 0, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE,
			   memfd(path)));
}

static long map_then_exec(const char *path)
{
	long at = CALL(NR_mmap, 0, PAGE, PROT_READ, MAP_PRIVATE, memfd(path));

	return mapped(at) ? at :
			    CALL(__NR_mprotect, at, PAGE, PROT_READ | PROT_EXEC,
				 0, 0);
}

static const struct {
	const char *name;
	long (*run)(const char *file);
} attempts[] = {
	{ "finit", finit },	  { "finit_memfd", finit_memfd },
	{ "init", init },	  { "delete", delete },
	{ "family", family },	  { "map_create", map_create },
	{ "pin_map", pin_map },	  { "prog_load", prog_load },
	{ "exec_at", exec_at },	  { "exec_path", exec_path },
	{ "map_exec", map_exec }, { "map_then_exec", map_then_exec },
};

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

/* argc, argv[0], argv[1], ... as the kernel leaves them */
__attribute__((noreturn, used)) void start(long *stack)
{
	const char *const *argv = (const char *const *)(stack + 1);
	long ret = -22;

	for (unsigned long i = 0; i < sizeof(attempts) / sizeof(*attempts); i++)
		if (stack[0] == 3 && same(argv[1], attempts[i].name))
			ret = attempts[i].run(argv[2]);
	for (;;)
		CALL(__NR_exit, ret < 0 ? -ret : 0, 0, 0, 0, 0);
}
