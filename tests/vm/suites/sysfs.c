// SPDX-License-Identifier: GPL-2.0-or-later
/* Changes through /sys, which are undone. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "engine/attempt.h"
#include "suites/sysfs_ops.h"
#include "ways/abi.h"
#include "ways/filesystems.h"
#include "ways/newmount.h"
#include "ways/uring.h"

#define SYSFILE	     "module/printk/parameters/time"
#define FILE1	     "/sys/" SYSFILE
#define SECOND	     "/run/sys"
#define READ_ONLY    "/run/sys-ro"
#define READ_ONLY_SB "/run/sys-ro-sb" /* of another network namespace */
#define NEW	     "/run/sys-new"
#define CONTAINER    "/run/sys-container" /* writable, another namespace's */
#define ATTR	     "trusted.bpflock"

static int rewrite_fd(int fd)
{
	int ret = 0;

	if (fd < 0)
		return fd;
	if (write(fd, "N", 1) != 1)
		ret = -errno;
	close(fd);
	return ret;
}

static int write_plain(void)
{
	return write_file(FILE1, "N");
}

static int write_and_read(void)
{
	int fd = open(FILE1, O_RDWR | O_CLOEXEC);

	return fd < 0 ? -errno : rewrite_fd(fd);
}

static int write_append(void)
{
	int fd = open(FILE1, O_WRONLY | O_APPEND | O_CLOEXEC);

	return fd < 0 ? -errno : rewrite_fd(fd);
}

static int write_openat2(void)
{
	return rewrite_fd(openat2_path(FILE1, O_WRONLY));
}

static int write_32bit(void)
{
	return rewrite_fd(i386_open(FILE1, O_WRONLY));
}

static int write_uring(void)
{
	return rewrite_fd(uring_open(FILE1, O_WRONLY));
}

