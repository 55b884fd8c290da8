// SPDX-License-Identifier: GPL-2.0-or-later
/* What leads a container into the host; every attempt is really made. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/blkzoned.h>
#include <linux/fs.h>
#include <linux/kcmp.h>
#include <linux/netlink.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/callers.h"
#include "ways/helpers.h"
#include "suites/escape_ops.h"
#include "ways/abi.h"
#include "ways/chrooted.h"
#include "ways/disk.h"
#include "ways/filesystems.h"
#include "ways/leaving.h"
#include "ways/probes.h"
#include "ways/procmem.h"
#include "ways/reach.h"
#include "ways/uring.h"
#include "ways/victims.h"

#define NR_PIDFD_GETFD	438
#define NR_FSOPEN	430
#define NR_FSCONFIG	431
#define SET_STRING	1
#define SET_FLAG	0
#define CMD_CREATE	6
#define NR_IOCTL_32	54
#define NR_BY_HANDLE_32 342
#define NR_FANOTIFY_32	338
#define NR_SWAPON_32	87
#define RAW_MAJOR	162

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

static char *of(const struct victim *v, const char *file)
{
	static char path[96];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)v->pid, file);
	return path;
}

/* ptrace */

static int seize_host(void)
{
	return result(ptrace(PTRACE_SEIZE, in_host.pid, NULL, NULL));
}

static int attach_host(void)
{
	return result(ptrace(PTRACE_ATTACH, in_host.pid, NULL, NULL));
}

static int seize_trusted(void)
{
	return result(ptrace(PTRACE_SEIZE, in_trust.pid, NULL, NULL));
}

static int proc_root(void)
{
	return open_close(of(&in_host, "root/etc"), O_RDONLY | O_DIRECTORY);
}

static int proc_cwd(void)
{
	return open_close(of(&in_host, "cwd/etc"), O_RDONLY | O_DIRECTORY);
}

static int proc_thread(void)
{
	char path[64];

	snprintf(path, sizeof(path), "task/%d/root/etc", (int)in_host.pid);
	return open_close(of(&in_host, path), O_RDONLY | O_DIRECTORY);
}

/*
 * The caller's root is another directory, as that of a container is. A service with
 * another root would be none: it looks at a host process instead.
 */
static int root_from_elsewhere(const struct victim *v)
{
	if (in_trusted_cgroup())
		v = &in_host;
	else if (chroot(ROOT) || chdir("/"))
		return -errno;
	return open_close(of(v, "root/etc"), O_RDONLY | O_DIRECTORY);
}

static int root_of_apart(void)
{
	return root_from_elsewhere(&apart);
}

static int seize_apart(void)
{
	if (in_trusted_cgroup())
		return seize_host();
	if (chroot(ROOT) || chdir("/"))
		return -errno;
	return result(ptrace(PTRACE_SEIZE, apart.pid, NULL, NULL));
}

/* A service of the host that is in its cgroup no more. */
static int root_of_moved(void)
{
	char pid[16];
	int ret;

	snprintf(pid, sizeof(pid), "%d", (int)moved.pid);
	ret = write_file("/sys/fs/cgroup/cgroup.procs", pid);
	return ret ? ret : root_from_elsewhere(&moved);
}

/*
 * Drivers whose nodes have fixed numbers. The kernel looks for the driver, and
 * loads it, after the hook.
 */
static const char *need_node(const char *name, int minor_)
{
	char path[64];

	for (int jail = 0; jail < 2; jail++) {
		snprintf(path, sizeof(path), "%s/run/%s", jail ? JAIL : "",
			 name);
		if (mknod(path, S_IFCHR | 0600, makedev(10, minor_)) &&
		    errno != EEXIST)
			return "cannot make a node";
	}
	return NULL;
}

static int open_node(const char *path, int flags)
{
	int ret = open_close(path, flags);

	return ret == -ENODEV || ret == -ENXIO ? 0 : ret;
}

/* A device whose ioctls write into the process that calls them. */
static const char *need_cuse(void)
{
	return need_node("cuse", 203);
}

static int open_cuse(void)
{
	return open_node("/run/cuse", O_RDWR);
}

static int proc_root_of_1(void)
{
	return open_close("/proc/1/root/etc", O_RDONLY | O_DIRECTORY);
}

static int proc_root_trusted(void)
{
	return open_close(of(&in_trust, "root/etc"), O_RDONLY | O_DIRECTORY);
}

