/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Other ways to ask the kernel: 32-bit system calls, io_uring, and the newer
 * mount interface. All return 0 or a descriptor, or -errno.
 */
#ifndef WAYS_H
#define WAYS_H

const char *need_32bit(void);
const char *need_uring(void);

/* a system call by its 32-bit number; pointers must come from low_string() */
long way_32bit(int nr, unsigned int a, unsigned int b, unsigned int c,
	       unsigned int d);
/* a copy in the lower 4 GB, in turn one of a few */
unsigned int low_string(const char *s);
int way_open_32bit(const char *path, int flags);
int way_chmod_32bit(const char *path, int mode);
int way_mount_32bit(const char *dev, const char *where, const char *type,
		    unsigned long flags);

int way_openat2(const char *path, int flags);
int way_open_uring(const char *path, int flags);
/* a command of uring_cmd's file; what it answers */
int way_uring_cmd(int fd, unsigned int op);

/* fsopen to fsmount: a mount that is not attached anywhere */
int way_new_mount(const char *type, const char *source,
		  unsigned int attributes);
/* fspick, one flag (NULL: none), reconfigure */
int way_reconfigure(const char *path, const char *flag);
int way_clone(const char *path); /* open_tree(OPEN_TREE_CLONE) */
int way_attach(int mount, const char *where, unsigned int flags);
/* clears MOUNT_ATTR_RDONLY */
int way_mount_setattr(const char *path);

#endif /* WAYS_H */
