// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Attempts on a read-only root, on /dev/sda1 or a device on top of it. The boot
 * that runs this has made it the root of PID 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <scsi/sg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "engine/attempt.h"
#include "suites/rootfs_ops.h"
#include "ways/abi.h"
#include "ways/devices.h"
#include "ways/newmount.h"
#include "ways/uring.h"

#define PART		  "/dev/sda1"
#define DISK		  "/dev/sda"
#define NEIGHBOUR	  "/dev/sda2" /* beside the partition of the root */
#define CONFIG		  "/sys/kernel/config"
#define NVMET		  CONFIG "/nvmet/subsystems/s/namespaces/1"
#define OTHER_DISK	  "/dev/sdb"
#define NODE		  "/run/node"
#define SECOND		  "/run/second" /* another mount of the root */
#define PRIVATE		  "/run/third" /* one that is not shared */
#define NR32_IOCTL	  54
#define BTRFS_MAGIC	  0x9123683e
#define BENEATH		  0x200
#define BLK_ROSET	  _IO(0x12, 93)
#define SCSI_SEND_COMMAND 1
#define BLK_SIZE64	  _IOR(0x12, 114, size_t)
#define BLK_URING_DISCARD _IO(0x12, 0)
#define NVME_ADMIN_CMD	  _IOWR('N', 0x41, char[72])
#define NVME_ID		  _IO('N', 0x40)
#define MMC_CMD		  _IOWR(0xb3, 0, char[72]) /* MMC_IOC_CMD */
#define FS_ADD_DEVICE	  _IOW(0x94, 10, char[4096]) /* btrfs */
#define FS_RESIZE	  _IOW('f', 16, uint64_t) /* ext4 */
#ifndef FITHAW
#define FITHAW _IOWR('X', 120, int) /* include/uapi/linux/fs.h */
#endif
#define FS_SHUT_DOWN _IOR('X', 125, uint32_t) /* ext4, XFS, f2fs */
#define FS_GETFLAGS  _IOR('f', 1, long)

static int remount(const char *where, unsigned long flags)
{
	return mount(NULL, where, NULL, MS_REMOUNT | flags, NULL) ? -errno : 0;
}

static unsigned long root_type(void)
{
	struct statfs s;

	return statfs("/", &s) ? 0 : (unsigned int)s.f_type;
}

/* remount */

static const char *need_writable(void)
{
	const char *why = NULL;

	if (remount("/", 0))
		why = "the file system cannot be written at all";
	remount("/", MS_RDONLY);
	return why;
}

static int remount_root(void)
{
	return remount("/", 0);
}

static int remount_32bit(void)
{
	return i386_mount("none", "/", "none", MS_REMOUNT);
}

static int remount_fsconfig(void)
{
	return mount_reconfigure("/", "rw");
}

static void remount_back(void)
{
	if (remount("/", MS_RDONLY))
		printf("# the root stays writable: %s\n", strerror(errno));
}

static const char *make_second(void)
{
	mkdir(SECOND, 0755);
	mkdir("/jail" SECOND, 0755);
	if (mount("/", SECOND, NULL, MS_BIND, NULL) ||
	    mount("/", "/jail" SECOND, NULL, MS_BIND, NULL))
		return "cannot mount";
	return need_writable();
}

static int remount_second(void)
{
	return remount(SECOND, 0);
}

static const char *need_btrfs(void)
{
	return root_type() == BTRFS_MAGIC ? NULL : "the root is no btrfs";
}

/* A writable mount of a subvolume makes the file system writable. */
static int mount_subvolume(void)
{
	int ret;

	mkdir("/run/sub", 0755);
	ret = mount(PART, "/run/sub", "btrfs", 0, "subvolid=5") ? -errno : 0;
	if (!ret)
		umount2("/run/sub", MNT_DETACH);
	return ret;
}

static int mount_subvolume_options(void)
{
	int ret;

	mkdir("/run/sub", 0755);
	ret = mount(PART, "/run/sub", "btrfs", MS_RDONLY, "rw") ? -errno : 0;
	if (!ret)
		umount2("/run/sub", MNT_DETACH);
	return ret;
}

