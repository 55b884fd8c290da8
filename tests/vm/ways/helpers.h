/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files, modules and BTF. All return 0 (or a descriptor) or -errno. */
#ifndef HELPERS_H
#define HELPERS_H

#include <stddef.h>
#include <sys/types.h>

int write_file(const char *path, const char *text);
int open_close(const char *path, int flags);
int read_file(const char *path, void *buf, size_t size);

/* node_missing - NULL, or that there is no such file */
const char *node_missing(const char *path);

/* the file of a module, signature included; NULL if the guest lacks it */
void *module_image(const char *name, size_t *size);
void *module_unsigned(const char *name, size_t *size);

/* by init_module(2); by finit_module(2), of a memfd */
int module_insert(const void *image, size_t size, const char *params);
int module_insert_file(const void *image, size_t size, const char *params);

int module_load(const char *name, const char *params);
int module_loaded(const char *name);
void module_remove(const char *name);

/* bpf_load_calling - load a kprobe program that calls one helper */
int bpf_load_calling(int helper);

/* child_waiting - a child that does nothing until child_end() */
pid_t child_waiting(void);
void child_end(pid_t pid);

/* kernel_knows - is the name anywhere in the kernel's BTF? */
int kernel_knows(const char *name);

#endif /* HELPERS_H */
