// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/btf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "util/files.h"
#include "util/log.h"
#include "kernel/mounts.h"
#include "kernel/support.h"

#define LSM_LIST  "/sys/kernel/security/lsm"
#define BTF_FILE  "/sys/kernel/btf/vmlinux"
#define SIG_PARAM "/sys/module/module/parameters/sig_enforce"
#define FTRACE	  "/proc/sys/kernel/ftrace_enabled"

static bool word_in_list(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = list; (p = strstr(p, word)); p += len)
		if ((p == list || p[-1] == ',') &&
		    (!p[len] || p[len] == ',' || p[len] == '\n'))
			return true;
	return false;
}

/* Only a missing file is a lack of the kernel. */
static int report_unread(const char *file, int err, const char *options)
{
	if (err == -ENOENT) {
		log_error("%s is missing: use a kernel with %s", file, options);
		return -EOPNOTSUPP;
	}
	log_error("read %s: %s", file, strerror(-err));
	return err;
}

static int check_lsm(void)
{
	char list[512];
	int err = file_read(LSM_LIST, list, sizeof(list));

	if (err < 0)
		return report_unread(LSM_LIST, err,
				     "CONFIG_SECURITYFS and CONFIG_BPF_LSM");
	list[strcspn(list, "\n")] = 0;
	if (word_in_list(list, "bpf"))
		return 0;
	log_error("bpf is not among the active security modules (%s): "
		  "boot with lsm=%s,bpf; if that does not help, use a kernel "
		  "with CONFIG_BPF_LSM",
		  list, list);
	return -EOPNOTSUPP;
}

static int check_btf(struct support *s)
{
	struct btf_header h;
	ssize_t len = file_read_all(BTF_FILE, &s->btf);

	if (len < 0)
		return report_unread(BTF_FILE, len, "CONFIG_DEBUG_INFO_BTF");
	s->btf_len = len;
	if (s->btf_len >= sizeof(h)) {
		memcpy(&h, s->btf, sizeof(h));
		if (h.magic == BTF_MAGIC)
			return 0;
	}
	log_error("%s is not BTF in this machine's byte order: use a "
		  "kernel whose BTF is intact",
		  BTF_FILE);
	return -EOPNOTSUPP;
}

/*
 * On kernels before 7.3 the value 0 silently stops every attached program
 * (kernel/trace/ftrace.c:ftrace_enable_sysctl()).
 */
static int check_ftrace(void)
{
	char value[16];
	int err = file_read(FTRACE, value, sizeof(value));

	if (err == -ENOENT) {
		log_error("%s is missing: use a kernel with "
			  "CONFIG_DYNAMIC_FTRACE, which attaching BPF LSM "
			  "programs needs",
			  FTRACE);
		return -EOPNOTSUPP;
	}
	if (err < 0 || value[0] != '0')
		return 0;
	log_error("kernel.ftrace_enabled is 0, which stops all BPF LSM "
		  "programs: set it to 1 (sysctl), and remove "
		  "sysctl.kernel.ftrace_enabled=0 from the command line");
	return -EOPNOTSUPP;
}

bool support_confidentiality(void)
{
	char level[64];

	return file_read("/sys/kernel/security/lockdown", level,
			 sizeof(level)) > 0 &&
	       strstr(level, "[confidentiality]");
}

/* Before 5.11 a helper reads the calling task (bpf/compat.h). */
static int check_lockdown(const struct support *s)
{
	if (!support_confidentiality() || s->task_btf)
		return 0;
	log_error("lockdown=confidentiality denies the BPF helper that reads "
		  "the calling process on kernels before 5.11: boot with "
		  "lockdown=integrity, or use a newer kernel");
	return -EOPNOTSUPP;
}

/* include/linux/kdev_t.h: 12 bits major, 20 bits minor; 0: not there. */
static unsigned int kernel_dev(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return 0;
	return major(st.st_dev) << 20 | minor(st.st_dev);
}

/* What the kernel lacks is told before what may go away. */
static int worse(int err, int other)
{
	return err == -EOPNOTSUPP || !other ? err : other;
}

int support_check(struct support *s)
{
	int err;

	memset(s, 0, sizeof(*s));
	err = check_lsm();
	err = worse(err, check_btf(s));
	err = worse(err, check_ftrace());
	s->task_btf = support_named(s, "BPF_FUNC_get_current_task_btf");
	err = worse(err, check_lockdown(s));
	s->pin_dev = kernel_dev(BPFFS);
	s->module_sig = !access(SIG_PARAM, F_OK);
	s->casts = support_named(s, "bpf_rdonly_cast");
	return err;
}

void support_free(struct support *s)
{
	free(s->btf);
	s->btf = NULL;
}

/* Return: where the name is, with a zero byte on both sides, or NULL. */
static const char *find_name(const char *from, const char *end,
			     const char *name)
{
	size_t len = strlen(name) + 1;

	while ((from = memmem(from, end - from, name, len))) {
		if (!from[-1])
			break;
		from++;
	}
	return from;
}

#define NEAR 32768 /* bytes */

static const char *find_near(const char *begin, const char *end,
			     const char *near, const char *name)
{
	if (near - begin > NEAR)
		begin = near - NEAR;
	if (end - near > NEAR)
		end = near + NEAR;
	return find_name(begin, end, name);
}

/*
 * Names of a kind stand together in BTF, so most are near the last one that was
 * found. There are 3 million bytes of names.
 */
bool support_named(struct support *s, const char *name)
{
	const char *begin, *end, *found = NULL;
	struct btf_header h;

	if (!s->btf)
		return false;
	memcpy(&h, s->btf, sizeof(h));
	if ((size_t)h.hdr_len + h.str_off + h.str_len > s->btf_len)
		return false;
	begin = s->btf + h.hdr_len + h.str_off;
	end = begin + h.str_len;
	if (s->near)
		found = find_near(begin, end, s->near, name);
	if (!found)
		found = find_name(begin, end, name);
	if (found)
		s->near = found;
	return found;
}

bool support_any(struct support *s, const char *names)
{
	char name[64];
	size_t len;

	if (!*names)
		return true;
	for (; *names; names += len + strspn(names + len, ", ")) {
		len = strcspn(names, ",");
		snprintf(name, sizeof(name), "%.*s", (int)len, names);
		if (support_named(s, name))
			return true;
	}
	return false;
}