static int proc_mem(void)
{
	int fd = open(of(&in_host, "mem"), O_RDWR | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (pwrite(fd, "x", 1, (off_t)(uintptr_t)&victim_memory) != 1)
		ret = -errno;
	close(fd);
	return ret;
}

static int proc_exe(void)
{
	return open_close(of(&in_host, "exe"), O_RDONLY);
}

static int proc_fd(void)
{
	char to[64];

	return readlink(of(&in_host, "fd/1"), to, sizeof(to)) < 0 ? -errno : 0;
}

static int proc_ns(void)
{
	return open_close(of(&in_host, "ns/mnt"), O_RDONLY);
}

static int proc_environ(void)
{
	char buf[64];
	int n = read_file(of(&in_host, "environ"), buf, sizeof(buf));

	return n < 0 ? n : n ? 0 : -EIO;
}

static int proc_map_files(void)
{
	DIR *dir = opendir(of(&in_host, "map_files"));
	int n = 0;

	if (!dir)
		return -errno;
	errno = 0;
	while (readdir(dir))
		n++;
	closedir(dir);
	return n > 2 ? 0 : errno ? -errno : -EIO;
}

static int vm_copy(long nr)
{
	char byte = 'x';
	struct iovec mine = { &byte, 1 };
	struct iovec theirs = { (void *)&victim_memory, 1 };

	return result(
		syscall(nr, (long)in_host.pid, &mine, 1L, &theirs, 1L, 0L));
}

static int vm_write(void)
{
	return vm_copy(SYS_process_vm_writev);
}

static int vm_read(void)
{
	return vm_copy(SYS_process_vm_readv);
}

static int pidfd_take(void)
{
	return result(syscall(NR_PIDFD_GETFD, in_host.pidfd, 1L, 0L));
}

static int pidfd_take_trusted(void)
{
	return result(syscall(NR_PIDFD_GETFD, in_trust.pidfd, 1L, 0L));
}

static int pidfd_enter(void)
{
	return result(setns(in_host.pidfd, CLONE_NEWNS));
}

static int pidfd_namespace(void)
{
	return result(ioctl(in_host.pidfd, _IO(0xff, 3) /* mnt */, 0));
}

static const char *need_pidfd_namespace(void)
{
	need_victims();
	return pidfd_namespace() < 0 ? "pidfds give no namespaces" : NULL;
}

static int compare(void)
{
	return result(syscall(SYS_kcmp, (long)getpid(), (long)in_host.pid,
			      (long)KCMP_VM, 0L, 0L));
}

/* The parent leaves the host; the child stays and offers itself. */
static int traced_by_parent(void)
{
	int go[2], status;
	pid_t pid;
	char c;

	if (pipe(go))
		return -errno;
	pid = fork();
	if (!pid) {
		if (read(go[0], &c, 1) != 1)
			_exit(EIO);
		_exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) ? errno : 0);
	}
	if (unshare(CLONE_NEWNS) || write(go[1], "g", 1) != 1)
		return -EIO;
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

/* nsenter */

static int open_host_mnt(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", host_mnt_path);
	return open_close(path, O_RDONLY);
}

static int receive_host_mnt(void)
{
	return take_given() < 0 ? -EPERM : 0;
}

struct mnt_ns {
	uint32_t size, mounts;
	uint64_t id;
};

static int next_mnt(void)
{
	struct mnt_ns info = { .size = sizeof(info) };
	int fd = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (ioctl(fd, _IOR(0xb7, 11, struct mnt_ns), &info) >= 0)
		return 0;
	if (errno != ENOENT)
		return -errno;
	return result(ioctl(fd, _IOR(0xb7, 12, struct mnt_ns), &info));
}

static const char *need_next_mnt(void)
{
	need_victims();
	return next_mnt() ? "mount namespaces cannot be walked" : NULL;
}

static struct {
	struct file_handle h;
	char room[128];
} handle;

static int make_handle(void)
{
	int id;

	handle.h.handle_bytes = sizeof(handle.room);
	return name_to_handle_at(AT_FDCWD, "/run", &handle.h, &id, 0);
}

static const char *need_handle(void)
{
	return make_handle() ? "no file handles in /run" : NULL;
}

static const char *need_handle_32(void)
{
	const char *why = need_i386();

	return why ? why : need_handle();
}

