// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Modules are loaded and unloaded by every call that does it.
 *
 * Under a rule that allows loading and denies unloading, a module stays until
 * a later rule. Until then an attempt to load it ends with EEXIST, which counts
 * as success.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/kexec.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/helpers.h"
#include "ways/abi.h"
#include "engine/attempt.h"
#include "suites/kmodules_ops.h"
#include "ways/modprobe.h"
#include "ways/uring.h"

#define VICTIM		   "msr" /* the module that is taken out */
#define I386_DELETE_MODULE 129
#define UPPER_HALF	   (1L << 32)
#define SHARE_IRQS	   "/sys/module/8250/parameters/share_irqs"

/* load_module */

static void remove_module(const char *name)
{
	syscall(SYS_delete_module, name, O_NONBLOCK);
}

static void remove_dummy(void)
{
	remove_module("dummy");
}

/* EEXIST: the kernel looks for the name after all hooks have run. */
static int loaded(int ret)
{
	return ret == -EEXIST && module_loaded("dummy") ? 0 : ret;
}

static void *image, *bare;
static size_t image_size, bare_size;

static const char *need_images(void)
{
	image = module_image("dummy", &image_size);
	bare = module_unsigned("dummy", &bare_size);
	return image && bare ? NULL : "no signed module";
}

static int load_file(void)
{
	return loaded(module_load("dummy", "numdummies=0"));
}

static int load_memory(void)
{
	return loaded(module_insert(image, image_size, "numdummies=0"));
}

static const char *need_unpacking(void)
{
	char type[8] = "";

	read_file("/sys/module/compression", type, sizeof(type) - 1);
	return strncmp(type, "xz", 2) ? "the kernel unpacks no modules" : NULL;
}

static int load_compressed(void)
{
	int fd = open("/dummy.ko.xz", O_RDONLY | O_CLOEXEC);
	int ret;

	if (fd < 0)
		return -errno;
	ret = syscall(SYS_finit_module, fd, "numdummies=0",
		      4 /* MODULE_INIT_COMPRESSED_FILE */) ?
		      -errno :
		      0;
	close(fd);
	return loaded(ret);
}

/* unsigned_module */

static int load_unsigned(void)
{
	return loaded(module_insert(bare, bare_size, "numdummies=0"));
}

static int load_unsigned_file(void)
{
	return loaded(module_insert_file(bare, bare_size, "numdummies=0"));
}

/* unsafe_module_parameters */

static const char *need_ipmi(void)
{
	int ret = module_load("ipmi_msghandler", "");

	return ret && ret != -EEXIST ? "cannot load ipmi_msghandler" : NULL;
}

/* ENODEV comes from the module itself, which thus was loaded. */
static int hardware_parameter(void)
{
	int ret = module_load("ipmi_si", "irqs=0");

	return ret == -ENODEV ? 0 : ret;
}

static const char *need_share_irqs(void)
{
	return node_missing(SHARE_IRQS);
}

static int hardware_parameter_sysfs(void)
{
	char value[16] = "";
	int n = read_file(SHARE_IRQS, value, sizeof(value) - 1);

	return n < 0 ? n : write_file(SHARE_IRQS, value);
}

/* unload_module: ENOENT comes after the hooks, too */

static int deleted(long ret)
{
	return ret == -ENOENT && !module_loaded(VICTIM) ? 0 : ret;
}

static const char *load_victim(void)
{
	int ret = module_load(VICTIM, "");

	return ret && ret != -EEXIST ? "cannot load " VICTIM : NULL;
}

static void victim_back(void)
{
	load_victim();
}

static int unload(void)
{
	return deleted(syscall(SYS_delete_module, VICTIM, O_NONBLOCK) ? -errno :
									0);
}

/* Since 5.14 the kernel ignores the upper half of the number. */
static int unload_upper_half(void)
{
	return deleted(syscall_raw(SYS_delete_module | UPPER_HALF, (long)VICTIM,
				   O_NONBLOCK, 0));
}

static const char *need_no_upper_half(void)
{
	return syscall_raw(SYS_getpid | UPPER_HALF, 0, 0, 0) == getpid() ?
		       NULL :
		       "the kernel knows no such number";
}

static int unload_i386(void)
{
	return deleted(syscall_i386(I386_DELETE_MODULE,
				    (long)low_memory(VICTIM, sizeof(VICTIM)),
				    O_NONBLOCK, 0));
}

static int unload_x32(void)
{
	return deleted(
		syscall_x32(SYS_delete_module, (long)VICTIM, O_NONBLOCK, 0));
}

/* autoload_module */

static int autoload_family(void)
{
	int there = module_loaded("can");
	int fd, ret;

	unlink("/run/asked");
	fd = socket(there ? 19 : AF_CAN, SOCK_RAW | SOCK_CLOEXEC, 99);
	/* the family exists, a protocol with that number does not */
	ret = fd >= 0 || errno == EINVAL ? 0 : -errno;
	if (fd >= 0)
		close(fd);
	return there ? was_asked(ret) : ret;
}

static void remove_can(void)
{
	remove_module("can");
}

static int autoload_filesystem(void)
{
	int there = module_loaded("minix"), ret;

	unlink("/run/asked");
	if (!mount("none", "/mnt", there ? "bflk" : "minix", 0, NULL))
		return -EBUSY;
	/* ENODEV: the file system was found, the device was not */
	ret = errno == ENOTBLK || errno == ENOENT ? 0 : -errno;
	return there ? was_asked(ret) : ret;
}