static int write_magic_link(void)
{
	int path = open(FILE1, O_PATH | O_CLOEXEC), fd;
	char link[64];

	snprintf(link, sizeof(link), "/proc/self/fd/%d", path);
	fd = open(link, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		fd = -errno;
	close(path);
	return rewrite_fd(fd);
}

/* inside the chroot as well */
static const char *mount_both(const char *where, unsigned long flags)
{
	char jail[64], inside[64];

	snprintf(inside, sizeof(inside), "%s/kernel", where);
	if (!access(inside, F_OK)) /* the control has made it, before the lock */
		return NULL;
	snprintf(jail, sizeof(jail), "/jail%s", where);
	mkdir(where, 0755);
	if (mount("sysfs", where, "sysfs", flags, NULL) ||
	    mount(where, jail, NULL, MS_BIND, NULL))
		return "cannot mount";
	return NULL;
}

static const char *make_second(void)
{
	return mount_both(SECOND, 0);
}

static int write_second(void)
{
	return write_file(SECOND "/" SYSFILE, "N");
}

/* In a network namespace of its own, as a container runtime mounts it. */
static const char *mount_elsewhere(const char *where, unsigned long flags)
{
	int status = 1;
	pid_t pid;

	if (!access(where, F_OK))
		return NULL;
	pid = fork();
	if (!pid)
		_exit(unshare(CLONE_NEWNET) || mount_both(where, flags));
	waitpid(pid, &status, 0);
	return status ? "cannot mount" : NULL;
}

static const char *make_container(void)
{
	return mount_elsewhere(CONTAINER, 0);
}

static int write_container(void)
{
	return write_file(CONTAINER "/" SYSFILE, "N");
}

/* setattr */

static int set_mode(void)
{
	return chmod(FILE1, 0644) ? -errno : 0;
}

static int set_mode_fd(void)
{
	int fd = open(FILE1, O_RDONLY | O_CLOEXEC), ret;

	ret = fchmod(fd, 0644) ? -errno : 0;
	close(fd);
	return ret;
}

static int set_owner(void)
{
	return chown(FILE1, 0, 0) ? -errno : 0;
}

static int set_times(void)
{
	return utimensat(AT_FDCWD, FILE1, NULL, 0) ? -errno : 0;
}

static int set_size(void)
{
	return truncate(FILE1, 0) ? -errno : 0;
}

static int set_mode_32bit(void)
{
	return i386_chmod(FILE1, 0644);
}

static int set_mode_second(void)
{
	return chmod(SECOND "/" SYSFILE, 0644) ? -errno : 0;
}

static int set_mode_container(void)
{
	return chmod(CONTAINER "/" SYSFILE, 0644) ? -errno : 0;
}

static int set_attribute(void)
{
	return setxattr(FILE1, ATTR, "1", 1, 0) ? -errno : 0;
}

static const char *give_attribute(void)
{
	return set_attribute() ? "no trusted attributes in sysfs" : NULL;
}

static void give_it_back(void)
{
	set_attribute();
}

static int remove_attribute(void)
{
	return removexattr(FILE1, ATTR) ? -errno : 0;
}

/* mount */

static int mount_with(unsigned long flags)
{
	int ret;

	mkdir(NEW, 0755);
	ret = mount("sysfs", NEW, "sysfs", flags, NULL) ? -errno : 0;
	if (!ret)
		umount2(NEW, MNT_DETACH);
	return ret;
}

static int mount_new(void)
{
	return mount_with(0);
}

static int mount_new_read_only(void)
{
	return mount_with(MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC);
}

static int mount_new_32bit(void)
{
	int ret;

	mkdir(NEW, 0755);
	ret = i386_mount("sysfs", NEW, "sysfs", 0);
	if (!ret)
		umount2(NEW, MNT_DETACH);
	return ret;
}

static int mount_new_32bit_read_only(void)
{
	int ret;

	mkdir(NEW, 0755);
	ret = i386_mount("sysfs", NEW, "sysfs", MS_RDONLY);
	if (!ret)
		umount2(NEW, MNT_DETACH);
	return ret;
}

static int fsmount_new(void)
{
	int fd = mount_detached("sysfs", "sysfs", 0);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static const char *make_read_only(void)
{
	return mount_both(READ_ONLY, MS_RDONLY);
}

static int remount(const char *where, unsigned long flags)
{
	return mount(NULL, where, NULL, MS_REMOUNT | flags, NULL) ? -errno : 0;
}

static int mount_writable(void)
{
	return remount(READ_ONLY, MS_BIND);
}

static void mount_read_only(void)
{
	remount(READ_ONLY, MS_BIND | MS_RDONLY);
}

static const char *make_read_only_sb(void)
{
	return mount_elsewhere(READ_ONLY_SB, MS_RDONLY);
}

static int superblock_writable(void)
{
	return remount(READ_ONLY_SB, 0);
}

static int superblock_fsconfig(void)
{
	return mount_reconfigure(READ_ONLY_SB, "rw");
}

static void superblock_read_only(void)
{
	remount(READ_ONLY_SB, MS_RDONLY);
}

/* reading */

static int read_it(void)
{
	char buf[8];
	int n = read_file(FILE1, buf, sizeof(buf));

	return n < 0 ? n : 0;
}

static int open_dir(void)
{
	return open_close("/sys/module", O_RDONLY | O_DIRECTORY);
}

static int open_path(void)
{
	return open_close(FILE1, O_PATH);
}

static int write_elsewhere(void)
{
	return write_file("/proc/sys/kernel/sysrq", "1");
}

static int change_elsewhere(void)
{
	return chmod("/run", 0755) ? -errno : 0;
}

static int lower_dir;

static const char *need_lower(void)
{
	return need_ecryptfs("/sys/module/printk/parameters",
			     "/run/ecryptfs-sys", &lower_dir);
}

static int write_lower(void)
{
	return open_lower(lower_dir, "time");
}

static const struct attempt attempts[] = {
	{ "write", NULL, "open for writing", NULL, write_plain, .anyone = 1 },
	{ "write", NULL, "open for both", NULL, write_and_read },
	{ "write", NULL, "open for appending", NULL, write_append },
	{ "write", NULL, "openat2", NULL, write_openat2 },
	{ "write", NULL, "32-bit open", need_i386, write_32bit },
	{ "write", NULL, "io_uring", need_uring, write_uring },
	{ "write", NULL, "magic link", NULL, write_magic_link },
	{ "write", NULL, "second mount", make_second, write_second },
	{ "write", NULL, "mount of a container", make_container,
	  write_container },
	{ "write", NULL, "below eCryptfs", need_lower, write_lower },
	{ "setattr", NULL, "chmod", NULL, set_mode },
	{ "setattr", NULL, "fchmod", NULL, set_mode_fd },
	{ "setattr", NULL, "chown", NULL, set_owner },
	{ "setattr", NULL, "utimensat", NULL, set_times },
	{ "setattr", NULL, "truncate", NULL, set_size },
	{ "setattr", NULL, "32-bit chmod", need_i386, set_mode_32bit },
	{ "setattr", NULL, "second mount", NULL, set_mode_second },
	{ "setattr", NULL, "mount of a container", NULL, set_mode_container },
	{ "setattr", NULL, "setxattr", NULL, set_attribute },
	{ "setattr", NULL, "removexattr", give_attribute, remove_attribute,
	  give_it_back },
	{ "mount", NULL, "mount", NULL, mount_new },
	{ "mount", NULL, "32-bit mount", need_i386, mount_new_32bit },
	{ "mount", NULL, "fsmount", NULL, fsmount_new },
	{ "mount", NULL, "remount,bind,rw", make_read_only, mount_writable,
	  mount_read_only },
	{ "mount", NULL, "remount,rw", make_read_only_sb, superblock_writable,
	  superblock_read_only },
	{ "mount", NULL, "fsconfig rw", make_read_only_sb, superblock_fsconfig,
	  superblock_read_only },

	{ NULL, NULL, "read", NULL, read_it },
	{ NULL, NULL, "list", NULL, open_dir },
	{ NULL, NULL, "O_PATH", NULL, open_path },
	{ NULL, NULL, "mount read-only", NULL, mount_new_read_only },
	{ NULL, NULL, "32-bit mount read-only", need_i386,
	  mount_new_32bit_read_only },
	{ NULL, NULL, "write a sysctl", NULL, write_elsewhere },
	{ NULL, NULL, "chmod elsewhere", NULL, change_elsewhere },
	{ 0 },
};

SUITE(sysfs, NULL);
