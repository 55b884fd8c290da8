// SPDX-License-Identifier: GPL-2.0-or-later
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ways/abi.h"
#include "ways/helpers.h"
#include "ways/probes.h"

#define PROBED		   "/bin/matrix"
#define PARANOID	   "/proc/sys/kernel/perf_event_paranoid"
#define NR_PERF_32	   336
#define TRACE_UPROBE_MULTI 48 /* enum bpf_attach_type, from 6.6 on */

static int uprobe_type;
static const char *tracing = "/sys/kernel/tracing";

/* What is probed, and a reference counter of a probe, in this program. */
static void __attribute__((noinline)) probed(void)
{
	asm volatile("nop");
}
static volatile uint16_t counter = 1;

/* The place in the program's file. */
static uint64_t place_of(uintptr_t address)
{
	const Elf64_Phdr *p = (const void *)getauxval(AT_PHDR);

	for (unsigned long i = 0; i < getauxval(AT_PHNUM); i++)
		if (p[i].p_type == PT_LOAD && address >= p[i].p_vaddr &&
		    address < p[i].p_vaddr + p[i].p_filesz)
			return address - p[i].p_vaddr + p[i].p_offset;
	return 0;
}

static uint64_t probe_place(void)
{
	return place_of((uintptr_t)probed);
}

static uint64_t counter_place(void)
{
	return place_of((uintptr_t)&counter);
}

static int result(long ret)
{
	return ret < 0 ? -errno : 0;
}

static const char *tracing_file(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", tracing, name);
	return path;
}

const char *need_uprobes(void)
{
	char text[16] = "";

	/* so that counting oneself needs no capability */
	write_file(PARANOID, "1");
	read_file("/sys/bus/event_source/devices/uprobe/type", text,
		  sizeof(text) - 1);
	uprobe_type = atoi(text);
	if (!uprobe_type)
		return "the kernel has no uprobes";
	if (access("/sys/kernel/tracing/uprobe_events", F_OK)) {
		tracing = "/run/tracing";
		if (!mkdir(tracing, 0700))
			mount("none", tracing, "tracefs", 0, NULL);
	}
	return node_missing(tracing_file("uprobe_events"));
}

const char *need_uprobes_32(void)
{
	const char *why = need_i386();

	return why ? why : need_uprobes();
}

static int define(const char *file)
{
	char text[128];
	int ret;

	snprintf(text, sizeof(text), "p:lock/probe " PROBED ":0x%llx(0x%llx)",
		 (unsigned long long)probe_place(),
		 (unsigned long long)counter_place());
	ret = write_file(tracing_file(file), text);
	if (!ret)
		write_file(tracing_file("uprobe_events"), "-:lock/probe");
	return ret;
}

int uprobe_events(void)
{
	return define("uprobe_events");
}

int dynamic_events(void)
{
	return define("dynamic_events");
}

static struct perf_event_attr uprobe_attr(void)
{
	static char path[] = PROBED; /* static, so below 4 GiB */
	struct perf_event_attr attr = { .size = sizeof(attr) };

	attr.type = uprobe_type;
	attr.config1 = (uintptr_t)path;
	attr.config2 = probe_place();
	attr.config = counter_place() << 32;
	return attr;
}

int uprobe_perf(void)
{
	struct perf_event_attr attr = uprobe_attr();
	int before = counter;
	int fd = syscall(SYS_perf_event_open, &attr, -1, 0, -1, 0);

	if (fd < 0)
		return -errno;
	return counter == before ? -EIO : 0;
}

int uprobe_perf_32(void)
{
	struct perf_event_attr attr = uprobe_attr();
	long fd = syscall_i386_4(NR_PERF_32,
				 (long)low_memory(&attr, sizeof(attr)), -1, 0,
				 -1);

	return fd < 0 ? fd : 0;
}

int perf_of_oneself(void)
{
	struct perf_event_attr attr = { .size = sizeof(attr) };

	attr.type = PERF_TYPE_SOFTWARE;
	attr.config = PERF_COUNT_SW_TASK_CLOCK;
	attr.exclude_kernel = attr.exclude_hv = 1;
	return result(syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0));
}

static int bpf(int cmd, void *attr, unsigned int size)
{
	return syscall(SYS_bpf, cmd, attr, size);
}

/* r0 = 0; exit */
static int load_multi(void)
{
	struct bpf_insn insns[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_KPROBE;
	attr.expected_attach_type = TRACE_UPROBE_MULTI;
	attr.insns = (uintptr_t)insns;
	attr.insn_cnt = 2;
	attr.license = (uintptr_t) "GPL";
	return bpf(BPF_PROG_LOAD, &attr, sizeof(attr));
}

/* include/uapi/linux/bpf.h: link_create with uprobe_multi */
static int link_multi(int prog)
{
	uint64_t offset = probe_place(), place = counter_place();
	struct {
		uint32_t prog_fd, target_fd, attach_type, flags;
		uint64_t path, offsets, counters, cookies;
		uint32_t count, multi_flags, pid, pad;
	} attr = { .prog_fd = prog,
		   .attach_type = TRACE_UPROBE_MULTI,
		   .path = (uintptr_t)PROBED,
		   .offsets = (uintptr_t)&offset,
		   .counters = (uintptr_t)&place,
		   .count = 1 };

	return bpf(BPF_LINK_CREATE, &attr, sizeof(attr) - 4);
}

const char *need_uprobe_links(void)
{
	return kernel_knows("bpf_uprobe_multi_link") ?
		       need_uprobes() :
		       "links to uprobes are new in 6.6";
}

int uprobe_link(void)
{
	int prog = load_multi(), before = counter, fd;

	if (prog < 0)
		return -EIO;
	fd = link_multi(prog);
	if (fd < 0)
		return -errno;
	return counter == before ? -EIO : 0;
}
