// SPDX-License-Identifier: GPL-2.0-or-later
/* Code that has no file is run, by everything that runs code. */
#include <errno.h>
#include <fcntl.h>
#include <linux/udmabuf.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "engine/attempt.h"
#include "suites/fileless_ops.h"
#include "ways/code.h"

#define PAGE		4096
#define HUGE_PAGE	(2 << 20)
#define PROGRAM		"/fileless" /* a file on the guest's root */
#define SCRIPT		"#!" PROGRAM "\n"
#define AT_EXECVE_CHECK 0x10000 /* 6.14 */
#define SEALS		(F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

/* Code without a file */

#define STALE	 32 /* dentries that are freed, and then used again */
#define STALE_US 20000 /* until the kernel has freed them */

static int new_memfd(const void *data, size_t size)
{
	return code_fd(memfd_create("fileless", MFD_CLOEXEC), data, size);
}

static int new_sealed(const void *data, size_t size)
{
	int fd = code_fd(memfd_create("fileless",
				      MFD_CLOEXEC | MFD_ALLOW_SEALING),
			 data, size);

	if (fd >= 0 && fcntl(fd, F_ADD_SEALS, SEALS))
		return -errno;
	return fd;
}

/* hugetlbfs: the file cannot be written, only mapped. */
static int new_huge(const void *data, size_t size)
{
	int fd = memfd_create("fileless", MFD_CLOEXEC | MFD_HUGETLB);
	void *p;

	if (fd < 0 || ftruncate(fd, HUGE_PAGE))
		return -errno;
	p = mmap(NULL, HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		return -errno;
	memcpy(p, data, size);
	munmap(p, HUGE_PAGE);
	return fd;
}

static int new_tmpfile(const void *data, size_t size)
{
	return code_read_only(
		code_fd(open("/", O_TMPFILE | O_RDWR | O_CLOEXEC, 0755), data,
			size));
}

static int new_unlinked(const char *path, const void *data, size_t size)
{
	int ret = code_file(path, data, size), fd;

	if (ret)
		return ret;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	unlink(path);
	return fd;
}

static const char *need_program(void)
{
	return code_file(PROGRAM, code_program(NULL), PAGE) ?
		       "cannot write " PROGRAM :
		       NULL;
}

static const char *need_tmpfile(void)
{
	return new_tmpfile("", 0) < 0 ? "no O_TMPFILE on the root" : NULL;
}

static const char *need_huge(void)
{
	char free[16] = "";

	write_file("/proc/sys/vm/nr_hugepages", "6");
	read_file("/proc/sys/vm/nr_hugepages", free, sizeof(free) - 1);
	return free[0] == '6' ? NULL : "no huge pages";
}

/* exec */

static int exec_fd(int fd)
{
	return fd < 0 ? fd : code_exec(fd, "", AT_EMPTY_PATH);
}

static int exec_proc(int fd)
{
	char path[32];

	if (fd < 0)
		return fd;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return code_exec(AT_FDCWD, path, 0);
}

static int exec_memfd(void)
{
	return exec_fd(new_memfd(code_program(NULL), PAGE));
}

static int exec_memfd_proc(void)
{
	return exec_proc(new_memfd(code_program(NULL), PAGE));
}

static int exec_sealed(void)
{
	return exec_fd(new_sealed(code_program(NULL), PAGE));
}

static int exec_tmpfile(void)
{
	return exec_fd(new_tmpfile(code_program(NULL), PAGE));
}

static int exec_unlinked(void)
{
	return exec_proc(new_unlinked("/gone", code_program(NULL), PAGE));
}

static int exec_path(const char *path, const void *data, size_t size)
{
	int ret = code_file(path, data, size);

	if (!ret)
		ret = code_exec(AT_FDCWD, path, 0);
	unlink(path);
	return ret;
}

static int exec_shm(void)
{
	return exec_path("/dev/shm/program", code_program(NULL), PAGE);
}

/* The file behind shared anonymous memory, which can be opened. */
static int exec_map_files(void)
{
	void *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char path[64];

	if (p == MAP_FAILED)
		return -errno;
	memcpy(p, code_program(NULL), PAGE);
	snprintf(path, sizeof(path), "/proc/self/map_files/%lx-%lx",
		 (unsigned long)p, (unsigned long)p + PAGE);
	return code_exec(AT_FDCWD, path, 0);
}

/* The call only asks. A kernel without the flag says EINVAL. */
static int check_fd(int fd)
{
	if (fd < 0)
		return fd;
	return syscall(SYS_execveat, fd, "", NULL, NULL,
		       AT_EMPTY_PATH | AT_EXECVE_CHECK) ?
		       -errno :
		       0;
}

static int exec_check(void)
{
	return check_fd(new_memfd(code_program(NULL), PAGE));
}

static const char *need_exec_check(void)
{
	return check_fd(open(PROGRAM, O_RDONLY | O_CLOEXEC)) == -EINVAL ?
		       "the kernel has no AT_EXECVE_CHECK" :
		       NULL;
}

/* interp */

static int script_memfd(void)
{
	return exec_proc(new_memfd(SCRIPT, sizeof(SCRIPT) - 1));
}

static int script_huge(void)
{
	return exec_proc(new_huge(SCRIPT, sizeof(SCRIPT) - 1));
}

static int script_of_memfd(void)
{
	int fd = new_memfd(code_program(NULL), PAGE);
	char line[64];

	snprintf(line, sizeof(line), "#!/proc/self/fd/%d\n", fd);
	return fd < 0 ? fd : exec_path("/script", line, strlen(line));
}

static int script_of_script(void)
{
	int fd = new_memfd(code_program(NULL), PAGE);
	char line[64];
	int ret;

	snprintf(line, sizeof(line), "#!/proc/self/fd/%d\n", fd);
	ret = code_file("/script", line, strlen(line));
	return ret ? ret : exec_path("/script2", "#!/script\n", 10);
}

static int script_of_shm(void)
{
	int ret = code_file("/dev/shm/program", code_program(NULL), PAGE);

	return ret ? ret : exec_path("/script", "#!/dev/shm/program\n", 19);
}

static int elf_of(int fd)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return fd < 0 ? fd : exec_path("/elf", code_program(path), PAGE);
}