static int mount_subvolume_fsmount(void)
{
	int fd = mount_detached("btrfs", PART, 0);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

/* mount_over */

static int over(const char *from, const char *where, const char *type,
		unsigned long flags, const char *data)
{
	if (mount(from, where, type, flags, data))
		return -errno;
	return umount2(where, MNT_DETACH) ? -errno : 0;
}

static int over_usr(void)
{
	return over("none", "/usr", "tmpfs", 0, NULL);
}

static int over_etc(void)
{
	return over("/run", "/etc", NULL, MS_BIND, NULL);
}

static int over_boot_both(void)
{
	return over("/run", "/boot", NULL, MS_BIND | MS_PRIVATE, NULL);
}

static int over_below(void)
{
	return over("none", "/usr/lib/deep", "tmpfs", 0, NULL);
}

static int over_file(void)
{
	return over("/proc/version", "/etc/passwd", NULL, MS_BIND, NULL);
}

/* Only ".." at the root leads to what is mounted over the root. */
static int over_root(void)
{
	if (mount("none", "/", "tmpfs", 0, NULL))
		return -errno;
	return umount2("/..", MNT_DETACH) ? -errno : 0;
}

static int over_second(void)
{
	return over("none", SECOND "/usr", "tmpfs", 0, NULL);
}

static int over_overlay(void)
{
	return over("none", "/usr", "overlay", MS_RDONLY,
		    "lowerdir=/etc:/boot");
}

static const char *need_overlay(void)
{
	return over("none", "/mnt", "overlay", MS_RDONLY,
		    "lowerdir=/etc:/boot") ?
		       "no overlay file system" :
		       NULL;
}

static int over_32bit(void)
{
	int ret = i386_mount("none", "/usr", "tmpfs", 0);

	if (!ret)
		umount2("/usr", MNT_DETACH);
	return ret;
}

/* A mount can be moved out of a mount that is not shared. */
static int over_move(void)
{
	int ret;

	mkdir("/run/private", 0755);
	if (mount("none", "/run/private", "tmpfs", 0, NULL))
		return -errno;
	mount(NULL, "/run/private", NULL, MS_PRIVATE, NULL);
	mkdir("/run/private/it", 0755);
	if (mount("none", "/run/private/it", "tmpfs", 0, NULL))
		return -errno;
	ret = mount("/run/private/it", "/usr", NULL, MS_MOVE, NULL) ? -errno :
								      0;
	if (!ret)
		umount2("/usr", MNT_DETACH);
	umount2("/run/private", MNT_DETACH);
	return ret;
}

static int attach(int mount, const char *where, unsigned int flags)
{
	int ret;

	if (mount < 0)
		return mount;
	ret = mount_attach(mount, where, flags);
	close(mount);
	return ret;
}

static int over_fsmount(void)
{
	int ret = attach(mount_detached("tmpfs", "none", 0), "/usr", 0);

	if (!ret)
		umount2("/usr", MNT_DETACH);
	return ret;
}

static int over_open_tree(void)
{
	int ret = attach(mount_clone("/run"), "/etc", 0);

	if (!ret)
		umount2("/etc", MNT_DETACH);
	return ret;
}

/* Beneath the mount on top, and seen once that is unmounted. */
static int beneath(const char *where)
{
	int ret = attach(mount_detached("tmpfs", "none", 0), where, BENEATH);

	if (ret)
		return ret;
	umount2(where, MNT_DETACH);
	umount2(where, MNT_DETACH);
	return mount(where, where, NULL, MS_BIND, NULL) ? -errno : 0;
}

static int over_beneath(void)
{
	return beneath(PRIVATE "/boot");
}

/* MOVE_MOUNT_BENEATH works only where mounts do not propagate. */
static int make_private(const char *where)
{
	char boot[64];

	mkdir(where, 0755);
	snprintf(boot, sizeof(boot), "%s/boot", where);
	return mount("/", where, NULL, MS_BIND, NULL) ||
	       mount(NULL, where, NULL, MS_PRIVATE, NULL) ||
	       mount(boot, boot, NULL, MS_BIND, NULL);
}

static const char *need_beneath(void)
{
	if (make_private(PRIVATE) || make_private("/jail" PRIVATE))
		return "cannot mount";
	return over_beneath() ? "no MOVE_MOUNT_BENEATH" : NULL;
}

/* No root of a mount: EINVAL comes after the hook. */
static int pivot(void)
{
	if (!syscall(SYS_pivot_root, "/proc/self", "/proc/self"))
		return -EBUSY;
	return errno == EINVAL || errno == EBUSY ? 0 : -errno;
}

/* raw_write */

static int rewrite(int fd)
{
	static char sector[512] __attribute__((aligned(512)));
	int ret = 0;

	if (fd < 0)
		return fd;
	if (pread(fd, sector, 512, 0) != 512 ||
	    pwrite(fd, sector, 512, 0) != 512)
		ret = -errno;
	close(fd);
	return ret;
}

static int open_fd(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int write_part(void)
{
	return rewrite(open_fd(PART, O_RDWR));
}

static int write_disk(void)
{
	return rewrite(open_fd(DISK, O_RDWR));
}

static const char *make_node(void)
{
	struct stat st;

	if (stat(PART, &st) || mknod(NODE, S_IFBLK | 0600, st.st_rdev) ||
	    mknod("/jail" NODE, S_IFBLK | 0600, st.st_rdev))
		return errno == EEXIST ? NULL : "cannot make a node";
	return NULL;
}

static int write_node(void)
{
	return rewrite(open_fd(NODE, O_RDWR));
}

static int write_32bit(void)
{
	return rewrite(i386_open(PART, O_RDWR));
}

static int write_uring(void)
{
	return rewrite(uring_open(PART, O_RDWR));
}

/* the device of the root itself, for example dm-verity's */
static int write_roots(void)
{
	struct stat st;

	if (stat("/", &st))
		return -errno;
	unlink("/run/roots");
	if (mknod("/run/roots", S_IFBLK | 0600, st.st_dev))
		return -errno;
	return open_close("/run/roots", O_WRONLY);
}

static const char *need_roots(void)
{
	return write_roots() ? "the root's device cannot be written" : NULL;
}

static int set_writable(void)
{
	int fd = open_fd(PART, O_RDONLY), no = 0, ret;

	if (fd < 0)
		return fd;
	ret = ioctl(fd, BLK_ROSET, &no) ? -errno : 0;
	close(fd);
	return ret;
}

static int set_writable_32bit(void)
{
	int fd = open_fd(PART, O_RDONLY), ret;
	static const int no; /* static, so below 4 GiB */

	if (fd < 0)
		return fd;
	ret = syscall_i386(NR32_IOCTL, fd, BLK_ROSET, (long)&no);
	close(fd);
	return ret;
}

/* TEST UNIT READY; WRITE passes the same hook. */
static int scsi_command(const char *path)
{
	unsigned char cdb[6] = { 0 }, sense[32];
	struct sg_io_hdr io = {
		.interface_id = 'S',
		.dxfer_direction = SG_DXFER_NONE,
		.cmd_len = sizeof(cdb),
		.cmdp = cdb,
		.sbp = sense,
		.mx_sb_len = sizeof(sense),
		.timeout = 5000,
	};
	int fd = open_fd(path, O_RDONLY | O_NONBLOCK), ret;

	if (fd < 0)
		return fd;
	ret = ioctl(fd, SG_IO, &io) ? -errno : 0;
	close(fd);
	return ret;
}

/* The disk is neither; whatever its driver answers, the call got there. */
static int command_other_disk(unsigned long command)
{
	int fd = open_fd(OTHER_DISK, O_RDONLY), ret;

	if (fd < 0)
		return fd;
	ret = ioctl(fd, command, NULL);
	ret = ret && errno == EPERM ? -EPERM : 0;
	close(fd);
	return ret;
}

/* The controller of the root may have more NVMe namespaces. */
static int nvme_other_disk(void)
{
	return command_other_disk(NVME_ADMIN_CMD);
}

/* The chip of the root may have more disks. */
static int mmc_other_disk(void)
{
	return command_other_disk(MMC_CMD);
}

static int scsi_disk(void)
{
	return scsi_command(DISK);
}

/* The older ioctl needs no descriptor for writing. */
static int scsi_command_old(const char *path)
{
	struct {
		unsigned int in, out;
		unsigned char data[64]; /* the command, then what it answers */
	} c = { 0 };
	int fd = open_fd(path, O_RDONLY | O_NONBLOCK), ret;

	if (fd < 0)
		return fd;
	ret = ioctl(fd, SCSI_SEND_COMMAND, &c) < 0 ? -errno : 0;
	close(fd);
	return ret;
}

static int scsi_disk_old(void)
{
	return scsi_command_old(DISK);
}

/* A command through any partition is one for the whole disk. */
static int scsi_neighbour(void)
{
	return scsi_command(NEIGHBOUR);
}

static int scsi_neighbour_old(void)
{
	return scsi_command_old(NEIGHBOUR);
}

/* Device mapper passes it on to the disk that the root is on. */
static int scsi_mapped(void)
{
	const char *node = "/run/t/mapped";
	dev_t dev;
	int ret = linear_make("mapped", NEIGHBOUR, &dev);

	unlink(node);
	if (!ret && mknod(node, S_IFBLK | 0600, dev))
		ret = -errno;
	if (!ret)
		ret = scsi_command(node);
	mapper_drop("mapped");
	return ret;
}

/* Files of configfs that root.guest made, by which drivers open disks. */
static const char *need_openers(void)
{
	return node_missing(CONFIG "/nvmet");
}

static int open_heartbeat(void)
{
	return open_close(CONFIG "/cluster/c/heartbeat/r/dev", O_WRONLY);
}

static int open_pscsi(void)
{
	return open_close(CONFIG "/target/core/pscsi_0/d/control", O_WRONLY);
}

static int open_nvmet(void)
{
	return open_close(NVMET "/device_path", O_WRONLY);
}

/* innocent: what is not opened for the root */
static int open_nvmet_serial(void)
{
	return open_close(NVMET "/device_nguid", O_WRONLY);
}

static const char *need_neighbour(void)
{
	return node_missing(NEIGHBOUR);
}

static int scsi_generic_old(void)
{
	return scsi_command_old("/dev/sg0");
}

static const char *need_sg(void)
{
	return node_missing("/dev/sg0");
}

static int scsi_generic(void)
{
	return scsi_command("/dev/sg0");
}

static int scsi_generic_open(void)
{
	return open_close("/dev/sg0", O_RDWR | O_NONBLOCK);
}

/* A device without the command says so after the hook, not with EPERM. */
static int uring_discard(void)
{
	int fd = open_fd(PART, O_RDONLY), ret;

	if (fd < 0)
		return fd;
	ret = uring_command(fd, BLK_URING_DISCARD);
	close(fd);
	return ret == -EBADF || ret == -EINVAL ? 0 : ret;
}

static const char *need_uring_cmd(void)
{
	return kernel_knows("blkdev_uring_cmd") ?
		       need_uring() :
		       "no commands for block devices";
}

/* no dm device has that name: dm says ENXIO, after the hook */
static int mapper_remove(void)
{
	struct {
		unsigned int version[3], data_size, data_start, target_count;
		int open_count;
		unsigned int flags, event_nr, padding;
		unsigned long long dev;
		char name[128], uuid[129], data[7];
	} d = { .version = { 4, 0, 0 },
		.data_size = sizeof(d),
		.name = "no-such-device" };
	int fd = open_fd("/dev/mapper/control", O_RDWR), ret;

	if (fd < 0)
		return fd;
	ret = ioctl(fd, _IOWR(0xfd, 4, char[312]), &d) ? -errno : 0;
	close(fd);
	return ret == -ENXIO ? 0 : ret;
}

static const char *need_stack(void)
{
	char name[8] = "";

	read_file("/sys/block/dm-0/dm/name", name, sizeof(name) - 1);
	return strncmp(name, "root", 4) ? "the root is on no dm device" : NULL;
}

/* innocent */

static int over_elsewhere(void)
{
	return over("none", "/mnt", "tmpfs", 0, NULL);
}

static int over_alike(void)
{
	return over("none", "/srv/usr", "tmpfs", 0, NULL);
}

static int over_in_private(void)
{
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return -errno;
	return over("none", "/usr", "tmpfs", 0, NULL);
}

static int over_in_slave(void)
{
	if (unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL))
		return -errno;
	return over("/usr", "/usr", NULL, MS_BIND, NULL);
}

static int still_read_only(void)
{
	int fd = open("/etc/new", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EROFS ? 0 : -errno;
	close(fd);
	unlink("/etc/new");
	return -EEXIST;
}

/* The mount alone becomes writable, the file system does not. */
static int remount_bind(void)
{
	int ret;

	if (unshare(CLONE_NEWNS))
		return -errno;
	ret = remount("/", MS_BIND);
	return ret ? ret : still_read_only();
}

static int remount_setattr(void)
{
	int ret;

	if (unshare(CLONE_NEWNS))
		return -errno;
	ret = mount_set_writable("/");
	return ret && ret != -ENOSYS ? ret : still_read_only();
}

static int change_propagation(void)
{
	return mount(NULL, "/", NULL, MS_SHARED, NULL) ? -errno : 0;
}

static int remount_other(void)
{
	return remount("/run", 0);
}

static int read_disk(void)
{
	return open_close(PART, O_RDONLY);
}

static int ask_size(void)
{
	int fd = open_fd(PART, O_RDONLY), ret;
	unsigned long long size;

	if (fd < 0)
		return fd;
	ret = ioctl(fd, BLK_SIZE64, &size) ? -errno : 0;
	close(fd);
	return ret;
}

static int write_other_disk(void)
{
	return rewrite(open_fd(OTHER_DISK, O_RDWR));
}

static int set_other_disk(void)
{
	int fd = open_fd(OTHER_DISK, O_RDONLY), no = 0, ret;

	if (fd < 0)
		return fd;
	ret = ioctl(fd, BLK_ROSET, &no) ? -errno : 0;
	close(fd);
	return ret;
}

/* A question about the disk alone */
static int nvme_id_of_other_disk(void)
{
	return command_other_disk(NVME_ID);
}

static int scsi_other_disk(void)
{
	return scsi_command(OTHER_DISK);
}

static int write_neighbour(void)
{
	return rewrite(open_fd(NEIGHBOUR, O_RDWR));
}

static const char *share(void)
{
	return mount(NULL, "/", NULL, MS_REC | MS_SHARED, NULL) ?
		       "cannot share the root" :
		       NULL;
}

/*
 * Commands for the root's file system. Whatever it answers, the call got there:
 * the root is read-only, and not every file system knows each command.
 */
static int ask_fs(unsigned long command)
{
	static char argument[4096] = { [8] = 'x' };
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ret = ioctl(fd, command, argument);

	ret = ret && errno == EPERM ? -EPERM : 0;
	close(fd);
	return ret;
}

static int add_device(void)
{
	return ask_fs(FS_ADD_DEVICE);
}

static int resize(void)
{
	return ask_fs(FS_RESIZE);
}

/* In a way that no file system knows. */
static int shut_down(void)
{
	uint32_t way = 99;
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int ret = ioctl(fd, FS_SHUT_DOWN, &way);

	ret = ret && errno == EPERM ? -EPERM : 0;
	close(fd);
	return ret;
}

/* The file system is not frozen, so that nothing happens without the lock. */
static int thaw_by(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), ret;

	if (fd < 0)
		return -errno;
	ret = ioctl(fd, FITHAW, 0);
	ret = ret && errno != EINVAL ? -errno : 0;
	close(fd);
	return ret;
}

static int thaw(void)
{
	return thaw_by("/");
}

static int thaw_by_node(void)
{
	return thaw_by("/node");
}

static const char *need_node(void)
{
	int fd = open_fd("/node", O_RDONLY);

	if (fd == -ENXIO)
		return "mkfs.btrfs makes no device nodes";
	if (fd >= 0)
		close(fd);
	return NULL;
}

static int get_flags(void)
{
	return ask_fs(FS_GETFLAGS);
}

static const struct attempt attempts[] = {
	{ NULL, NULL, "change propagation", share, change_propagation },

	{ "remount", NULL, "remount,rw", need_writable, remount_root,
	  remount_back },
	{ "remount", NULL, "32-bit remount,rw", need_writable, remount_32bit,
	  remount_back },
	{ "remount", NULL, "fsconfig rw", need_writable, remount_fsconfig,
	  remount_back },
	{ "remount", NULL, "another mount of it", make_second, remount_second,
	  remount_back },
	{ "remount", NULL, "btrfs subvolume", need_btrfs, mount_subvolume,
	  remount_back },
	{ "remount", NULL, "btrfs option rw", need_btrfs,
	  mount_subvolume_options, remount_back },
	{ "remount", NULL, "btrfs fsmount", need_btrfs, mount_subvolume_fsmount,
	  remount_back },

	{ "mount_over", NULL, "tmpfs on /usr", NULL, over_usr },
	{ "mount_over", NULL, "bind on /etc", NULL, over_etc },
	{ "mount_over", NULL, "bind and private", NULL, over_boot_both },
	{ "mount_over", NULL, "below /usr", NULL, over_below },
	{ "mount_over", NULL, "on a file of /etc", NULL, over_file },
	{ "mount_over", NULL, "on /", NULL, over_root },
	{ "mount_over", NULL, "by another mount", NULL, over_second },
	{ "mount_over", NULL, "overlay", need_overlay, over_overlay },
	{ "mount_over", NULL, "32-bit mount", need_i386, over_32bit },
	{ "mount_over", NULL, "move", NULL, over_move },
	{ "mount_over", NULL, "fsmount", NULL, over_fsmount },
	{ "mount_over", NULL, "open_tree", NULL, over_open_tree },
	{ "mount_over", NULL, "beneath", need_beneath, over_beneath,
	  .at_home = 1 },
	{ "mount_over", NULL, "pivot_root", NULL, pivot, .at_home = 1 },

	{ "raw_write", NULL, "partition", NULL, write_part, .anyone = 1 },
	{ "raw_write", NULL, "whole disk", NULL, write_disk },
	{ "raw_write", NULL, "second node", make_node, write_node },
	{ "raw_write", NULL, "32-bit open", need_i386, write_32bit },
	{ "raw_write", NULL, "io_uring open", need_uring, write_uring },
	{ "raw_write", NULL, "the root's own device", need_roots, write_roots },
	{ "raw_write", NULL, "BLKROSET", NULL, set_writable },
	{ "raw_write", NULL, "32-bit BLKROSET", need_i386, set_writable_32bit },
	{ "raw_write", NULL, "SG_IO", NULL, scsi_disk },
	{ "raw_write", NULL, "SG_IO of another partition", need_neighbour,
	  scsi_neighbour },
	{ "raw_write", NULL, "SG_IO of a device on another partition",
	  need_neighbour, scsi_mapped },
	{ "raw_write", NULL, "heartbeat of ocfs2", need_openers,
	  open_heartbeat },
	{ "raw_write", NULL, "LIO's pSCSI", need_openers, open_pscsi },
	{ "raw_write", NULL, "nvmet", need_openers, open_nvmet },
	{ "raw_write", NULL, "SCSI_IOCTL_SEND_COMMAND of another partition",
	  need_neighbour, scsi_neighbour_old },
	{ "raw_write", NULL, "SG_IO of /dev/sg0", need_sg, scsi_generic },
	{ "raw_write", NULL, "SCSI_IOCTL_SEND_COMMAND", NULL, scsi_disk_old },
	{ "raw_write", NULL, "SCSI_IOCTL_SEND_COMMAND of /dev/sg0", need_sg,
	  scsi_generic_old },
	{ "raw_write", NULL, "open /dev/sg0", need_sg, scsi_generic_open },
	{ "raw_write", NULL, "NVMe command of another disk", NULL,
	  nvme_other_disk },
	{ "raw_write", NULL, "MMC command of another disk", NULL,
	  mmc_other_disk },
	{ "raw_write", NULL, "io_uring discard", need_uring_cmd, uring_discard },
	{ "raw_write", NULL, "dm command", need_stack, mapper_remove },
	{ "raw_write", NULL, "add a device", NULL, add_device },
	{ "raw_write", NULL, "resize", NULL, resize },
	{ "raw_write", NULL, "shut down", NULL, shut_down },
	{ "raw_write", NULL, "thaw", NULL, thaw },
	{ "raw_write", NULL, "thaw by a device node on the root", need_node,
	  thaw_by_node },

	{ NULL, NULL, "mount on /mnt", NULL, over_elsewhere },
	{ NULL, NULL, "another file of nvmet", need_openers, open_nvmet_serial },
	{ NULL, NULL, "mount on /srv/usr", NULL, over_alike },
	{ NULL, NULL, "on /usr in a private namespace", NULL, over_in_private },
	{ NULL, NULL, "on /usr in a slave namespace", NULL, over_in_slave },
	{ NULL, NULL, "remount,bind,rw changes nothing", NULL, remount_bind },
	{ NULL, NULL, "mount_setattr changes nothing", NULL, remount_setattr },
	{ NULL, NULL, "remount /run", NULL, remount_other },
	{ NULL, NULL, "read the partition", NULL, read_disk },
	{ NULL, NULL, "BLKGETSIZE64", NULL, ask_size },
	{ NULL, NULL, "flags of the root", NULL, get_flags },
	{ NULL, NULL, "write another disk", NULL, write_other_disk },
	{ NULL, NULL, "SG_IO of another disk", NULL, scsi_other_disk },
	{ NULL, NULL, "write another partition", need_neighbour,
	  write_neighbour },
	{ NULL, NULL, "BLKROSET of another disk", NULL, set_other_disk },
	{ NULL, NULL, "NVMe id of another disk", NULL, nvme_id_of_other_disk },
	{ 0 },
};

SUITE(rootfs, NULL);
