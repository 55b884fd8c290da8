/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code made while the test runs: functions and programs in any file. */
#ifndef CODE_H
#define CODE_H

#include <stddef.h>

#define CODE_RESULT 42

/* a page that begins with a function that returns CODE_RESULT */
extern const unsigned char code_page[4096];

/*
 * code_program - an ELF program that exits with CODE_RESULT
 * @interp: its ELF interpreter, or NULL. With one, the program itself exits
 *	with another status, so that only the interpreter gives the right one.
 *
 * Return: a page, overwritten by the next call.
 */
const void *code_program(const char *interp);

/* code_call - call the function there: 0 or -EIO */
int code_call(void *code);

/*
 * code_exec - execveat(2) in a child
 *
 * Return: 0 if what ran gave CODE_RESULT, -errno of the call, -EFAULT if the
 * child was killed meanwhile, -EIO if something else ran.
 */
int code_exec(int fd, const char *path, int flags);

/* code_file - write it: 0 or -errno */
int code_file(const char *path, const void *data, size_t size);

/* code_fd - write it; gives back the descriptor, or -errno */
int code_fd(int fd, const void *data, size_t size);

/* code_read_only - the same file, not open for writing any more */
int code_read_only(int fd);

#endif /* CODE_H */