static int elf_of_memfd(void)
{
	return elf_of(new_memfd(code_program(NULL), PAGE));
}

static int elf_of_unlinked(void)
{
	return elf_of(new_unlinked("/gone", code_program(NULL), PAGE));
}

static int elf_of_shm(void)
{
	int ret = code_file("/dev/shm/program", code_program(NULL), PAGE);

	return ret ? ret :
		     exec_path("/elf", code_program("/dev/shm/program"), PAGE);
}

#define FORMATS "/mnt/"

/* The memfd is the interpreter of every program named *.fileless. */
static int format_of_memfd(void)
{
	int fd = new_memfd(code_program(NULL), PAGE), ret;
	char line[96];

	if (fd < 0 || mount("binfmt_misc", FORMATS, "binfmt_misc", 0, NULL))
		return -errno;
	snprintf(line, sizeof(line),
		 ":fileless:E::fileless::/proc/self/fd/%d:", fd);
	ret = write_file(FORMATS "register", line);
	if (!ret)
		ret = exec_path("/x.fileless", "no program", 10);
	write_file(FORMATS "fileless", "-1");
	umount(FORMATS);
	return ret;
}

static const char *need_formats(void)
{
	module_load("binfmt_misc", "");
	if (mount("binfmt_misc", FORMATS, "binfmt_misc", 0, NULL))
		return "no binfmt_misc";
	umount(FORMATS);
	return NULL;
}

/* mmap */

