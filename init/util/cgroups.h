/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the number of a cgroup to its path. */
#ifndef CGROUPS_H
#define CGROUPS_H

/** cgroups_root - look below @dir and not where cgroup2 is usually mounted */
void cgroups_root(const char *dir);

/**
 * cgroups_path - the path of a cgroup in the hierarchy of cgroup2
 * @id: its number, which is the inode number of its directory
 *
 * Directories are read, but no file is opened by its handle, which the lock
 * may deny. Answers are kept.
 *
 * Return: "/system.slice/ssh.service", "/" for the root, or NULL if there is
 * no such cgroup any more.
 */
const char *cgroups_path(unsigned long long id);

/** cgroups_each - call @one with the path of each cgroup but the root */
void cgroups_each(void (*one)(const char *path, void *arg), void *arg);

#endif /* CGROUPS_H */
