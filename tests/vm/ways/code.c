// SPDX-License-Identifier: GPL-2.0-or-later
/* x86-64 only, as the virtual machines are. */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ways/code.h"

#define ENTRY  0x200
#define INTERP 0x180

/* mov eax, 42; ret */
const unsigned char code_page[4096] = { 0xb8, CODE_RESULT, 0, 0, 0, 0xc3 };

/* mov edi, STATUS; mov eax, SYS_exit; syscall */
static void put_exit(unsigned char *at, int status)
{
	static const unsigned char code[] = { 0xbf, 0, 0, 0, 0,	   0xb8,
					      60,   0, 0, 0, 0x0f, 0x05 };

	memcpy(at, code, sizeof(code));
	at[1] = status;
}

const void *code_program(const char *interp)
{
	static union {
		struct {
			Elf64_Ehdr head;
			Elf64_Phdr part[2];
		} elf;
		unsigned char byte[4096];
	} file;
	Elf64_Phdr *part = file.elf.part;

	memset(&file, 0, sizeof(file));
	memcpy(file.elf.head.e_ident, ELFMAG, SELFMAG);
	file.elf.head.e_ident[EI_CLASS] = ELFCLASS64;
	file.elf.head.e_ident[EI_DATA] = ELFDATA2LSB;
	file.elf.head.e_ident[EI_VERSION] = EV_CURRENT;
	file.elf.head.e_type = ET_DYN;
	file.elf.head.e_machine = EM_X86_64;
	file.elf.head.e_version = EV_CURRENT;
	file.elf.head.e_entry = ENTRY;
	file.elf.head.e_phoff = sizeof(Elf64_Ehdr);
	file.elf.head.e_ehsize = sizeof(Elf64_Ehdr);
	file.elf.head.e_phentsize = sizeof(Elf64_Phdr);
	file.elf.head.e_phnum = 1;
	if (interp) {
		file.elf.head.e_phnum = 2;
		strcpy((char *)file.byte + INTERP, interp);
		*part++ = (Elf64_Phdr){ .p_type = PT_INTERP,
					.p_offset = INTERP,
					.p_filesz = strlen(interp) + 1 };
	}
	*part = (Elf64_Phdr){ .p_type = PT_LOAD,
			      .p_flags = PF_R | PF_X,
			      .p_filesz = sizeof(file),
			      .p_memsz = sizeof(file),
			      .p_align = 4096 };
	put_exit(file.byte + ENTRY, interp ? 1 : CODE_RESULT);
	return &file;
}

int code_call(void *code)
{
	int (*function)(void);

	memcpy(&function, &code, sizeof(code));
	return function() == CODE_RESULT ? 0 : -EIO;
}

int code_exec(int fd, const char *path, int flags)
{
	char *argv[] = { "code", NULL }, *envp[] = { NULL };
	volatile int err = 0;
	int status;
	pid_t pid = vfork();

	if (!pid) {
		syscall(SYS_execveat, fd, path, argv, envp, flags);
		err = errno;
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -ECHILD;
	if (err)
		return -err;
	if (WIFSIGNALED(status))
		return -EFAULT;
	return WEXITSTATUS(status) == CODE_RESULT ? 0 : -EIO;
}

int code_fd(int fd, const void *data, size_t size)
{
	if (fd < 0)
		return -errno;
	if (write(fd, data, size) != (ssize_t)size) {
		close(fd);
		return -EIO;
	}
	return fd;
}

int code_file(const char *path, const void *data, size_t size)
{
	int fd;

	unlink(path);
	fd = code_fd(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755),
		     data, size);
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

int code_read_only(int fd)
{
	char path[32];
	int ro;

	if (fd < 0)
		return fd;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ro = open(path, O_RDONLY | O_CLOEXEC);
	close(fd);
	return ro < 0 ? -errno : ro;
}