static void remove_minix(void)
{
	remove_module("minix");
}

struct newlink {
	struct nlmsghdr h;
	struct ifinfomsg i;
	struct {
		struct rtattr a;
		char text[8];
	} name;
	struct {
		struct rtattr a, kind;
		char text[8];
	} info;
};

static int send_by_call(int fd, const void *data, unsigned int size)
{
	return send(fd, data, size, 0) < 0 ? -errno : 0;
}

static int make_link(const char *kind, int (*send_by)(int fd, const void *data,
						      unsigned int size))
{
	struct newlink r = {
		.h = { sizeof(r), RTM_NEWLINK,
		       NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL },
		.name.a = { sizeof(r.name), IFLA_IFNAME },
		.info.a = { sizeof(r.info), IFLA_LINKINFO },
		.info.kind = { sizeof(r.info) - sizeof(r.info.a),
			       IFLA_INFO_KIND },
	};
	char answer[1024];
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int ret;

	if (fd < 0)
		return -errno;
	strcpy(r.name.text, "bflk0");
	strcpy(r.info.text, kind);
	ret = send_by(fd, &r, sizeof(r));
	if (ret >= 0 && recv(fd, answer, sizeof(answer), 0) < 0)
		ret = -errno;
	else if (ret >= 0)
		ret = ((struct nlmsgerr *)NLMSG_DATA(answer))->error;
	close(fd);
	return ret;
}

static int autoload_kind_by(int (*send_by)(int fd, const void *data,
					   unsigned int size))
{
	int there = module_loaded("dummy");
	int ret;

	unlink("/run/asked");
	ret = make_link(there ? "bflk" : "dummy", send_by);
	return there ? was_asked(ret) : ret;
}

static int autoload_kind(void)
{
	return autoload_kind_by(send_by_call);
}

/* Before 5.12 and 5.10.162 the worker of io_uring is a kernel thread. */
static int autoload_kind_by_uring(void)
{
	return autoload_kind_by(uring_send);
}

static const char *need_worker(void)
{
	const char *why = need_uring();

	return why ? why : make_modprobe();
}

/* innocent */

static int kexec_nothing(void)
{
	return syscall(SYS_kexec_load, 0L, 0L, NULL, 0L) ? -errno : 0;
}

/* The kernel reads the file, and says that this program is no kernel. */
static int kexec_no_kernel(void)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC), ret;

	ret = syscall(SYS_kexec_file_load, fd, -1, 1L, "",
		      (long)KEXEC_FILE_NO_INITRAMFS) ?
		      -errno :
		      0;
	close(fd);
	return ret == -ENOEXEC ? 0 : ret;
}

static int list_modules(void)
{
	char buf[64];
	int n = read_file("/proc/modules", buf, sizeof(buf));

	return n < 0 ? n : 0;
}

static const struct attempt attempts[] = {
	{ "load_module", NULL, "finit_module", need_images, load_file,
	  remove_dummy },
	{ "load_module", NULL, "init_module", need_images, load_memory,
	  remove_dummy },
	{ "load_module", NULL, "compressed", need_unpacking, load_compressed,
	  remove_dummy },
	{ "unsigned_module", "load_module", "init_module", need_images,
	  load_unsigned, remove_dummy },
	{ "unsigned_module", "load_module", "finit_module", need_images,
	  load_unsigned_file, remove_dummy },
	{ "unsafe_module_parameters", "load_module", "ipmi_si irqs=", need_ipmi,
	  hardware_parameter },
	{ "unsafe_module_parameters", NULL, "share_irqs in sysfs",
	  need_share_irqs, hardware_parameter_sysfs },
	{ "unload_module", NULL, "delete_module", load_victim, unload,
	  victim_back },
	{ "unload_module", NULL, "upper half of the number", need_no_upper_half,
	  unload_upper_half, victim_back },
	{ "unload_module", NULL, "32 bit", need_i386, unload_i386, victim_back },
	{ "unload_module", NULL, "x32", need_x32, unload_x32, victim_back },
	{ "autoload_module",
	  "load_module",
	  "socket family",
	  make_modprobe,
	  autoload_family,
	  remove_can,
	  { EAFNOSUPPORT },
	  .anyone = 1 },
	{ "autoload_module",
	  "load_module",
	  "mount -t",
	  make_modprobe,
	  autoload_filesystem,
	  remove_minix,
	  { ENODEV } },
	{ "autoload_module",
	  "load_module",
	  "netlink kind",
	  make_modprobe,
	  autoload_kind,
	  remove_dummy,
	  { EOPNOTSUPP } },
	{ "autoload_module",
	  "load_module",
	  "netlink kind by io_uring",
	  need_worker,
	  autoload_kind_by_uring,
	  remove_dummy,
	  { EOPNOTSUPP } },
	{ "autoload_module",
	  "load_module",
	  "algorithm",
	  make_modprobe,
	  autoload_crypto,
	  NULL,
	  { ENOENT } },

	/* innocent */
	{ NULL, NULL, "kexec_load", NULL, kexec_nothing },
	{ NULL, NULL, "kexec_file_load", NULL, kexec_no_kernel },
	{ NULL, NULL, "read /proc/modules", NULL, list_modules },
	{ 0 },
};

SUITE(kmodules, NULL);