static int map_with(int fd, size_t size, int prot, int flags)
{
	void *p;

	if (fd < 0)
		return fd;
	p = mmap(NULL, size, prot, flags, fd, 0);
	return p == MAP_FAILED ? -errno : code_call(p);
}

static int map_code(int fd)
{
	return map_with(fd, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
}

static int map_memfd(void)
{
	return map_code(new_memfd(code_page, PAGE));
}

/*
 * A memfd with a name that does not fit into its dentry. Where the kernel does not
 * clear memory, the dentry still has the name of the file that had it before,
 * here that of anonymous memory.
 */
static int map_long_name(void)
{
	void *zero[STALE];
	char name[200];
	int ret = 0;

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = 0;
	for (int i = 0; i < STALE; i++)
		zero[i] = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < STALE; i++)
		munmap(zero[i], PAGE);
	usleep(STALE_US);
	for (int i = 0; i < STALE; i++) {
		ret = map_code(code_fd(memfd_create(name, MFD_CLOEXEC),
				       code_page, PAGE));
		if (!ret)
			break;
	}
	return ret;
}

static int map_memfd_shared(void)
{
	return map_with(new_memfd(code_page, PAGE), PAGE,
			PROT_READ | PROT_WRITE | PROT_EXEC, MAP_SHARED);
}

static int map_sealed(void)
{
	return map_code(new_sealed(code_page, PAGE));
}

static int map_huge(void)
{
	return map_with(new_huge(code_page, sizeof(code_page)), HUGE_PAGE,
			PROT_READ | PROT_EXEC, MAP_SHARED);
}

static int map_tmpfile(void)
{
	return map_code(new_tmpfile(code_page, PAGE));
}

/* udmabuf makes a buffer for hardware out of a memfd's pages. */
static int map_dma_buf(void)
{
	int fd = memfd_create("fileless", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int dev = open("/dev/udmabuf", O_RDWR | O_CLOEXEC);
	struct udmabuf_create make = { .memfd = fd, .size = PAGE };

	if (dev < 0 || code_fd(fd, code_page, PAGE) < 0 ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK))
		return -errno;
	fd = ioctl(dev, UDMABUF_CREATE, &make);
	if (fd < 0)
		return -errno;
	return map_with(fd, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED);
}

/* In newer kernels the buffers are on a noexec file system. */
static const char *need_dma_buf(void)
{
	const char *why = node_missing("/dev/udmabuf");

	if (!why && map_dma_buf() == -EPERM)
		why = "the kernel itself does not map code from a buffer";
	return why;
}

/* The file behind shared anonymous memory is as good as a memfd. */
static int open_anonymous(int flags)
{
	void *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char path[64];
	int fd;

	if (p == MAP_FAILED)
		return -errno;
	memcpy(p, code_page, PAGE);
	snprintf(path, sizeof(path), "/proc/self/map_files/%lx-%lx",
		 (unsigned long)p, (unsigned long)p + PAGE);
	fd = open(path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int map_anonymous(void)
{
	return map_code(open_anonymous(O_RDONLY));
}

static int map_anonymous_writable(void)
{
	return map_code(open_anonymous(O_RDWR));
}

static int protect_anonymous(void)
{
	int fd = open_anonymous(O_RDWR);
	void *p;

	if (fd < 0)
		return fd;
	p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED || mprotect(p, PAGE, PROT_READ | PROT_EXEC))
		return -errno;
	return code_call(p);
}

static int map_unlinked(void)
{
	return map_code(new_unlinked("/gone", code_page, PAGE));
}

static int map_path(const char *path)
{
	int ret = code_file(path, code_page, PAGE);

	if (!ret)
		ret = map_code(open(path, O_RDONLY | O_CLOEXEC));
	unlink(path);
	return ret;
}

static int map_shm(void)
{
	return map_path("/dev/shm/code");
}

static int protect_call(void *p, size_t size, int prot)
{
	if (p == MAP_FAILED || mprotect(p, size, prot))
		return -errno;
	return code_call(p);
}

static int protect_memfd(void)
{
	int fd = new_memfd(code_page, PAGE);

	return protect_call(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0),
			    PAGE, PROT_READ | PROT_EXEC);
}

