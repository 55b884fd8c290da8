// SPDX-License-Identifier: GPL-2.0-or-later
/* What is left of a sealed lock whose pins PID 1 has lost. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seal/seal.h"
#include "ways/helpers.h"

#define WAIT_S 5 /* until the programs of lost pins are gone */

static int load_module(void)
{
	return seal_autoload() ? 0 : -EPERM;
}

static int set_iopl(void)
{
	return iopl(3) ? -errno : 0;
}

static const struct {
	const char *name;
	int (*run)(void);
} without_pins[] = {
	{ "load a module", load_module },
	{ "iopl", set_iopl },
	{ "load an LSM program", load_lsm },
	{ "load a cgroup LSM program", load_lsm_cgroup },
	{ "detach an anchored program", anchor_detach },
	{ "replace an anchored program", anchor_replace },
	{ "write ftrace_enabled", ftrace_write },
	{ "write ftrace_enabled beside programs for sysctls", ftrace_by_sysctl },
	{ "detach the anchored program for sysctls", anchor_detach_sysctl },
	{ "PTRACE_SEIZE of PID 1", init_seize },
	{ "umount -l /sys", umount_sys_lazily },
};

int seal_in_child(int (*run)(void))
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(-run());
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

void seal_without_pins(void)
{
	int ret;

	mount("proc", "/proc", "proc", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	ret = seal_lose_pins();
	sleep(WAIT_S);
	printf("# lost: the pins: %s\n", ret ? strerror(-ret) : "they are");
	fflush(stdout);
	system("bpflock status -v >/run/lost 2>/run/lost_err\n"
	       "echo \"# lost: status $?\"\n"
	       "sed 's/^/# lost status: /' /run/lost\n"
	       "dmesg | sed -n 's/.*] bpflock: /# lost log: /p' | tail -n 1\n");
	for (size_t i = 0; i < sizeof(without_pins) / sizeof(*without_pins);
	     i++) {
		ret = seal_in_child(without_pins[i].run);
		printf("# lost: %s: %s\n", without_pins[i].name,
		       ret ? strerror(-ret) : "it worked");
		fflush(stdout);
	}
}
