// SPDX-License-Identifier: GPL-2.0-or-later
/* Triggers of the hooks on lockdown, modules, kexec and bpf(2). */
#include <bpf/bpf.h>
#include <fcntl.h>
#include <linux/kexec.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/triggers.h"
#include "util/files.h"

#define PF_NOBODY 19 /* a family that the kernel does not have any more */
#define BAD_FLAGS 0xdead

/* perf_event_open(2) calls the hook before it samples registers. */
void trigger_lockdown_perf(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_DUMMY,
		.sample_type = PERF_SAMPLE_REGS_INTR,
		.sample_regs_intr = 1,
		.exclude_kernel = 1,
	};
	int fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

	if (fd >= 0)
		close(fd);
}

/* The list of sleep states depends on whether hibernation is denied. */
void trigger_lockdown_sleep(void)
{
	char states[64];

	file_read("/sys/power/state", states, sizeof(states));
}

/* Fails for its flags, after the hook. */
void trigger_lockdown_kexec(void)
{
#ifdef SYS_kexec_load
	syscall(SYS_kexec_load, 0L, 0L, NULL, (long)BAD_FLAGS);
#endif
}

/* Asks for the module net-pf-19, which does not exist. */
void trigger_module_request(void)
{
	int fd = socket(PF_NOBODY, SOCK_DGRAM, 0);

	if (fd >= 0)
		close(fd);
}

/*
 * This module's signature is too short, so loading it fails after the hook,
 * and without a line in the kernel log (kernel/module/signing.c).
 */
static const char no_module[] = "bpflock~Module signature appended~\n";

void trigger_read_module(void)
{
	int rw = syscall(SYS_memfd_create, "bpflock", 1u /* MFD_CLOEXEC */);
	char path[32];
	int fd;

	if (rw < 0)
		return;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", rw);
	if (write(rw, no_module, sizeof(no_module) - 1) < 0)
		goto out;
	/* The kernel does not load a module that is open for writing. */
	fd = open(path, O_RDONLY | O_CLOEXEC);
	close(rw);
	rw = fd;
	if (fd >= 0)
		syscall(SYS_finit_module, fd, "", 0L);
out:
	if (rw >= 0)
		close(rw);
}

void trigger_load_module(void)
{
	syscall(SYS_init_module, no_module, sizeof(no_module) - 1, "");
}

/* Fails after the hook: this program is not a kernel. */
void trigger_read_kernel(void)
{
#ifdef SYS_kexec_file_load
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	syscall(SYS_kexec_file_load, fd, -1, 1L, "", KEXEC_FILE_NO_INITRAMFS);
	close(fd);
#endif
}

/* Fails after the hook: the command does not exist. */
void trigger_bpf(void)
{
	union bpf_attr attr = { 0 };

	syscall(SYS_bpf, BAD_FLAGS, &attr, sizeof(attr));
}

/* Gets descriptors of the first map and the first program. */
void trigger_objects(void)
{
	uint32_t id;
	int fd = -1;

	if (!bpf_map_get_next_id(0, &id))
		fd = bpf_map_get_fd_by_id(id);
	if (fd >= 0)
		close(fd);
	fd = -1;
	if (!bpf_prog_get_next_id(0, &id))
		fd = bpf_prog_get_fd_by_id(id);
	if (fd >= 0)
		close(fd);
}