static int protect_key(void)
{
	int fd = new_memfd(code_page, PAGE);
	void *p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED || syscall(SYS_pkey_mprotect, p, (long)PAGE,
				       (long)(PROT_READ | PROT_EXEC), -1L))
		return -errno;
	return code_call(p);
}

static int protect_shm(void)
{
	int ret = code_file("/dev/shm/code", code_page, PAGE), fd;

	if (ret)
		return ret;
	fd = open("/dev/shm/code", O_RDONLY | O_CLOEXEC);
	return protect_call(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0),
			    PAGE, PROT_READ | PROT_EXEC);
}

/* Old 32-bit programs have it: all readable memory is executable. */
static int implied_map(void)
{
	int fd = new_memfd(code_page, PAGE);

	personality(PER_LINUX | READ_IMPLIES_EXEC);
	return map_with(fd, PAGE, PROT_READ, MAP_SHARED);
}

static int implied_protect(void)
{
	int fd = new_memfd(code_page, PAGE);
	void *p = mmap(NULL, PAGE, PROT_NONE, MAP_SHARED, fd, 0);

	personality(PER_LINUX | READ_IMPLIES_EXEC);
	return protect_call(p, PAGE, PROT_READ);
}

static int implied_remap(void)
{
	int fd = new_memfd(code_page, PAGE);
	char *p;

	if (fd < 0 || write(fd, code_page, PAGE) != PAGE)
		return -EIO;
	p = mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	personality(PER_LINUX | READ_IMPLIES_EXEC);
	if (p == MAP_FAILED ||
	    syscall(SYS_remap_file_pages, p, (long)PAGE, 0L, 1L, 0L))
		return -errno;
	return code_call(p);
}

/* remap_file_pages() has a hook since 6.12; Debian's 6.1 has it as well. */
static const char *need_remap_hook(void)
{
	struct utsname u;

	uname(&u);
	return strncmp(u.release, "5.10.", 5) ? NULL :
						"the kernel asks no hook";
}

static void *shm_attach(int flags)
{
	int id = shmget(IPC_PRIVATE, PAGE, 0700);
	void *rw = shmat(id, NULL, 0), *p;

	if (rw == (void *)-1)
		return rw;
	memcpy(rw, code_page, PAGE);
	p = shmat(id, NULL, flags);
	shmctl(id, IPC_RMID, NULL);
	return p;
}

static int attach_exec(void)
{
	void *p = shm_attach(SHM_EXEC);

	return p == (void *)-1 ? -errno : code_call(p);
}

static int attach_protect(void)
{
	void *p = shm_attach(0);

	return p == (void *)-1 ? -errno :
				 protect_call(p, PAGE, PROT_READ | PROT_EXEC);
}

/* tmpfs */

static int exec_run(void)
{
	return exec_path("/run/program", code_program(NULL), PAGE);
}

static int exec_dev(void)
{
	return exec_path("/dev/program", code_program(NULL), PAGE);
}

static int exec_run_unlinked(void)
{
	return exec_proc(new_unlinked("/run/gone", code_program(NULL), PAGE));
}

static int map_run(void)
{
	return map_path("/run/code");
}

static int script_of_run(void)
{
	int ret = code_file("/run/program", code_program(NULL), PAGE);

	return ret ? ret : exec_path("/script", "#!/run/program\n", 15);
}