static int by_handle(void)
{
	int in = open("/run", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return result(open_by_handle_at(in, &handle.h, O_RDONLY));
}

static int by_handle_32(void)
{
	int in = open("/run", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long ret = syscall_i386(NR_BY_HANDLE_32, in, (long)&handle.h, O_RDONLY);

	return ret < 0 ? ret : 0;
}

/*
 * fanotify gives a watcher descriptors of the files that others open, on their
 * mounts. From a directory on a mount of the host, all of the host is reached.
 */
static int opened_by_host(int group)
{
	struct fanotify_event_metadata event;
	int fd, ret = -EIO;

	if (group < 0)
		return group;
	if (fanotify_mark(group, FAN_MARK_ADD | FAN_MARK_FILESYSTEM,
			  FAN_OPEN | FAN_ONDIR, AT_FDCWD, OPENED))
		return -errno;
	take_given();
	if (read(group, &event, sizeof(event)) == sizeof(event)) {
		fd = openat(event.fd, "../etc", O_RDONLY | O_DIRECTORY);
		ret = fd < 0 ? -errno : 0;
	}
	return ret;
}

static int watch(void)
{
	int group = fanotify_init(FAN_CLASS_NOTIF, O_RDONLY);

	return opened_by_host(group < 0 ? -errno : group);
}

static int watch_32(void)
{
	return opened_by_host(
		syscall_i386(NR_FANOTIFY_32, FAN_CLASS_NOTIF, O_RDONLY, 0));
}

static const char *need_victims_32(void)
{
	const char *why = need_i386();

	return why ? why : need_victims();
}

/* usermodehelper */

#define KERNEL	     "/proc/sys/kernel/"
#define AGENT	     "/run/agents/release_agent"
#define EVIL_PATTERN "|/proc/%P/root/run/foreign/evil"

static int rewrite(const char *path)
{
	char value[256] = "";
	int n = read_file(path, value, sizeof(value) - 1);

	if (n < 0)
		return n;
	return write_file(path, n ? value : "\n");
}

#define HELPER(word, path)                   \
	static const char *need_##word(void) \
	{                                    \
		return node_missing(path);   \
	}                                    \
	static int word(void)                \
	{                                    \
		return rewrite(path);        \
	}

HELPER(core_pattern, KERNEL "core_pattern")
HELPER(modprobe, KERNEL "modprobe")
HELPER(poweroff_cmd, KERNEL "poweroff_cmd")
HELPER(hotplug, KERNEL "hotplug")
HELPER(bset, KERNEL "usermodehelper/bset")
HELPER(uevent_helper, "/sys/kernel/uevent_helper")
HELPER(firmware_path, "/sys/module/firmware_class/parameters/path")

/* The same files in a proc mount of the caller's own. */
static int own_proc(void)
{
	int ret;

	if (mount("proc", "/mnt", "proc", 0, NULL))
		return -EIO;
	ret = rewrite("/mnt/sys/kernel/core_pattern");
	umount2("/mnt", MNT_DETACH);
	return ret;
}

static int uring_core_pattern(void)
{
	int fd = uring_open_by_worker(KERNEL "core_pattern", O_WRONLY);

	return fd < 0 ? fd : 0;
}

static const char *need_agents(void)
{
	mkdir("/run/agents", 0755);
	if (access(AGENT, F_OK) &&
	    mount("none", "/run/agents", "cgroup", 0, "none,name=agents"))
		return "no cgroup v1";
	return NULL;
}

static int release_agent(void)
{
	return write_file(AGENT, "/bin/true");
}

static int agent_option(void)
{
	if (mount("none", "/mnt", "cgroup", 0,
		  "none,name=option,release_agent=/bin/true"))
		return -errno;
	umount2("/mnt", MNT_DETACH);
	return 0;
}

static int agent_fsconfig(void)
{
	int fs = syscall(NR_FSOPEN, "cgroup", 1L);

	if (fs < 0)
		return -EIO;
	return result(syscall(NR_FSCONFIG, fs, (long)SET_STRING,
			      "release_agent", "/bin/true", 0L));
}

/*
 * A message about a device in the kernel's name: the host's udev believes it,
 * runs programs and loads modules.
 */
static int hears(int listener)
{
	char text[4096];
	ssize_t n;

	do {
		n = recv(listener, text, sizeof(text), MSG_DONTWAIT);
		if (n > 0 && memmem(text, n, "MODALIAS=bflk", 13))
			return 0;
	} while (n > 0);
	return -ENOMSG;
}

static int uevent(void)
{
	struct {
		struct nlmsghdr h;
		char text[64];
	} m = { { sizeof(m), NLMSG_MIN_TYPE, NLM_F_REQUEST, 0, 0 },
		"add@/devices/virtual/mem/null\0ACTION=add\0MODALIAS=bflk" };
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct sockaddr_nl udev = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int in = socket(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT);
	int out = socket(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT);

	if (bind(in, (void *)&udev, sizeof(udev)) ||
	    sendto(out, &m, sizeof(m), 0, (void *)&kernel, sizeof(kernel)) < 0)
		return -errno;
	return hears(in);
}

#define BINFMT "/proc/sys/fs/binfmt_misc"

static const char *need_binfmt(void)
{
	module_load("binfmt_misc", "");
	if (access(BINFMT "/register", F_OK))
		mount("binfmt_misc", BINFMT, "binfmt_misc", 0, NULL);
	return node_missing(BINFMT "/register");
}

static int binfmt_register(void)
{
	return write_file(BINFMT "/register", ":evil:M::EVIL::/bin/busybox:F");
}

static void binfmt_forget(void)
{
	write_file(BINFMT "/evil", "-1");
}

/*
 * The helper lies in a mount that only the dying process has; its name leads
 * there through /proc. The helper's interpreter is the host's shell.
 */
static const char *need_foreign(void)
{
	mkdir("/run/foreign", 0755);
	return write_file(KERNEL "core_pattern", EVIL_PATTERN) ?
		       "core_pattern cannot be set" :
		       NULL;
}

static int make_evil(void)
{
	static const char evil[] = "#!/bin/sh\n: >/run/evil-was-here\n";
	int fd;

	if (unshare(CLONE_NEWNS) ||
	    mount("tmpfs", "/run/foreign", "tmpfs", 0, NULL))
		return -EIO;
	fd = open("/run/foreign/evil", O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
	if (fd < 0 || write(fd, evil, sizeof(evil) - 1) < 0)
		return -EIO;
	close(fd);
	return 0;
}

static int crash(void)
{
	struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		setrlimit(RLIMIT_CORE, &all);
		raise(SIGABRT);
	}
	waitpid(pid, &status, 0);
	return WCOREDUMP(status);
}

static int foreign_helper(void)
{
	int ret = make_evil();

	if (ret)
		return ret;
	unlink("/run/evil-was-here");
	if (!crash())
		return -EPERM;
	for (int i = 0; i < 100; i++) {
		if (!access("/run/evil-was-here", F_OK))
			return 0;
		usleep(50000);
	}
	return -ETIME;
}

#define LOWER "/run/ecryptfs-agents"

static int lower_agents;

static const char *need_lower_agents(void)
{
	const char *why = need_agents();

	return why ? why : need_ecryptfs("/run/agents", LOWER, &lower_agents);
}

static int lower_agent(void)
{
	return open_lower(lower_agents, "release_agent");
}

/* lockdown: the kernel takes no such word, but it has read it */

#define LOCKDOWN "/sys/kernel/security/lockdown"

static const char *need_lockdown(void)
{
	return node_missing(LOCKDOWN);
}

static int raise_by(const char *path)
{
	int ret = write_file(path, "bpflock");

	return ret == -EINVAL ? 0 : ret;
}

static int lockdown(void)
{
	return raise_by(LOCKDOWN);
}

static int lockdown_of_own(void)
{
	int ret;

	if (mount("none", "/mnt", "securityfs", 0, NULL))
		return -EIO;
	ret = raise_by("/mnt/lockdown");
	umount2("/mnt", MNT_DETACH);
	return ret;
}

static int lockdown_by_uring(void)
{
	int fd = uring_open_by_worker(LOCKDOWN, O_WRONLY);

	return fd < 0 ? fd : 0;
}

static int lockdown_32(void)
{
	int fd = i386_open(LOCKDOWN, O_WRONLY);

	return fd < 0 ? fd : 0;
}

static const char *need_lockdown_32(void)
{
	const char *why = need_i386();

	return why ? why : need_lockdown();
}

static int read_lockdown(void)
{
	return open_close(LOCKDOWN, O_RDONLY);
}

/* efivars: the guest of the boot "efivars" has them */

#define EFIVARS "/sys/firmware/efi/efivars"

static const char *need_efivars(void)
{
	return node_missing(EFIVARS);
}

static int mount_efivars(void)
{
	if (mount("none", "/mnt", "efivarfs", 0, NULL))
		return -errno;
	umount2("/mnt", MNT_DETACH);
	return 0;
}

/* The memory of the firmware of machines without UEFI. */
static const char *need_nvram(void)
{
	return need_node("nvram", 144);
}

static int write_nvram(void)
{
	return open_node("/run/nvram", O_RDWR);
}

/* NVRAM_INIT needs no descriptor for writing. */
static int open_nvram(void)
{
	return open_node("/run/nvram", O_RDONLY);
}

/* blockdev */

static int mount_disk(void)
{
	if (mount(disk_node, "/mnt", "minix", MS_RDONLY, NULL))
		return -errno;
	umount2("/mnt", MNT_DETACH);
	return 0;
}

static int fsconfig_disk(void)
{
	int fs = syscall(NR_FSOPEN, "minix", 1L);

	if (fs < 0)
		return -EIO;
	if (syscall(NR_FSCONFIG, fs, (long)SET_STRING, "source", disk_node, 0L))
		return -errno;
	if (syscall(NR_FSCONFIG, fs, (long)SET_FLAG, "ro", NULL, 0L))
		return -EIO;
	return result(
		syscall(NR_FSCONFIG, fs, (long)CMD_CREATE, NULL, NULL, 0L));
}

static int write_to(const char *node)
{
	char boot[512] = { 0 };
	int fd = open(node, O_RDWR | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (pwrite(fd, boot, sizeof(boot), 0) != sizeof(boot))
		ret = -errno;
	close(fd);
	return ret;
}

static int write_disk(void)
{
	return write_to(disk_node);
}

static int mknod_disk(void)
{
	int ret = mknod("/run/own", S_IFBLK | 0600, disk_dev) ? -errno : 0;

	if (!ret)
		ret = write_to("/run/own");
	unlink("/run/own");
	return ret;
}

static int mknod_one(mode_t mode, int major_, int minor_)
{
	int ret = mknod("/run/own", mode | 0600, makedev(major_, minor_)) ?
			  -errno :
			  0;

	unlink("/run/own");
	return ret;
}

static int mknod_mapper(void)
{
	return mknod_one(S_IFCHR, 10, 236);
}

static int mknod_sg(void)
{
	return mknod_one(S_IFCHR, 21, 0);
}

static int mknod_raw(void)
{
	return mknod_one(S_IFCHR, RAW_MAJOR, 0);
}

/* Swap space of the caller's own. The kernel looks for the file last. */
static int swap_out(void)
{
	return swapon("/no-such-file", 0) && errno != ENOENT ? -errno : 0;
}

static int swap_out_32(void)
{
	static char file[] = "/no-such-file";
	long ret = syscall_i386(NR_SWAPON_32, (long)file, 0, 0);

	return ret == -ENOENT ? 0 : ret;
}

static int disk_fd(void)
{
	return open(disk_node, O_RDONLY | O_CLOEXEC);
}

static int ioctl_disk(void)
{
	int zero = 0;

	return result(ioctl(disk_fd(), BLKROSET, &zero));
}

static int ioctl_disk_32(void)
{
	static int zero; /* static, so below 4 GiB */
	long ret = syscall_i386(NR_IOCTL_32, disk_fd(), BLKROSET, (long)&zero);

	return ret < 0 ? ret : 0;
}

static const char *need_disk_32(void)
{
	const char *why = need_i386();

	return why ? why : need_disk();
}

/* innocent */

static int look_at(const struct victim *v)
{
	static const char *const files[] = { "status", "stat", "cmdline",
					     "comm", "cgroup" };
	char buf[4096];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (read_file(of(v, files[i]), buf, sizeof(buf)) < 0)
			return -errno;
	return 0;
}

static int monitor(void)
{
	int ret = look_at(&in_host);

	return ret ? ret : look_at(&in_trust);
}

static int look_at_self(void)
{
	char to[64];
	int ret = open_close("/proc/self/mem", O_RDWR);

	if (ret)
		return ret;
	return readlink("/proc/self/exe", to, sizeof(to)) < 0 ? -errno : 0;
}

/* A container's own debugger: neither parent nor child is a host process. */
static int debug_child(void)
{
	int ret = 0;
	pid_t pid;

	if (unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWPID))
		return -errno;
	pid = fork();
	if (!pid) {
		pause();
		_exit(0);
	}
	if (!in_trusted_cgroup())
		ret = result(ptrace(PTRACE_SEIZE, pid, NULL, NULL));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return ret;
}

static int own_namespaces(void)
{
	if (in_trusted_cgroup())
		return 0;
	if (unshare(CLONE_NEWNS))
		return -errno;
	/* the mount and the user namespace that the caller is in */
	if (open_close("/proc/self/ns/mnt", O_RDONLY))
		return -errno;
	return open_close("/proc/self/ns/user", O_RDONLY);
}

static int read_helpers(void)
{
	char buf[256];
	int n = read_file(KERNEL "core_pattern", buf, sizeof(buf));

	return n < 0 ? n : 0;
}

static int other_sysctl(void)
{
	return rewrite(KERNEL "panic_on_oops");
}

static int read_disk(void)
{
	char buf[512];
	unsigned long long size;
	unsigned int zones;
	int fd = disk_fd();

	if (fd < 0 || read(fd, buf, sizeof(buf)) != sizeof(buf) ||
	    ioctl(fd, FIOCLEX) || ioctl(fd, BLKGETNRZONES, &zones))
		return -errno;
	return result(ioctl(fd, BLKGETSIZE64, &size));
}

static int mknod_null(void)
{
	return mknod_one(S_IFCHR, 1, 3);
}

/* The host's /dev, which has one superblock. */
static int mount_devtmpfs(void)
{
	int ret;

	if (mount("dev", "/mnt", "devtmpfs", 0, NULL))
		return -errno;
	ret = symlink("/etc/shadow", "/mnt/bpflock-test") ? -errno : 0;
	unlink("/mnt/bpflock-test");
	umount2("/mnt", MNT_DETACH);
	return ret;
}

static int mount_tmpfs(void)
{
	if (mount("tmpfs", "/mnt", "tmpfs", 0, "size=4k"))
		return -errno;
	umount2("/mnt", MNT_DETACH);
	return 0;
}

/* In another pid namespace the victim has no pid. */
#define BY_PID .errnos = { EPERM }, .unable = NS_PID
#define PROC   .errnos = { EACCES, EPERM }
#define KNOB(word)                                                        \
	{                                                                 \
		"usermodehelper", NULL, "write " #word, need_##word, word \
	}

static const struct attempt attempts[] = {
	{ "ptrace", NULL, "seize", need_victims, seize_host, BY_PID },
	{ "ptrace", NULL, "attach", need_victims, attach_host, BY_PID },
	{ "ptrace", NULL, "seize a trusted one", need_victims, seize_trusted,
	  BY_PID },
	{ "ptrace", NULL, "proc root", need_victims, proc_root, PROC },
	{ "ptrace", NULL, "proc cwd", need_victims, proc_cwd, PROC },
	{ "ptrace", NULL, "proc task root", need_victims, proc_thread, PROC },
	{ "ptrace", NULL, "proc root of 1", need_victims, proc_root_of_1, PROC },
	{ "ptrace", NULL, "proc root of a trusted one", need_victims,
	  proc_root_trusted, PROC },
	{ "ptrace", NULL, "proc mem", need_victims, proc_mem, PROC },
	{ "ptrace", NULL, "proc exe", need_victims, proc_exe, PROC },
	{ "ptrace", NULL, "proc fd", need_victims, proc_fd, PROC },
	{ "ptrace", "nsenter", "proc ns", need_victims, proc_ns, PROC },
	{ "ptrace", NULL, "proc environ", need_victims, proc_environ, PROC },
	{ "ptrace", NULL, "proc map_files", need_victims, proc_map_files, PROC },
	{ "ptrace", NULL, "process_vm_writev", need_victims, vm_write, BY_PID },
	{ "ptrace", NULL, "process_vm_readv", need_victims, vm_read, BY_PID },
	{ "ptrace", NULL, "pidfd_getfd", need_victims, pidfd_take },
	{ "ptrace", NULL, "pidfd_getfd of a trusted one", need_victims,
	  pidfd_take_trusted },
	{ "ptrace", NULL, "setns of a pidfd", need_victims, pidfd_enter },
	{ "ptrace", "nsenter", "namespace of a pidfd", need_pidfd_namespace,
	  pidfd_namespace, PROC },
	{ "ptrace", NULL, "kcmp", need_victims, compare, BY_PID },
	{ "ptrace", NULL, "traced by its parent", NULL, traced_by_parent,
	  .unable = NS_ANY & ~NS_CHROOT, .as_other = 1 },
	{ "ptrace", NULL, "proc root of one in a mount namespace of its own",
	  need_apart, root_of_apart, PROC, .unable = NS_PID | NS_CHROOT },
	{ "ptrace", NULL, "seize one in a mount namespace of its own",
	  need_apart, seize_apart, .unable = NS_PID | NS_CHROOT },
	{ "ptrace", NULL, "proc root of a service moved out", need_apart,
	  root_of_moved, put_back, PROC, .unable = NS_PID | NS_CHROOT },
	{ "ptrace", NULL, "nsenter of a chrooted service", need_chrooted,
	  enter_chrooted, PROC, .unable = NS_CHROOT },
	{ "ptrace", NULL, "setns of the pidfd of a chrooted service",
	  need_chrooted, enter_chrooted_by_pidfd, PROC, .unable = NS_CHROOT },
	{ "ptrace", NULL, "nsenter of one chrooted in a mount namespace",
	  need_chrooted, enter_chrooted_alone, PROC, .unable = NS_CHROOT },
	{ "ptrace", NULL, "setns of the pidfd of a container over the root",
	  need_chrooted, enter_over, .unable = NS_CHROOT, .as_other = 1 },
	{ "ptrace", NULL, "above the root of a chrooted service", need_chrooted,
	  above_chrooted, PROC, .unable = NS_CHROOT },
	{ "ptrace", NULL, "seize a chrooted service", need_chrooted,
	  trace_chrooted, PROC, .unable = NS_PID | NS_CHROOT },
	{ "ptrace", NULL, "nsenter of a service that ends", need_leaving,
	  enter_leaving, PROC, .unable = NS_CHROOT },
	{ "ptrace", NULL, "setns of the pidfd of a service that ends",
	  need_leaving, enter_leaving_by_pidfd, PROC, .unable = NS_CHROOT },
	{ "ptrace", NULL, "files of memory", need_victims, read_memory_files,
	  PROC },
	{ "ptrace", NULL, "files of memory by CAP_PERFMON", need_perfmon,
	  read_memory_files_perfmon, PROC },
	{ "ptrace", NULL, "files of memory by CAP_SYS_ADMIN", need_perfmon,
	  read_memory_files_admin, PROC },
	{ "ptrace", NULL, "files of a thread's memory by CAP_PERFMON",
	  need_perfmon, read_memory_files_of_thread, PROC },
	{ "ptrace", NULL, "io_uring by CAP_PERFMON", need_perfmon_uring,
	  read_memory_files_uring, PROC },
	{ "ptrace", NULL, "32-bit open by CAP_PERFMON", need_perfmon_32,
	  read_memory_files_32, PROC },
	{ "ptrace", NULL, "stat in map_files", need_victims, look_up_mapping,
	  PROC },
	{ "ptrace", NULL, "open in map_files", need_victims, open_mapping,
	  PROC },
	{ "ptrace", NULL, "stat in map_files by CAP_PERFMON",
	  need_mapping_perfmon, look_up_mapping_perfmon, PROC },
	{ "ptrace", NULL, "stat in map_files by CAP_SYS_ADMIN",
	  need_mapping_perfmon, look_up_mapping_admin, PROC },
	{ "ptrace", NULL, "list map_files by CAP_PERFMON", need_mapping_perfmon,
	  list_mappings_perfmon, PROC },
	{ "ptrace", NULL, "process_madvise", need_advice, advise_host, PROC },
	{ "ptrace", NULL, "process_madvise by CAP_PERFMON", need_perfmon,
	  advise_host_perfmon, PROC },
	{ "ptrace", NULL, "process_madvise by CAP_SYS_ADMIN", need_perfmon,
	  advise_host_admin, PROC },
	{ "ptrace", NULL, "uprobe_events", need_uprobes, uprobe_events },
	{ "ptrace", NULL, "dynamic_events", need_uprobes, dynamic_events },
	{ "ptrace", NULL, "uprobe by perf_event_open", need_uprobes,
	  uprobe_perf, PROC },
	{ "ptrace", NULL, "32-bit uprobe by perf_event_open", need_uprobes_32,
	  uprobe_perf_32, PROC },
	{ "ptrace", NULL, "uprobe by a BPF link", need_uprobe_links,
	  uprobe_link },
	{ "ptrace", NULL, "open cuse", need_cuse, open_cuse },
	{ "nsenter", NULL, "open", need_victims, open_host_mnt },
	{ "nsenter", NULL, "receive", need_victims, receive_host_mnt },
	{ "nsenter", NULL, "walk mount namespaces", need_next_mnt, next_mnt,
	  .unable = NS_PID },
	{ "nsenter", NULL, "open by handle", need_handle, by_handle },
	{ "nsenter", NULL, "32-bit open by handle", need_handle_32,
	  by_handle_32 },
	{ "nsenter", NULL, "mount a devtmpfs", NULL, mount_devtmpfs },
	{ "nsenter", NULL, "fanotify", need_victims, watch },
	{ "nsenter", NULL, "32-bit fanotify", need_victims_32, watch_32 },
	{ "nsenter", NULL, "XFS open by handle", need_xfs_handle,
	  xfs_by_handle },
	{ "nsenter", NULL, "32-bit XFS open by handle", need_xfs_32,
	  xfs_by_handle_32 },
	{ "nsenter", NULL, "XFS attributes by handle", need_xfs_handle,
	  xfs_attributes_by_handle },
	{ "nsenter", NULL, "XFS bulkstat", need_xfs, xfs_bulkstat },
	{ "nsenter", NULL, "XFS map of all extents", need_xfs, xfs_map },
	{ "nsenter", NULL, "btrfs search", need_btrfs_image, btrfs_search },
	{ "nsenter", NULL, "btrfs snapshot", need_btrfs_image, btrfs_snapshot },
	{ "nsenter", NULL, "ext4 swap boot", need_ext4, ext4_swap_boot },
	{ "nsenter", NULL, "remove a key", need_ext4_key, ext4_remove_key,
	  ext4_add_key },
	{ "nsenter", NULL, "remove a key of all users", need_ext4_key,
	  ext4_remove_key_of_all, ext4_add_key },
	/* root of a user namespace may do it as well */
	{ "usermodehelper", NULL, "write core_pattern", need_core_pattern,
	  core_pattern, .anyone = 1 },
	KNOB(modprobe),
	KNOB(poweroff_cmd),
	KNOB(hotplug),
	KNOB(bset),
	KNOB(uevent_helper),
	KNOB(firmware_path),
	{ "usermodehelper", NULL, "own proc mount", NULL, own_proc },
	{ "usermodehelper", NULL, "io_uring", need_uring, uring_core_pattern },
	{ "usermodehelper", NULL, "release_agent", need_agents, release_agent,
	  .unable = NS_CHROOT },
	{ "usermodehelper", NULL, "release_agent option", need_agents,
	  agent_option, .unable = NS_CGROUP },
	{ "usermodehelper", NULL, "release_agent fsconfig", need_agents,
	  agent_fsconfig },
	/* the host's udev does not listen in another network namespace */
	{ "usermodehelper", NULL, "uevent", NULL, uevent, .unable = NS_NET },
	{ "usermodehelper", NULL, "binfmt_misc", need_binfmt, binfmt_register,
	  binfmt_forget, .unable = NS_CHROOT },
	{ "usermodehelper", NULL, "helper from a foreign mount", need_foreign,
	  foreign_helper, .as_other = 1 },
	{ "usermodehelper", NULL, "release_agent below eCryptfs",
	  need_lower_agents, lower_agent },
	{ "lockdown", NULL, "write", need_lockdown, lockdown },
	{ "lockdown", NULL, "own securityfs", need_lockdown, lockdown_of_own },
	{ "lockdown", NULL, "io_uring", need_uring, lockdown_by_uring },
	{ "lockdown", NULL, "32-bit open", need_lockdown_32, lockdown_32 },
	{ "efivars", NULL, "mount", need_efivars, mount_efivars },
	{ "efivars", NULL, "write nvram", need_nvram, write_nvram },
	{ "efivars", NULL, "open nvram", need_nvram, open_nvram },
	{ "blockdev", NULL, "mount", need_disk, mount_disk },
	{ "blockdev", NULL, "mount writes", need_disk, mount_minix_rw },
	{ "blockdev", NULL, "mount of ext4 writes", need_ext4, mount_ext4_rw },
	{ "blockdev", NULL, "fsconfig of ext4 writes", need_ext4,
	  fsconfig_ext4_rw },
	{ "blockdev", NULL, "btrfs add device", need_btrfs_image,
	  btrfs_add_device },
	{ "blockdev", NULL, "XFS grow", need_xfs, xfs_grow },
	{ "blockdev", NULL, "ext4 resize", need_ext4, ext4_resize },
	{ "blockdev", NULL, "32-bit ext4 resize", need_ext4, ext4_resize_32 },
	{ "blockdev", NULL, "freeze", need_ext4, freeze },
	{ "blockdev", NULL, "shut down", need_ext4, shut_down },
	{ "blockdev", NULL, "btrfs devices ready", need_btrfs_control,
	  btrfs_ready },
	{ "blockdev", NULL, "remount", need_ext4, remount_ext4,
	  .unable = NS_CHROOT },
	{ "blockdev", NULL, "reconfigure", need_ext4, reconfigure_ext4 },
	{ "blockdev", NULL, "reconfigure btrfs", need_btrfs_image,
	  reconfigure_btrfs },
	{ "blockdev", NULL, "quotactl", need_ext4, set_quota },
	{ "blockdev", NULL, "32-bit quotactl", need_ext4_32, set_quota_32 },
	{ "blockdev", NULL, "quotactl_fd", need_quotactl_fd, set_quota_fd },
	{ "blockdev", NULL, "fsconfig", need_disk, fsconfig_disk },
	{ "blockdev", NULL, "write", need_disk, write_disk },
	{ "blockdev", NULL, "mknod", need_disk, mknod_disk },
	{ "blockdev", NULL, "mknod of the mapper", NULL, mknod_mapper },
	{ "blockdev", NULL, "mknod of sg", NULL, mknod_sg },
	{ "blockdev", NULL, "mknod of raw", NULL, mknod_raw },
	{ "blockdev", NULL, "swapon", NULL, swap_out },
	{ "blockdev", NULL, "32-bit swapon", need_i386, swap_out_32 },
	{ "blockdev", NULL, "ioctl", need_disk, ioctl_disk },
	{ "blockdev", NULL, "32-bit ioctl", need_disk_32, ioctl_disk_32 },

	{ NULL, NULL, "read what monitors read", need_victims, monitor },
	{ NULL, NULL, "look at oneself", NULL, look_at_self },
	{ NULL, NULL, "debug in a container", NULL, debug_child },
	{ NULL, NULL, "debug with another root", NULL, debug_chrooted,
	  .unable = NS_CHROOT },
	{ NULL, NULL, "debug with a root moved over that of the host", NULL,
	  debug_moved_root, .unable = NS_CHROOT },
	{ NULL, NULL, "debug another mount namespace of that container", NULL,
	  debug_moved_root_apart, .unable = NS_CHROOT },
	{ NULL, NULL, "a chrooted service traces itself", need_chrooted,
	  chrooted_traces },
	{ NULL, NULL, "own files of memory", NULL, read_own_memory_files,
	  .unable = NS_PID },
	{ NULL, NULL, "own namespaces", NULL, own_namespaces },
	{ NULL, NULL, "read core_pattern", NULL, read_helpers },
	{ NULL, NULL, "another sysctl", NULL, other_sysctl },
	{ NULL, NULL, "read the disk", need_disk, read_disk },
	{ NULL, NULL, "own directory", need_btrfs_image, own_directory },
	{ NULL, NULL, "remount a bind mount", need_ext4, remount_bind,
	  .unable = NS_CHROOT },
	{ NULL, NULL, "remount a tmpfs", NULL, remount_tmpfs },
	{ NULL, NULL, "sync quotas", need_ext4, sync_quota },
	{ NULL, NULL, "perf of oneself", need_uprobes, perf_of_oneself },
	{ NULL, NULL, "read lockdown", need_lockdown, read_lockdown },
	{ NULL, NULL, "mknod of null", NULL, mknod_null },
	{ NULL, NULL, "mount a tmpfs", NULL, mount_tmpfs },
	{ 0 },
};

SUITE(escape, NULL, .every_scope = 1);
