/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The mount interface of Linux 5.2 and later, and openat2(2). All return 0 or
 * a descriptor, or -errno.
 */
#ifndef NEWMOUNT_H
#define NEWMOUNT_H

int openat2_path(const char *path, int flags);

/* mount_detached - fsopen to fsmount: a mount that is not attached anywhere */
int mount_detached(const char *type, const char *source,
		   unsigned int attributes);

/* mount_reconfigure - fspick, one flag (NULL: none), reconfigure */
int mount_reconfigure(const char *path, const char *flag);

/* mount_clone - open_tree(OPEN_TREE_CLONE) */
int mount_clone(const char *path);

/* mount_attach - move_mount() of that descriptor, with MOVE_MOUNT_ flags */
int mount_attach(int mount, const char *where, unsigned int flags);

/* mount_set_writable - mount_setattr() that clears MOUNT_ATTR_RDONLY */
int mount_set_writable(const char *path);

#endif /* NEWMOUNT_H */