/* On a detached mount: fsopen, fsconfig(CREATE), fsmount. */
static int exec_detached(void)
{
	int fs = syscall(SYS_fsopen, "tmpfs", 1L), mnt, fd;

	if (fs < 0 || syscall(SYS_fsconfig, fs, 6L, NULL, NULL, 0L))
		return -errno;
	mnt = syscall(SYS_fsmount, fs, 1L, 0L);
	if (mnt < 0)
		return -errno;
	fd = code_fd(openat(mnt, "program", O_WRONLY | O_CREAT | O_CLOEXEC,
			    0755),
		     code_program(NULL), PAGE);
	if (fd < 0)
		return fd;
	close(fd);
	return code_exec(mnt, "program", 0);
}

/* innocent */

static int exec_real(void)
{
	return code_exec(AT_FDCWD, PROGRAM, 0);
}

static int script_real(void)
{
	return exec_path("/script", SCRIPT, sizeof(SCRIPT) - 1);
}

static int elf_real(void)
{
	return exec_path("/elf", code_program(PROGRAM), PAGE);
}

static int map_real(void)
{
	return map_path("/code");
}

/* An O_TMPFILE file that was linked is a file like any other. */
static int exec_linked(void)
{
	int fd = new_tmpfile(code_program(NULL), PAGE), ret;
	char path[32];

	if (fd < 0)
		return fd;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (linkat(AT_FDCWD, path, AT_FDCWD, "/linked", AT_SYMLINK_FOLLOW))
		return -errno;
	ret = code_exec(AT_FDCWD, "/linked", 0);
	unlink("/linked");
	return ret;
}

static int anonymous(size_t size, int flags, int prot_first)
{
	char *p = mmap(NULL, size, prot_first, flags | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return -errno;
	if (!(prot_first & PROT_EXEC))
		memcpy(p, code_page, PAGE);
	return prot_first & PROT_EXEC ?
		       0 :
		       protect_call(p, size, PROT_READ | PROT_EXEC);
}

/* What just-in-time compilers map: executable at once, or after writing. */
static int jit_with(size_t size, int flags)
{
	int ret = anonymous(size, flags, PROT_READ | PROT_WRITE | PROT_EXEC);

	return ret ? ret : anonymous(size, flags, PROT_READ | PROT_WRITE);
}

static int jit_private(void)
{
	return jit_with(PAGE, MAP_PRIVATE);
}

static int jit_shared(void)
{
	return jit_with(PAGE, MAP_SHARED);
}

static int jit_huge(void)
{
	return jit_with(HUGE_PAGE, MAP_PRIVATE | MAP_HUGETLB);
}

static int data_memfd(void)
{
	int fd = new_memfd(code_page, PAGE);
	void *p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED || mprotect(p, PAGE, PROT_READ))
		return -errno;
	return memcmp(p, code_page, PAGE) ? -EIO : 0;
}

static int data_shm(void)
{
	void *p = shm_attach(SHM_RDONLY);

	return p == (void *)-1 ? -errno : 0;
}

static const struct attempt attempts[] = {
	{ "exec", NULL, "execveat memfd", need_program, exec_memfd },
	{ "exec", NULL, "execve /proc/self/fd memfd", NULL, exec_memfd_proc },
	{ "exec", NULL, "sealed memfd", NULL, exec_sealed },
	{ "exec", NULL, "O_TMPFILE", need_tmpfile, exec_tmpfile },
	{ "exec", NULL, "unlinked", NULL, exec_unlinked },
	{ "exec", "tmpfs", "/dev/shm", NULL, exec_shm },
	{ "exec", NULL, "/proc/self/map_files", NULL, exec_map_files },
	{ "exec", NULL, "AT_EXECVE_CHECK", need_exec_check, exec_check },
	{ "interp", "exec", "a script that is a memfd", NULL, script_memfd },
	{ "interp", "exec", "a script that is a huge memfd", need_huge,
	  script_huge },
	{ "interp", NULL, "#! memfd", NULL, script_of_memfd },
	{ "interp", NULL, "#! script, #! memfd", NULL, script_of_script },
	{ "interp", "tmpfs", "#! /dev/shm", NULL, script_of_shm },
	{ "interp", NULL, "binfmt_misc memfd", need_formats, format_of_memfd },
	{ "interp",
	  NULL,
	  "ELF interpreter memfd",
	  NULL,
	  elf_of_memfd,
	  NULL,
	  { EFAULT } },
	{ "interp",
	  NULL,
	  "ELF interpreter unlinked",
	  NULL,
	  elf_of_unlinked,
	  NULL,
	  { EFAULT } },
	{ "interp",
	  "tmpfs",
	  "ELF interpreter /dev/shm",
	  NULL,
	  elf_of_shm,
	  NULL,
	  { EFAULT } },
	{ "mmap", NULL, "memfd", NULL, map_memfd, .anyone = 1 },
	{ "mmap", NULL, "memfd with a long name", NULL, map_long_name },
	{ "mmap", NULL, "memfd shared", NULL, map_memfd_shared },
	{ "mmap", NULL, "sealed memfd", NULL, map_sealed },
	{ "mmap", NULL, "huge memfd", need_huge, map_huge },
	{ "mmap", NULL, "O_TMPFILE", need_tmpfile, map_tmpfile },
	{ "mmap", NULL, "dma-buf of a memfd", need_dma_buf, map_dma_buf },
	{ "mmap", NULL, "map_files of anonymous memory", NULL, map_anonymous },
	{ "mmap", NULL, "the same for writing", NULL, map_anonymous_writable },
	{ "mmap", NULL, "the same and mprotect", NULL, protect_anonymous },
	{ "mmap", NULL, "unlinked", NULL, map_unlinked },
	{ "mmap", "tmpfs", "/dev/shm", NULL, map_shm },
	{ "mmap",
	  NULL,
	  "mprotect memfd",
	  NULL,
	  protect_memfd,
	  NULL,
	  { EPERM, EACCES } },
	{ "mmap", NULL, "pkey_mprotect memfd", NULL, protect_key },
	{ "mmap", "tmpfs", "mprotect /dev/shm", NULL, protect_shm },
	{ "mmap", NULL, "READ_IMPLIES_EXEC mmap", NULL, implied_map },
	{ "mmap", NULL, "READ_IMPLIES_EXEC mprotect", NULL, implied_protect },
	{ "mmap", NULL, "READ_IMPLIES_EXEC remap_file_pages", need_remap_hook,
	  implied_remap },
	{ "mmap", NULL, "shmat SHM_EXEC", NULL, attach_exec },
	{ "mmap", NULL, "shmat, mprotect", NULL, attach_protect },
	{ "tmpfs", NULL, "execve in /run", NULL, exec_run },
	{ "tmpfs", NULL, "execve in /dev", NULL, exec_dev },
	{ "tmpfs", "exec", "unlinked in /run", NULL, exec_run_unlinked },
	{ "tmpfs", NULL, "#! in /run", NULL, script_of_run },
	{ "tmpfs", NULL, "mmap in /run", NULL, map_run },
	{ "tmpfs", NULL, "execve in a detached mount", NULL, exec_detached },

	{ NULL, NULL, "a real program", NULL, exec_real },
	{ NULL, NULL, "a real script", NULL, script_real },
	{ NULL, NULL, "a real ELF interpreter", NULL, elf_real },
	{ NULL, NULL, "real code mapped", NULL, map_real },
	{ NULL, NULL, "O_TMPFILE, linked", need_tmpfile, exec_linked },
	{ NULL, NULL, "anonymous code", NULL, jit_private },
	{ NULL, NULL, "anonymous shared code", NULL, jit_shared },
	{ NULL, NULL, "anonymous huge code", need_huge, jit_huge },
	{ NULL, NULL, "memfd for data", NULL, data_memfd },
	{ NULL, NULL, "SysV shared memory for data", NULL, data_shm },
	{ 0 },
};

SUITE(fileless, NULL);
